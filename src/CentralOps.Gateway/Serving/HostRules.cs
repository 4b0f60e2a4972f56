using System.Collections.Frozen;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CentralOps.Gateway.Serving;

/// <summary>
/// Guards against DNS rebinding: a page that a browser loaded from a name which later resolves to this machine. Such a request carries that
/// name in Host and its page's site in Origin. An IP address in Host is no name and cannot be rebound.
/// </summary>
internal sealed class HostRules(IPAddress bound, IReadOnlyList<string> allowedHosts, IReadOnlyList<string> allowedOrigins)
{
    private readonly bool _local = IPAddress.IsLoopback(bound);
    private readonly FrozenSet<string> _hosts = allowedHosts.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private readonly FrozenSet<string> _origins = allowedOrigins.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Connections repeat themselves; the last good value saves parsing it again.
    private string? _lastGood;

    public bool AdmitsHost(StringValues header)
    {
        if (header.Count != 1 || header[0] is not { Length: > 0 } host)
        {
            return false;
        }

        if (string.Equals(host, _lastGood, StringComparison.Ordinal))
        {
            return true;
        }

        if (!IsKnown(new HostString(host).Host))
        {
            return false;
        }

        _lastGood = host;
        return true;
    }

    /// <summary>Requests without an Origin come from no browser's page.</summary>
    public bool AdmitsOrigin(StringValues header)
    {
        if (header.Count == 0)
        {
            return true;
        }

        var origin = header.ToString();
        return _origins.Contains(origin)
            || (Uri.TryCreate(origin, UriKind.Absolute, out var site)
                && site.Scheme is "http" or "https"
                && site.PathAndQuery is "/"
                && site.UserInfo.Length == 0
                && site.Fragment.Length == 0
                && IsLoopback(site.Host));
    }

    private bool IsKnown(string host) =>
        _hosts.Contains(host)
        || (_local ? IsLoopback(host) : IPAddress.TryParse(host, out _));

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
