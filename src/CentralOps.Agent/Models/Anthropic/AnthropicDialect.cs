using System.Text.Json;
using CentralOps.Agent.Models.Answers;
using CentralOps.Agent.Models.Http;

namespace CentralOps.Agent.Models.Anthropic;

/// <summary>Anthropic's Messages API. https://docs.claude.com/en/api/messages</summary>
internal sealed class AnthropicDialect : IHttpDialect
{
    public const string KeySetting = "ANTHROPIC_API_KEY";

    private const string Version = "2023-06-01";

    private static readonly Uri Own = new("https://api.anthropic.com");

    private readonly bool _caches;

    public AnthropicDialect(ModelChoice choice, ApiKey key, PromptCaching caching)
    {
        Url = UrlOf(choice.Endpoint ?? Own);
        Subject = new ModelSubject(ModelProvider.Anthropic, choice.Endpoint is null ? "Anthropic" : "the server", choice.Id, Url.Authority) { Key = key };
        Headers = key.Secret.Length > 0 ? [("anthropic-version", Version), ("x-api-key", key.Secret)] : [("anthropic-version", Version)];
        // Of others that speak the protocol nobody knows whether they take the marks.
        _caches = caching switch { PromptCaching.On => true, PromptCaching.Off => false, _ => choice.Endpoint is null };
    }

    public ModelSubject Subject { get; }

    public Uri Url { get; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; }

    public ReadOnlyMemory<byte> Write(ModelQuestion question) => MessagesRequest.Write(Subject.Model, _caches, question);

    public IEnumerable<AnswerPiece> ReadWhole(JsonElement answer) => MessagesAnswer.Read(answer, Subject);

    public IEventReader NewEvents() => new MessagesEvents(Subject);

    // Its SDKs take the base without the version; with it, it works as well.
    private static Uri UrlOf(Uri endpoint)
    {
        var path = endpoint.AbsoluteUri.TrimEnd('/');
        return new Uri(path.EndsWith("/v1", StringComparison.Ordinal) ? path + "/messages" : path + "/v1/messages");
    }
}
