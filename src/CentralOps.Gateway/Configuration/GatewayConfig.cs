namespace CentralOps.Gateway;

/// <summary>One gateway as its owner describes it, in AgentCore Gateway's terms. Immutable; checked as a whole when a server starts.</summary>
public sealed record GatewayConfig
{
    /// <summary>1 to 111 lower-case letters, digits and single hyphens; it is the first segment of the endpoint's path.</summary>
    public required string GatewayId { get; init; }

    /// <summary>1 to 100 characters by AgentCore's pattern <c>([0-9a-zA-Z][-]?){1,48}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The account that owns it: part of its ARN.</summary>
    public string AccountId { get; init; } = "111111111111";

    public string Region { get; init; } = "us-east-1";

    public string Arn => $"arn:aws:bedrock-agentcore:{Region}:{AccountId}:gateway/{GatewayId}";

    public GatewayAuthorizer Authorizer { get; init; }

    /// <summary>Needed where <see cref="GatewayAuthorizer.CustomJwt"/> is among the authorizers.</summary>
    public CustomJwtConfig? CustomJwt { get; init; }

    /// <summary>Ways in beside <see cref="Authorizer"/>. AgentCore has exactly one; more are ours, and off unless named.</summary>
    public IReadOnlyList<GatewayAuthorizer> AlsoAdmits { get; init; } = [];

    /// <summary>At most one for each point; in the order of the control plane's list.</summary>
    public IReadOnlyList<InterceptorConfig> Interceptors { get; init; } = [];

    /// <summary>AgentCore's <c>searchType: SEMANTIC</c>: the search tool is listed first.</summary>
    public bool Search { get; init; }

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

    /// <summary>Who sees which tools; empty: everybody sees all.</summary>
    public IReadOnlyList<ToolSet> ToolSets { get; init; } = [];

    public CompatibilitySwitches Switches { get; init; } = new();
}
