using System.Text.Json;
using CentralOps.Agent.Models.Answers;
using CentralOps.Agent.Models.Http;

namespace CentralOps.Agent.Models.OpenAI;

/// <summary>Chat completions, OpenAI's and everybody's who speaks the same. https://platform.openai.com/docs/api-reference/chat</summary>
internal sealed class OpenAIDialect : IHttpDialect
{
    public const string KeySetting = "OPENAI_API_KEY";

    private static readonly Uri Own = new("https://api.openai.com/v1");

    private readonly bool _isOwn;

    public OpenAIDialect(ModelChoice choice, ApiKey key)
    {
        _isOwn = choice.Endpoint is null;
        Url = new Uri((choice.Endpoint ?? Own).AbsoluteUri.TrimEnd('/') + "/chat/completions");
        Subject = new ModelSubject(ModelProvider.OpenAI, _isOwn ? "OpenAI" : "the server", choice.Id, Url.Authority) { Key = key };
        Headers = key.Secret.Length > 0 ? [("Authorization", "Bearer " + key.Secret)] : [];
    }

    public ModelSubject Subject { get; }

    public Uri Url { get; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; }

    public ReadOnlyMemory<byte> Write(ModelQuestion question) => CompletionRequest.Write(Subject.Model, _isOwn, question);

    public IEnumerable<AnswerPiece> ReadWhole(JsonElement answer) => CompletionAnswer.Read(answer, Subject);

    public IEventReader NewEvents() => new CompletionEvents(Subject);
}
