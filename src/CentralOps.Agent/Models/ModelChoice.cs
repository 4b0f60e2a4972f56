using System.Diagnostics.CodeAnalysis;
using CentralOps.Text.Shaping;

namespace CentralOps.Agent.Models;

/// <summary>
/// A model as a person names it: <c>bedrock:&lt;model or inference profile id, or ARN&gt;</c>, <c>anthropic:&lt;id&gt;</c> or
/// <c>openai:&lt;id&gt;@&lt;url&gt;</c>. Without a URL the provider's own is meant; a server that speaks the same protocol is named by one.
/// </summary>
public sealed record ModelChoice
{
    /// <summary>Bedrock's own bound of a model id; an ARN of a prompt router or an inference profile is the longest there is.</summary>
    private const int MaxId = 2048;

    private const string Forms = "Write bedrock:<id>, anthropic:<id> or openai:<id>@<url>.";

    private ModelChoice(ModelProvider provider, string id, Uri? endpoint)
    {
        Provider = provider;
        Id = id;
        Endpoint = endpoint;
    }

    public ModelProvider Provider { get; }

    /// <summary>The model's id as its provider spells it.</summary>
    public string Id { get; }

    /// <summary>The base URL that the protocol's paths are added to, such as <c>http://127.0.0.1:11434/v1</c>; null: the provider's own. Never of Bedrock, whose endpoint AWS's settings name.</summary>
    public Uri? Endpoint { get; }

    /// <summary>Reads a choice.</summary>
    /// <param name="text">What the person wrote.</param>
    /// <param name="choice">The choice, when it is one.</param>
    /// <param name="problem">Otherwise a sentence that says what is wrong with it and how it is written.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ModelChoice? choice, [NotNullWhen(false)] out string? problem)
    {
        choice = null;
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (text is null || colon < 0)
        {
            problem = $"A model is named by its provider and its id. {Forms}";
            return false;
        }

        ModelProvider? provider = text[..colon] switch
        {
            "bedrock" => ModelProvider.Bedrock,
            "anthropic" => ModelProvider.Anthropic,
            "openai" => ModelProvider.OpenAI,
            _ => null,
        };
        if (provider is null)
        {
            problem = $"\"{ForeignText.Line(text.AsSpan(0, colon), 40)}\" is no provider of models. {Forms}";
            return false;
        }

        var (id, url) = Split(text[(colon + 1)..]);
        problem = ProblemOfId(id) ?? ProblemOfUrl(provider.Value, id, url);
        if (problem is not null)
        {
            return false;
        }

        choice = new ModelChoice(provider.Value, id, url is null ? null : new Uri(url, UriKind.Absolute));
        return true;
    }

    public override string ToString() => Endpoint is null ? $"{Word}:{Id}" : $"{Word}:{Id}@{Endpoint}";

    private string Word => Provider switch { ModelProvider.Bedrock => "bedrock", ModelProvider.Anthropic => "anthropic", _ => "openai" };

    // Ids have '@' and '/' of their own ("@cf/meta/llama"): only what is followed by a scheme is a URL.
    private static (string Id, string? Url) Split(string rest)
    {
        var scheme = rest.IndexOf("://", StringComparison.Ordinal);
        var at = scheme < 0 ? -1 : rest.LastIndexOf('@', scheme);
        return at < 0 ? (rest, null) : (rest[..at], rest[(at + 1)..]);
    }

    // Each provider's pattern is its own and grows; what matters is that an id is one word, which a path and a message can hold.
    private static string? ProblemOfId(string id) => id switch
    {
        "" => $"The model's id is missing. {Forms}",
        { Length: > MaxId } => $"The model's id is longer than {MaxId} characters. {Forms}",
        _ when id.AsSpan().ContainsAnyExceptInRange('!', '~') => $"The model's id \"{ForeignText.Line(id, 80)}\" has spaces or characters that no id has. {Forms}",
        _ => null,
    };

    private static string? ProblemOfUrl(ModelProvider provider, string id, string? url)
    {
        if (provider == ModelProvider.Bedrock && (url is not null || id.Contains("://", StringComparison.Ordinal)))
        {
            return "A Bedrock model is named without a URL: its endpoint comes from the region and from AWS_ENDPOINT_URL. Write bedrock:<id>.";
        }

        if (url is null)
        {
            return null;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https") || parsed.Host.Length == 0)
        {
            return $"\"{ForeignText.Line(url, 120)}\" is no http or https URL. {Forms}";
        }

        // A user name in a URL would be a secret in a place that is shown.
        if (parsed.UserInfo.Length > 0 || parsed.Query.Length > 0 || parsed.Fragment.Length > 0)
        {
            return "The model's URL carries a user name, a query or a fragment. Give the base URL alone, such as http://127.0.0.1:11434/v1; the key comes from the environment.";
        }

        return parsed.Scheme is "http" && !parsed.IsLoopback
            ? $"The model's URL \"{ForeignText.Line(url, 120)}\" is http: questions, answers and the key would travel in the clear. Use https; http is for this machine only."
            : null;
    }
}
