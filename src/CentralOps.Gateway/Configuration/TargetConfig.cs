namespace CentralOps.Gateway;

/// <summary>One target: where calls go, with which credentials, and what it was last known to offer. Immutable; compared by reference.</summary>
public sealed record TargetConfig
{
    /// <summary>Ten letters and digits.</summary>
    public required string TargetId { get; init; }

    /// <summary>What stands before <c>___</c> in the tools' names: letters, digits and single hyphens.</summary>
    public required string Name { get; init; }

    public required TargetEndpoint Endpoint { get; init; }

    /// <summary>What the gateway shows the target.</summary>
    public OutboundCredential Credential { get; init; } = new OutboundCredential.GatewayRole(Service: null, Region: null);

    public PropagationConfig Propagation { get; init; } = PropagationConfig.None;

    /// <summary>The target's tools, prompts and resources: from its schema, or from the last synchronization that worked.</summary>
    public TargetCatalog Catalog { get; init; } = TargetCatalog.Empty;
}

/// <summary>The kinds of targets that are served.</summary>
public abstract record TargetEndpoint
{
    private TargetEndpoint()
    {
    }

    /// <summary>A Lambda function; its tools come from an inline or S3-held schema.</summary>
    public sealed record Lambda(string Arn) : TargetEndpoint;

    /// <summary>An MCP server over Streamable HTTP.</summary>
    /// <param name="Url">Used verbatim, as it was given.</param>
    /// <param name="ResourcePriority">0 to 1,000; where two targets list one resource URI, the lower wins.</param>
    public sealed record McpServer(string Url, ListingMode Listing = ListingMode.Default, int ResourcePriority = 1000) : TargetEndpoint;

    /// <summary>Tools in this process, by the name under which they were handed to <see cref="GatewayOptions.Builtins"/>. Ours; AgentCore has none.</summary>
    public sealed record Builtin(string Name) : TargetEndpoint;
}

/// <summary>AgentCore's <c>listingMode</c>.</summary>
public enum ListingMode
{
    /// <summary>The catalogue is kept from the last synchronization.</summary>
    Default,

    /// <summary>Every list is forwarded; never part of search.</summary>
    Dynamic,
}

/// <summary>What a target offers. Immutable.</summary>
public sealed record TargetCatalog
{
    public static TargetCatalog Empty { get; } = new();

    /// <summary>At most 1,000.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    public IReadOnlyList<PromptDefinition> Prompts { get; init; } = [];

    public IReadOnlyList<ResourceDefinition> Resources { get; init; } = [];

    public IReadOnlyList<ResourceTemplateDefinition> ResourceTemplates { get; init; } = [];
}

/// <summary>AgentCore's <c>metadataConfiguration</c>: what passes between the client's request and the target's (§2.8). Names compare without case.</summary>
public sealed record PropagationConfig(IReadOnlyList<string> RequestHeaders, IReadOnlyList<string> QueryParameters, IReadOnlyList<string> ResponseHeaders)
{
    public static PropagationConfig None { get; } = new([], [], []);
}
