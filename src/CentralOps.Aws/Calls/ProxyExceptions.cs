using System.Globalization;

namespace CentralOps.Aws.Calls;

/// <summary>
/// <c>NO_PROXY</c>: hosts separated by commas, each alone or with a port; a domain means its subdomains too, <c>*</c> means everything.
/// Address ranges (10.0.0.0/8) are not understood by AWS's SDKs either.
/// </summary>
internal sealed class ProxyExceptions
{
    private readonly List<(string Host, int? Port)> _entries = [];
    private bool _everything;

    public static ProxyExceptions Parse(string text)
    {
        var exceptions = new ProxyExceptions();
        foreach (var entry in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            exceptions.Add(entry);
        }

        return exceptions;
    }

    public bool Match(Uri destination)
    {
        if (_everything)
        {
            return true;
        }

        var host = destination.IdnHost.Trim('[', ']').TrimEnd('.');
        foreach (var (name, port) in _entries)
        {
            if ((port is null || port == destination.Port) && IsIn(host, name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The name itself, or below it: never a host that merely ends alike (evilexample.com is not in example.com).</summary>
    private static bool IsIn(string host, string name) =>
        host.EndsWith(name, StringComparison.OrdinalIgnoreCase) && (host.Length == name.Length || host[^(name.Length + 1)] == '.');

    private void Add(string entry)
    {
        _everything |= entry is "*";
        var (host, port) = (entry, default(int?));
        var colon = entry.LastIndexOf(':');
        var hasPort = colon > 0 && (entry[colon - 1] == ']' || entry.IndexOf(':', StringComparison.Ordinal) == colon);
        if (hasPort && ushort.TryParse(entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            (host, port) = (entry[..colon], number);
        }

        host = host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host;
        host = host.Trim('[', ']').Trim('.');
        if (host.Length > 0)
        {
            _entries.Add((host, port));
        }
    }
}
