namespace CentralOps.Gateway;

/// <summary>What AgentCore leaves open or does in its own way, by name.</summary>
public sealed record CompatibilitySwitches
{
    /// <summary>
    /// Sends a target's answer as <c>structuredContent</c> too, and lists output schemas. Off, because AgentCore is not known to send it for
    /// Lambda targets, and clients throw where a schema is listed and no structured content comes.
    /// </summary>
    public bool StructuredContent { get; init; }

    /// <summary>
    /// Puts the target's name and <c>___</c> before the names of tools and prompts, as AgentCore always does. Without it the first target that
    /// has a name keeps it, and its other owners' are out of reach.
    /// </summary>
    public bool ToolPrefix { get; init; } = true;

    /// <summary>How tools/list pages.</summary>
    public ListPaging ListPaging { get; init; }

    /// <summary>
    /// Holds a token to the resource it was made for (RFC 8707), where it names one. On, because MCP demands it; AgentCore is only known to compare audiences.
    /// </summary>
    public bool CheckInboundResource { get; init; } = true;

    /// <summary>
    /// Demands that an OpenID provider's issuer be what its discovery URL begins with, as OpenID Connect does. Off for providers that break the rule, such as
    /// Entra's endpoints for all tenants.
    /// </summary>
    public bool IssuerMatchesDiscovery { get; init; } = true;

    /// <summary>
    /// Serves the OpenID provider's metadata under the gateway's own <c>/.well-known/oauth-authorization-server</c>, for clients that look nowhere else. Off, because
    /// AgentCore does not. Registration of clients stays the provider's business.
    /// </summary>
    public bool MirrorAuthorizationServer { get; init; }
}

public enum ListPaging
{
    /// <summary>Up to 100 tools a page: most clients never ask for a second page.</summary>
    OnePage,

    /// <summary>A page a target, as AgentCore does it.</summary>
    PerTarget,
}
