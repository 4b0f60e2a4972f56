using CentralOps.Gateway;

namespace CentralOps.Proxy.Upstreams;

/// <summary>The revisions of MCP that the proxy speaks, on both of its sides.</summary>
internal static class ClientVersions
{
    /// <summary>The first, which a gateway has no clients of any more; on stdio it is still spoken.</summary>
    public const string November2024 = "2024-11-05";

    /// <summary>Newest first.</summary>
    public static IReadOnlyList<string> All { get; } = [.. ProtocolVersions.All, November2024];
}
