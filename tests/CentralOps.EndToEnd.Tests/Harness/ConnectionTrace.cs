using System.Text.RegularExpressions;

namespace CentralOps.EndToEnd.Tests.Harness;

/// <summary>What a program and its children connect to, as strace sees it.</summary>
internal static partial class ConnectionTrace
{
    public static string[] Into(string file) => ["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-e", "signal=none", "-o", file];

    public static async Task ShouldBeLoopbackAsync(string file)
    {
        var addresses = InternetAddress().Matches(await File.ReadAllTextAsync(file)).Select(match => match.Groups["address"].Value).Distinct().ToList();
        addresses.ShouldNotBeEmpty("the trace saw no connection at all: it proves nothing");
        addresses.Where(address => address is not ("127.0.0.1" or "::1" or "::ffff:127.0.0.1")).ShouldBeEmpty();
    }

    [GeneratedRegex("""(?:inet_addr\("|inet_pton\(AF_INET6, ")(?<address>[^"]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex InternetAddress();
}
