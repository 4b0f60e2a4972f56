using System.Collections.Frozen;
using CentralOps.Aws.Wire;
using ModelContextProtocol.Protocol;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>The protocol's own headers, as the agreed revision has them.</summary>
internal static class McpHeaders
{
    public const string Session = "Mcp-Session-Id";
    private const string Version = "MCP-Protocol-Version";
    private const string Method = "Mcp-Method";
    private const string Name = "Mcp-Name";

    // Whatever a configuration allows: these are the protocol's and the transport's, and the credential's.
    private static readonly FrozenSet<string> Ours = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        Version, Method, Name, "Last-Event-ID", "Host", "Authorization", "Proxy-Authorization", "User-Agent", "Accept", "Accept-Encoding", "Connection", "Upgrade", "TE",
        "Trailer", "Transfer-Encoding", "Expect", "Cookie", "Content-Type", "Content-Length", "Content-Encoding", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256");

    /// <summary>No client may set it.</summary>
    public static bool IsOurs(string name) => Ours.Contains(name);

    public static void Add(HeaderList headers, McpLink? link, McpRequest? request)
    {
        if (link is { HasVersionHeader: true })
        {
            headers.Add(Version, link.Version);
        }

        if (link?.SessionId is { } session)
        {
            headers.Add(Session, session);
        }

        if (request is null)
        {
            return;
        }

        if (link is { Dialect.IsStateless: true } && request.Method.Length > 0)
        {
            headers.Add(Method, request.Method);
            if (request.Name is { } name)
            {
                headers.Add(Name, McpHeaderEncoder.EncodeValue(name)!);
            }
        }

        // A session that the caller was let to choose takes the place of ours.
        foreach (var (name, value) in request.Headers)
        {
            headers.Set(name, value);
        }
    }
}
