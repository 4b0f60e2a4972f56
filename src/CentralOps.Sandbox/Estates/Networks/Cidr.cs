using System.Globalization;
using System.Net;

namespace CentralOps.Sandbox.Estates.Networks;

/// <summary>Ranges of IPv4 addresses in CIDR notation.</summary>
internal static class Cidr
{
    /// <summary>How many addresses a range holds.</summary>
    public static int Addresses(string cidr) => 1 << (32 - int.Parse(cidr.AsSpan(cidr.IndexOf('/', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture));

    /// <summary>Strict: all bits behind the prefix are zero.</summary>
    public static bool IsValid(string text) => IPNetwork.TryParse(text, out var network) && string.Equals(network.ToString(), text, StringComparison.Ordinal);

    public static bool Contains(string outer, string inner)
    {
        var (whole, part) = (IPNetwork.Parse(outer), IPNetwork.Parse(inner));
        return whole.PrefixLength <= part.PrefixLength && whole.Contains(part.BaseAddress);
    }

    public static bool Overlap(string one, string other) => Contains(one, other) || Contains(other, one);
}
