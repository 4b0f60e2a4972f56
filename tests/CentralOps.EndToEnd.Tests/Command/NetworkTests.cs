using System.Text.RegularExpressions;
using CentralOps.EndToEnd.Tests.Harness;

namespace CentralOps.EndToEnd.Tests.Command;

/// <summary>Nothing that we start connects to anything but loopback.</summary>
public sealed partial class NetworkTests
{
    [NeedsFact("strace")]
    public async Task A_whole_session_connects_to_loopback_only()
    {
        var trace = Path.GetTempFileName();
        var up = await RunningUp.StartUnderAsync(["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-e", "signal=none", "-o", trace]);
        (await up.CentralOpsAsync("accounts")).ExitCode.ShouldBe(0);
        (await up.CentralOpsAsync("call", "describe_ec2_instances", "--account", "Production")).ExitCode.ShouldBe(0);
        (await up.CentralOpsAsync("call", "describe_ec2_instances", "--account", "987654321098")).ExitCode.ShouldBe(1);
        await up.DisposeAsync();

        var addresses = InternetAddress().Matches(await File.ReadAllTextAsync(trace)).Select(match => match.Groups["address"].Value).Distinct().ToList();
        addresses.ShouldNotBeEmpty("the trace saw no connection at all: it proves nothing");
        addresses.Where(address => address is not ("127.0.0.1" or "::1" or "::ffff:127.0.0.1")).ShouldBeEmpty();
        File.Delete(trace);
    }

    [GeneratedRegex("""(?:inet_addr\("|inet_pton\(AF_INET6, ")(?<address>[^"]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex InternetAddress();
}
