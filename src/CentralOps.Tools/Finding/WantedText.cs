using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using CentralOps.Accounts;

namespace CentralOps.Tools.Finding;

/// <summary>Reads what is looked for. What looks like several things is the one that is cheapest to find.</summary>
internal static class WantedText
{
    public const int MaxLength = ResourceArn.MaxLength;

    private static readonly SearchValues<char> OfNoName = SearchValues.Create("\"'<>\\*?");
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    private const string Forms = "Give an IP address, an ARN, an id such as i-0123456789abcdef0, a 12-digit account id, a host name or a resource's name";

    /// <param name="wrong">What is wrong with the text and what to write instead.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out Wanted? wanted, out (string Problem, string Repair) wrong)
    {
        text = text.Trim();
        (wanted, wrong) = (null, default);
        if (text.StartsWith("arn:", StringComparison.Ordinal))
        {
            wanted = ResourceArn.TryParse(text, out var arn) ? new Wanted.Arn(arn) : null;
            wrong = ("begins as an ARN and is none", "Write it whole, as in arn:aws:ec2:us-east-1:222222222222:instance/i-0123456789abcdef0");
            return wanted is not null;
        }

        if (text.Length is 0 or > 255 || text.AsSpan().ContainsAnyInRange('\0', ' ') || text.AsSpan().ContainsAny(OfNoName))
        {
            wrong = (text.Length == 0 ? "is empty" : "holds what stands in no id, address or name, or is too long", Forms);
            return false;
        }

        wanted = Read(text);
        return true;
    }

    private static Wanted Read(string text)
    {
        if (AccountId.TryParse(text, out var account))
        {
            return new Wanted.OfAccount(account);
        }

        if (AddressOf(text) is { } address)
        {
            return new Wanted.Address(address);
        }

        if (IdOf(text) is { } id)
        {
            return id;
        }

        // A bucket's name may have dots too; whether it is a host of AWS's is for who looks.
        return text.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(text) == UriHostNameType.Dns ? new Wanted.Host(text.TrimEnd('.').ToLowerInvariant()) : new Wanted.Named(text);
    }

    // IPAddress.TryParse also takes 1, 0x7f.1 and fe80::1%eth0, which are no addresses of resources.
    private static IPAddress? AddressOf(string text)
    {
        if (!IPAddress.TryParse(text, out var address) || text.Contains('%', StringComparison.Ordinal))
        {
            return null;
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        }

        return string.Equals(address.ToString(), text, StringComparison.Ordinal) ? address : null;
    }

    /// <summary>EC2's ids: a kind, a hyphen, and 8 or 17 hexadecimal digits.</summary>
    private static Wanted.Id? IdOf(string text)
    {
        var hyphen = text.LastIndexOf('-');
        if (hyphen <= 0 || text.Length - hyphen - 1 is not (8 or 17) || text.AsSpan(hyphen + 1).ContainsAnyExcept(Hexadecimal))
        {
            return null;
        }

        var prefix = text[..hyphen].ToLowerInvariant();
        return !IdKinds.Known.Contains(prefix) ? null : new Wanted.Id(text.ToLowerInvariant(), prefix);
    }
}
