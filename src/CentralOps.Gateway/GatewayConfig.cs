using System.Text.Json;

namespace CentralOps.Gateway;

/// <summary>Who may speak to a gateway.</summary>
public enum GatewayAuthorizer
{
    /// <summary>Everyone who reaches it; refused on any address but loopback.</summary>
    None,

    /// <summary>Signature Version 4, service <c>bedrock-agentcore</c>.</summary>
    AwsIam,

    /// <summary>A bearer token that was made for this run of the gateway. AgentCore has no such authorizer: it is for one person's machine.</summary>
    LocalToken,
}

/// <summary>One gateway as its owner describes it, in AgentCore Gateway's terms. Immutable; checked as a whole when a server starts.</summary>
public sealed record GatewayConfig
{
    /// <summary>1 to 111 lower-case letters, digits and single hyphens; it is the first segment of the endpoint's path.</summary>
    public required string GatewayId { get; init; }

    /// <summary>1 to 100 characters by AgentCore's pattern <c>([0-9a-zA-Z][-]?){1,48}</c>.</summary>
    public required string Name { get; init; }

    public GatewayAuthorizer Authorizer { get; init; }

    /// <summary>AgentCore's <c>exceptionLevel: DEBUG</c>: a target's failure is told to the caller instead of masked.</summary>
    public bool Debug { get; init; }

    /// <summary>What a client is told about using the tools; 2,048 characters at most.</summary>
    public string? Instructions { get; init; }

    /// <summary>The MCP versions that are accepted.</summary>
    public IReadOnlyList<string> SupportedVersions { get; init; } = ProtocolVersions.All;

    /// <summary>Answers a client that accepts <c>text/event-stream</c> with a stream of server-sent events.</summary>
    public bool ResponseStreaming { get; init; }

    /// <summary>At most 100.</summary>
    public IReadOnlyList<TargetConfig> Targets { get; init; } = [];

    public CompatibilitySwitches Switches { get; init; } = new();
}

/// <summary>A Lambda function and the tools it answers for.</summary>
public sealed record TargetConfig
{
    /// <summary>Ten letters and digits.</summary>
    public required string TargetId { get; init; }

    /// <summary>What stands before <c>___</c> in the tools' names: letters, digits and single hyphens.</summary>
    public required string Name { get; init; }

    public required string LambdaArn { get; init; }

    /// <summary>At most 1,000.</summary>
    public required IReadOnlyList<ToolDefinition> Tools { get; init; }
}

/// <summary>A tool as AgentCore's Lambda targets declare it.</summary>
/// <param name="Name">Without the target's prefix.</param>
/// <param name="Description">For the model; not empty.</param>
/// <param name="InputSchema">
/// AgentCore's SchemaDefinition: <c>type</c>, <c>properties</c>, <c>required</c>, <c>items</c>, <c>description</c> and nothing else; an object at
/// the top.
/// </param>
/// <param name="OutputSchema">Of the same kind; listed only with <see cref="CompatibilitySwitches.StructuredContent"/>.</param>
public sealed record ToolDefinition(string Name, string Description, JsonElement InputSchema, JsonElement? OutputSchema);

/// <summary>What AgentCore leaves open or does in its own way, by name.</summary>
public sealed record CompatibilitySwitches
{
    /// <summary>
    /// Sends a target's answer as <c>structuredContent</c> too, and lists output schemas. Off, because AgentCore is not known to send it for
    /// Lambda targets, and clients throw where a schema is listed and no structured content comes.
    /// </summary>
    public bool StructuredContent { get; init; }

    /// <summary>How tools/list pages.</summary>
    public ListPaging ListPaging { get; init; }
}

public enum ListPaging
{
    /// <summary>Up to 100 tools a page: most clients never ask for a second page.</summary>
    OnePage,

    /// <summary>A page a target, as AgentCore does it.</summary>
    PerTarget,
}
