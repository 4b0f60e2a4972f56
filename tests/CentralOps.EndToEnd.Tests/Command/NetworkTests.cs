using CentralOps.EndToEnd.Tests.Harness;

namespace CentralOps.EndToEnd.Tests.Command;

/// <summary>Nothing that we start connects to anything but loopback.</summary>
public sealed class NetworkTests
{
    [NeedsFact("strace")]
    public async Task A_whole_session_connects_to_loopback_only()
    {
        var trace = Path.GetTempFileName();
        var up = await RunningUp.StartUnderAsync(ConnectionTrace.Into(trace));
        (await up.CentralOpsAsync("accounts")).ExitCode.ShouldBe(0);
        (await up.CentralOpsAsync("call", "describe_ec2_instances", "--account", "Production")).ExitCode.ShouldBe(0);
        (await up.CentralOpsAsync("call", "describe_ec2_instances", "--account", "987654321098")).ExitCode.ShouldBe(1);
        await up.DisposeAsync();

        await ConnectionTrace.ShouldBeLoopbackAsync(trace);
        File.Delete(trace);
    }
}
