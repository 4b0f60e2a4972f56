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
