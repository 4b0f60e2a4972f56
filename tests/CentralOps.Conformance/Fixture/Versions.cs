namespace CentralOps.Conformance.Fixture;

/// <summary>The revisions of MCP that the fixture speaks.</summary>
internal static class Versions
{
    /// <summary>Without handshake and sessions.</summary>
    public const string Stateless = "2026-07-28";

    public const string NewestStateful = "2025-11-25";

    /// <summary>With initialize, newest first.</summary>
    public static IReadOnlyList<string> Stateful { get; } = [NewestStateful, "2025-06-18", "2025-03-26"];
}
