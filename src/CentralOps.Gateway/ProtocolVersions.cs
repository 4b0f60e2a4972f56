namespace CentralOps.Gateway;

/// <summary>The revisions of MCP that a gateway can speak. They are dates, so ordinal order is order in time.</summary>
public static class ProtocolVersions
{
    public const string March2025 = "2025-03-26";
    public const string June2025 = "2025-06-18";
    public const string November2025 = "2025-11-25";

    /// <summary>The first without a handshake: every request says in its <c>_meta</c> what it speaks.</summary>
    public const string July2026 = "2026-07-28";

    /// <summary>Newest first.</summary>
    public static IReadOnlyList<string> All { get; } = [July2026, November2025, June2025, March2025];
}
