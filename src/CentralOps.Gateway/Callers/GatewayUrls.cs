using Microsoft.AspNetCore.Http.Features;

namespace CentralOps.Gateway.Callers;

/// <summary>The URLs under which clients know a gateway.</summary>
/// <param name="publicUrl">Of the server, as clients outside see it; null: as the request addresses it. Forwarded headers are not believed: anybody can send them.</param>
internal sealed class GatewayUrls(string gatewayId, Uri? publicUrl)
{
    private readonly string? _base = publicUrl?.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>They are the same whatever a request says.</summary>
    public bool AreFixed => _base is not null;

    /// <summary>The MCP endpoint: what RFC 9728 calls the resource.</summary>
    public string Mcp(IHttpRequestFeature request) => $"{Base(request)}/{gatewayId}/mcp";

    /// <summary>The resource's metadata: the well-known part stands between host and path (RFC 9728, section 3.1).</summary>
    public string Metadata(IHttpRequestFeature request)
    {
        var mcp = new Uri(Mcp(request));
        return $"{mcp.GetLeftPart(UriPartial.Authority)}{WellKnown.ProtectedResource}{mcp.AbsolutePath}";
    }

    /// <summary>Two URLs mean the same resource: scheme and host without case, default ports and a slash at the end left out.</summary>
    public static bool AreSame(string one, string other) =>
        Uri.TryCreate(one, UriKind.Absolute, out var a)
        && Uri.TryCreate(other, UriKind.Absolute, out var b)
        && string.Equals(Canonical(a), Canonical(b), StringComparison.Ordinal);

    private static string Canonical(Uri url) => url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) + url.PathAndQuery.TrimEnd('/');

    // Which hosts a request may name was judged before.
    private string Base(IHttpRequestFeature request) =>
        _base ?? (Uri.TryCreate($"http://{request.Headers.Host}", UriKind.Absolute, out var url) ? url.GetLeftPart(UriPartial.Authority) : "http://localhost");
}
