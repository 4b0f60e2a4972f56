namespace CentralOps.Gateway.Mcp;

/// <summary>The revision of MCP that a message is answered in.</summary>
internal readonly record struct Dialect(string Version)
{
    /// <summary>Revisions from 2026-07-28 have no handshake, and say in every message what they are.</summary>
    public bool IsStateless => string.CompareOrdinal(Version, ProtocolVersions.July2026) >= 0;

    public bool HasBatches => string.Equals(Version, ProtocolVersions.March2025, StringComparison.Ordinal);

    /// <summary>Structured content came with 2025-06-18.</summary>
    public bool HasStructuredContent => string.CompareOrdinal(Version, ProtocolVersions.June2025) >= 0;
}
