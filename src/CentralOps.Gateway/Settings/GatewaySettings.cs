using CentralOps.Gateway.Outbound;

namespace CentralOps.Gateway.Settings;

/// <summary>
/// What a gateway of ours is told beside AgentCore's API, which has no member for it: one installation's side, the same for every replica. Read from a file by
/// <see cref="Files.SettingsFile"/>; docs/gateways.md tells each key.
/// </summary>
public sealed record GatewaySettings
{
    /// <summary>Nothing is said.</summary>
    public static GatewaySettings None { get; } = new();

    /// <summary>The account that gateways belong to, twelve digits; null: the command's own.</summary>
    public string? AccountId { get; init; }

    /// <summary>The region that callers sign for; null: the command's own.</summary>
    public string? Region { get; init; }

    /// <summary>Under which clients outside know the server; null: as each request addresses it.</summary>
    public Uri? PublicUrl { get; init; }

    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    public SwitchSet Switches { get; init; } = new();

    /// <summary>What is said of single gateways, by name or id.</summary>
    public IReadOnlyList<GatewayAdditions> Gateways { get; init; } = [];

    /// <summary>Null: only keys that are known here count.</summary>
    public AwsIdentitySettings? AwsIdentities { get; init; }

    public JwtOptions Jwt { get; init; } = new();

    /// <summary>Null: nothing beyond what the command itself allows.</summary>
    public OutboundRules? Outbound { get; init; }

    /// <summary>Null: search goes by words.</summary>
    public EmbeddingSource? Embeddings { get; init; }
}

/// <summary>Which AWS identities AWS_IAM admits by a presigned GetCallerIdentity.</summary>
/// <param name="Accounts">Whose principals are admitted: twelve digits each.</param>
public sealed record AwsIdentitySettings(Uri StsEndpoint, IReadOnlyList<string> Accounts, int QuestionsPerSecond);

/// <summary>Where embeddings come from.</summary>
public abstract record EmbeddingSource
{
    private EmbeddingSource()
    {
    }

    /// <summary>Amazon Titan Text Embeddings V2 on Bedrock, with the gateway's role.</summary>
    /// <param name="Region">Null: the gateway's.</param>
    public sealed record BedrockTitan(string? Region, int Dimensions) : EmbeddingSource;

    /// <summary>An endpoint that speaks OpenAI's <c>POST /v1/embeddings</c>.</summary>
    /// <param name="KeyVariable">The NAME of the environment variable with its key; null where it wants none.</param>
    public sealed record OpenAICompatible(Uri Url, string Model, string? KeyVariable, int? Dimensions) : EmbeddingSource;
}
