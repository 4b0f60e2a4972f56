namespace CentralOps.Agent.Models.Bedrock;

/// <summary>Where a model keeps what it has read. https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html</summary>
[Flags]
internal enum CachePlaces
{
    None = 0,
    Tools = 1,
    System = 2,
    Messages = 4,
    All = Tools | System | Messages,
}

/// <summary>What the id of a Bedrock model tells of it. An application inference profile's ARN tells nothing.</summary>
internal sealed class BedrockModel
{
    // Claude before 3.5 Haiku, and the first 3.5 Sonnet, take no cache points.
    private static readonly string[] ClaudesWithoutCache =
    [
        "anthropic.claude-v", "anthropic.claude-instant", "anthropic.claude-3-sonnet", "anthropic.claude-3-opus", "anthropic.claude-3-haiku",
        "anthropic.claude-3-5-sonnet-20240620",
    ];

    private readonly string _name;

    public BedrockModel(string id)
    {
        Id = id;
        _name = NameOf(id);
    }

    public string Id { get; }

    /// <summary>An ARN is good in its own region only.</summary>
    public string? Region => Id.Split(':') is ["arn", _, "bedrock", { Length: > 0 } region, ..] ? region : null;

    /// <summary>A turn may hold results of tools and words beside them.</summary>
    public bool MixesResultsAndWords => IsClaude;

    /// <summary>Nova refuses schemas with more than type, properties and required at their root.</summary>
    public bool TakesWholeSchemas => !_name.StartsWith("amazon.nova", StringComparison.Ordinal);

    public CachePlaces CachePlaces => (_name, IsClaude) switch
    {
        (_, true) => Array.Exists(ClaudesWithoutCache, old => _name.StartsWith(old, StringComparison.Ordinal)) ? CachePlaces.None : CachePlaces.All,
        ({ } name, _) when name.StartsWith("amazon.nova-", StringComparison.Ordinal) => CachePlaces.System,
        _ => CachePlaces.None,
    };

    private bool IsClaude => _name.StartsWith("anthropic.claude", StringComparison.Ordinal);

    // An inference profile is the model's id behind a geography: us.anthropic.…, global.amazon.….
    private static string NameOf(string id)
    {
        var name = id[(id.LastIndexOf('/') + 1)..];
        var rest = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return rest.StartsWith("anthropic.", StringComparison.Ordinal) || rest.StartsWith("amazon.", StringComparison.Ordinal) ? rest : name;
    }
}
