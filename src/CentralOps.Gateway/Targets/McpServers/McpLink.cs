using CentralOps.Gateway.Mcp;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>What was agreed with a server: the revision, its session where it keeps one, and what it says it can.</summary>
internal sealed record McpLink(string Version, string? SessionId, ServerAbilities Abilities)
{
    public Dialect Dialect { get; } = new(Version);

    /// <summary>Requests say it in a header since 2025-06-18.</summary>
    public bool HasVersionHeader => string.CompareOrdinal(Version, ProtocolVersions.June2025) >= 0;
}

/// <summary>A server's capabilities, as far as a gateway asks for them.</summary>
internal readonly record struct ServerAbilities(bool Tools, bool Prompts, bool Resources);
