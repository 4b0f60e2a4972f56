namespace CentralOps.Sandbox.AwsMcp;

/// <summary>The protocol's revisions that the stand-in speaks.</summary>
internal static class McpRevisions
{
    public const string Newest = "2025-11-25";

    /// <summary>The first without handshake and sessions; a named option.</summary>
    public const string Stateless = "2026-07-28";

    public static IReadOnlyList<string> WithSessions { get; } = ["2024-11-05", "2025-03-26", "2025-06-18", Newest];

    /// <summary>What a client that asks for <paramref name="wanted"/> is offered.</summary>
    public static string Offer(string wanted) => WithSessions.Contains(wanted, StringComparer.Ordinal) ? wanted : Newest;
}
