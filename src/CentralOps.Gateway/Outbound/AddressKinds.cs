using System.Net;
using System.Net.Sockets;

namespace CentralOps.Gateway.Outbound;

/// <summary>
/// Sorts addresses by IANA's special-purpose registries (RFC 6890 and its updates). An address that carries another one inside (IPv4-mapped,
/// NAT64, 6to4) is what the inner one is, because that is where its packets go.
/// </summary>
internal static class AddressKinds
{
    private static readonly (IPNetwork Network, AddressKind Kind)[] V4 =
    [
        (IPNetwork.Parse("169.254.169.254/32"), AddressKind.Metadata),
        // Credentials of ECS tasks and EKS pods.
        (IPNetwork.Parse("169.254.170.0/24"), AddressKind.Metadata),
        (IPNetwork.Parse("168.63.129.16/32"), AddressKind.Metadata),
        (IPNetwork.Parse("100.100.100.200/32"), AddressKind.Metadata),
        (IPNetwork.Parse("192.0.0.192/32"), AddressKind.Metadata),
        (IPNetwork.Parse("127.0.0.0/8"), AddressKind.Loopback),
        (IPNetwork.Parse("10.0.0.0/8"), AddressKind.Private),
        (IPNetwork.Parse("172.16.0.0/12"), AddressKind.Private),
        (IPNetwork.Parse("192.168.0.0/16"), AddressKind.Private),
        (IPNetwork.Parse("100.64.0.0/10"), AddressKind.Private),
        (IPNetwork.Parse("169.254.0.0/16"), AddressKind.LinkLocal),
        (IPNetwork.Parse("0.0.0.0/8"), AddressKind.Reserved),
        (IPNetwork.Parse("192.0.0.0/24"), AddressKind.Reserved),
        (IPNetwork.Parse("192.0.2.0/24"), AddressKind.Reserved),
        (IPNetwork.Parse("192.88.99.0/24"), AddressKind.Reserved),
        (IPNetwork.Parse("198.18.0.0/15"), AddressKind.Reserved),
        (IPNetwork.Parse("198.51.100.0/24"), AddressKind.Reserved),
        (IPNetwork.Parse("203.0.113.0/24"), AddressKind.Reserved),
        (IPNetwork.Parse("224.0.0.0/3"), AddressKind.Reserved),
    ];

    private static readonly (IPNetwork Network, AddressKind Kind)[] V6 =
    [
        (IPNetwork.Parse("::1/128"), AddressKind.Loopback),
        (IPNetwork.Parse("fd00:ec2::/32"), AddressKind.Metadata),
        (IPNetwork.Parse("fd20:ce::254/128"), AddressKind.Metadata),
        (IPNetwork.Parse("fc00::/7"), AddressKind.Private),
        (IPNetwork.Parse("fe80::/10"), AddressKind.LinkLocal),
        (IPNetwork.Parse("fec0::/10"), AddressKind.Private),
        (IPNetwork.Parse("2001::/23"), AddressKind.Reserved),
        (IPNetwork.Parse("2001:db8::/32"), AddressKind.Reserved),
        (IPNetwork.Parse("3fff::/20"), AddressKind.Reserved),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    public static AddressKind Of(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetwork ? Find(V4, plain) ?? AddressKind.Public : OfV6(WithoutScope(plain));
    }

    /// <summary>The address as networks are compared with it: IPv4 where it is mapped, and without a zone.</summary>
    public static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address.AddressFamily == AddressFamily.InterNetworkV6 ? WithoutScope(address) : address;

    private static AddressKind OfV6(IPAddress address)
    {
        if (Inner(address) is { } inner)
        {
            // Nothing on this machine or its network is to be reached through a tunnel, not even where it may be reached directly.
            return Of(inner) == AddressKind.Public ? AddressKind.Public : AddressKind.Reserved;
        }

        return Find(V6, address) ?? (GlobalUnicast.Contains(address) ? AddressKind.Public : AddressKind.Reserved);
    }

    private static IPAddress? Inner(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        if (Nat64.Contains(address))
        {
            return new IPAddress(bytes[12..]);
        }

        return SixToFour.Contains(address) ? new IPAddress(bytes.Slice(2, 4)) : null;
    }

    private static AddressKind? Find((IPNetwork Network, AddressKind Kind)[] table, IPAddress address)
    {
        foreach (var (network, kind) in table)
        {
            if (network.Contains(address))
            {
                return kind;
            }
        }

        return null;
    }

    private static IPAddress WithoutScope(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return address.ScopeId != 0 && address.TryWriteBytes(bytes, out _) ? new IPAddress(bytes) : address;
    }
}
