using System.Net;
using CentralOps.Sandbox.AwsMcp;
using CentralOps.Sandbox.Tests.Fixtures;

namespace CentralOps.Sandbox.Tests.AwsMcp;

/// <summary>AWS's quotas of the AWS MCP Server, by account and region.</summary>
public sealed class QuotaTests
{
    [Fact]
    public async Task Three_requests_a_second_pass_after_a_small_burst()
    {
        var time = new ManualTime();
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { Time = time }, CancellationToken.None);
        using var client = await McpClient.OpenAsync(server, server.Operator);

        for (var i = 1; i < 6; i++)
        {
            (await client.AskAsync("ping")).Status.ShouldBe(HttpStatusCode.OK);
        }

        var throttled = await client.AskAsync("ping");
        throttled.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        throttled.Headers["x-amzn-ErrorType"].ShouldBe("ThrottlingException");
        throttled.Headers["Retry-After"].ShouldBe("1");

        time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 3; i++)
        {
            (await client.AskAsync("ping")).Status.ShouldBe(HttpStatusCode.OK);
        }

        (await client.AskAsync("ping")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task One_account_uses_up_no_other_accounts_quota()
    {
        var time = new ManualTime();
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { Time = time, AwsMcp = new AwsMcpOptions { Burst = 1 } }, CancellationToken.None);
        using var first = new McpClient(server, server.Operator);
        using var elsewhere = new McpClient(server, server.Operator, "eu-central-1");
        using var second = new McpClient(server, await Signed.SessionAsync(server, "222222222222"));

        (await first.InitializeAsync()).Status.ShouldBe(HttpStatusCode.OK);
        (await first.InitializeAsync()).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        (await elsewhere.InitializeAsync()).Status.ShouldBe(HttpStatusCode.OK);
        (await second.InitializeAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_session_too_many_is_a_throttle_until_one_is_closed_or_idle()
    {
        var time = new ManualTime();
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { Time = time, AwsMcp = new AwsMcpOptions { Sessions = 2, Burst = 100 } }, CancellationToken.None);
        using var first = await McpClient.OpenAsync(server, server.Operator);
        using var second = await McpClient.OpenAsync(server, server.Operator);
        using var third = new McpClient(server, server.Operator);

        var refused = await third.InitializeAsync();
        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Body.ShouldContain("Too many sessions");

        await first.DeleteAsync();
        (await third.InitializeAsync()).Status.ShouldBe(HttpStatusCode.OK);
        (await third.InitializeAsync()).Status.ShouldBe(HttpStatusCode.TooManyRequests);

        // Not so long that the signatures, which go by the real clock, are too old: the idle time is what differs.
        await using var patient = await SandboxServer.StartAsync(
            new SandboxOptions { Time = time, AwsMcp = new AwsMcpOptions { Sessions = 1, Burst = 100, SessionIdle = TimeSpan.FromMinutes(1) } }, CancellationToken.None);
        using var idle = await McpClient.OpenAsync(patient, patient.Operator);
        time.Advance(TimeSpan.FromMinutes(2));
        (await idle.AskAsync("ping")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await idle.InitializeAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }
}
