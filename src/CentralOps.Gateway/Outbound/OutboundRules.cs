using System.Net;

namespace CentralOps.Gateway.Outbound;

/// <summary>
/// Which hosts the gateway may call on behalf of a configuration: addresses of the internet, by <c>https</c>, and beyond them what its owner
/// has named. Judged for each connection, after the name was resolved.
/// </summary>
public sealed record OutboundRules
{
    /// <summary>Nothing but the internet.</summary>
    public static OutboundRules Strict { get; } = new();

    /// <summary>This machine may be called, by <c>http</c> too: for a gateway that is itself bound to loopback.</summary>
    public bool AllowLoopback { get; init; }

    /// <summary>Names that may lead to loopback and private addresses. Where a cloud keeps credentials they may not lead: name the network for that.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Networks that may be called, whatever they are.</summary>
    public IReadOnlyList<IPNetwork> AllowedNetworks { get; init; } = [];

    /// <summary>Reads an allow-list: host names, addresses and CIDR blocks, such as <c>mcp.corp.example, 10.20.0.0/16, fd12::/48</c>.</summary>
    /// <param name="problem">Names the entry that is wrong, and the repair.</param>
    public static bool TryParse(string list, bool allowLoopback, out OutboundRules rules, out string problem)
    {
        var (hosts, networks) = (new List<string>(), new List<IPNetwork>());
        problem = "";
        foreach (var entry in list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPNetwork.TryParse(entry, out var network))
            {
                networks.Add(network);
            }
            else if (IPAddress.TryParse(entry.Trim('[', ']'), out var address))
            {
                networks.Add(new IPNetwork(AddressKinds.Plain(address), AddressKinds.Plain(address).GetAddressBytes().Length * 8));
            }
            else if (Uri.CheckHostName(entry) == UriHostNameType.Dns)
            {
                hosts.Add(entry.TrimEnd('.'));
            }
            else
            {
                problem = $"The outbound allow-list's entry '{Printable.Text(entry, 64)}' must be a host name, an address or a CIDR block, such as 10.20.0.0/16.";
                break;
            }
        }

        rules = new() { AllowLoopback = allowLoopback, AllowedHosts = hosts, AllowedNetworks = networks };
        return problem.Length == 0;
    }

    /// <param name="address">What <paramref name="host"/> stands for; null where only a proxy will know.</param>
    /// <returns>Why a connection is refused; null when it is not.</returns>
    internal string? Refuse(string host, IPAddress? address, bool encrypted)
    {
        var plain = address is null ? null : AddressKinds.Plain(address);
        var kind = plain is null ? AddressKind.Public : AddressKinds.Of(plain);
        var named = AllowedHosts.Contains(host.TrimEnd('.'), StringComparer.OrdinalIgnoreCase);
        if ((plain is not null && AllowedNetworks.Any(network => network.Contains(plain))) || (kind == AddressKind.Loopback && (AllowLoopback || named)))
        {
            return null;
        }

        if (kind == AddressKind.Private && named)
        {
            return null;
        }

        if (kind != AddressKind.Public)
        {
            return $"{Printable.Text(host, 253)} leads to {Words(kind)}. Only addresses of the internet are called; name the host or its network in the gateway's outbound allow-list if it is to be called.";
        }

        return encrypted || named
            ? null
            : $"{Printable.Text(host, 253)} would be called without TLS. Use https; plain http is for loopback and for hosts on the gateway's outbound allow-list.";
    }

    private static string Words(AddressKind kind) => kind switch
    {
        AddressKind.Loopback => "this machine (a loopback address)",
        AddressKind.Private => "a private address",
        AddressKind.LinkLocal => "a link-local address",
        AddressKind.Metadata => "an address where clouds keep a machine's credentials",
        _ => "an address that is reserved and nobody's on the internet",
    };
}
