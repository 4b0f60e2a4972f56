using System.Text.Json.Nodes;
using CentralOps.Aws.Credentials;
using CentralOps.Gateway.Control;
using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Synchronizing;
using CentralOps.Gateway.Tests.Control.Fixtures;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Control.Provisioning;

/// <summary>What is done after an operation was answered: once, by one replica, to its end.</summary>
public sealed class ProvisioningTests
{
    private const string Mcp = "https://mcp.example.com/mcp";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Work_whose_replica_died_is_taken_over_when_its_lease_is_over_and_not_before()
    {
        var time = new ManualTime();
        var store = new MemoryStore(time);
        await using var control = await TestControl.StartAsync(store, options => options with { Time = time });
        var id = await control.GatewayAsync();
        control.Servers.Offer(Mcp, "one");

        // Somebody holds the target's work, and is never heard of again.
        var dead = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        store.BeforeWrite = writes =>
        {
            if (writes.OfType<StoreWrite.Insert>().FirstOrDefault(write => write.Kind is "work") is { } work)
            {
                store.TryLeaseAsync($"work/{work.Id}", "dead", TimeSpan.FromSeconds(30), default).AsTask().Wait();
                dead.TrySetResult(work.Id);
            }
        };
        var created = await control.DoAsync("POST", $"/gateways/{id}/targets/", TestControl.Server("t", Mcp));
        var path = $"/gateways/{id}/targets/{created["targetId"]}/";
        await dead.Task;
        for (var seconds = 0; seconds < 28; seconds += 2)
        {
            time.Advance(TimeSpan.FromSeconds(2));
            await Task.Delay(10);
        }

        control.Servers.Asked.ShouldBeEmpty();
        store.LeaseOwners.Values.ShouldContain("dead");
        await AdvanceUntilAsync(control, time, path, "READY");
        control.Servers.Asked.Count.ShouldBe(1);
        store.LeaseOwners.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_many_replicas_one_does_a_piece_of_work()
    {
        var store = new MemoryStore(TimeProvider.System);
        var servers = new StubSynchronizer();
        servers.Offer(Mcp, "one");
        var replicas = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TestControl.StartAsync(store, servers: servers)));
        var id = await replicas[0].GatewayAsync();
        for (var i = 0; i < 20; i++)
        {
            await replicas[i % 4].TargetAsync(id, TestControl.Server($"t{i}", Mcp));
        }

        servers.Asked.Count.ShouldBe(20);
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_after_five_minutes()
    {
        var time = new ManualTime();
        await using var control = await TestControl.StartAsync(new MemoryStore(time), options => options with { Time = time });
        var id = await control.GatewayAsync();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        control.Servers.Answer(Mcp, async cancellationToken =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new SyncOutcome.Failed("never");
        });
        var created = await control.DoAsync("POST", $"/gateways/{id}/targets/", TestControl.Server("t", Mcp));
        await asked.Task.WaitAsync(Patience);
        var began = time.GetUtcNow();
        var failed = await AdvanceUntilAsync(control, time, $"/gateways/{id}/targets/{created["targetId"]}/", "FAILED");
        (time.GetUtcNow() - began).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(2));
        ((string)failed["statusReasons"]![0]!).ShouldContain("did not answer within 5 minutes");
    }

    [Fact]
    public async Task A_fault_of_ours_ends_in_FAILED_and_what_failed_can_be_repaired()
    {
        var time = new ManualTime();
        await using var control = await TestControl.StartAsync(new MemoryStore(time), options => options with { Time = time });
        var id = await control.GatewayAsync();
        control.Servers.Answer(Mcp, _ => throw new InvalidOperationException("a bug with SECRET-things"));
        var created = await control.DoAsync("POST", $"/gateways/{id}/targets/", TestControl.Server("t", Mcp));
        var path = $"/gateways/{id}/targets/{created["targetId"]}/";
        ((string)(await AdvanceUntilAsync(control, time, path, "FAILED"))["statusReasons"]![0]!).ShouldBe("An internal error occurred. Retry the operation.");
        control.Servers.Asked.Count.ShouldBe(5);
        control.Servers.Offer(Mcp, "one");
        await control.DoAsync("PUT", path, TestControl.Server("t", Mcp));
        await control.UntilAsync(path, "READY");
    }

    [Fact]
    public async Task What_a_server_says_is_shaped_before_it_is_told()
    {
        await using var control = await TestControl.StartAsync();
        control.Servers.Answer(Mcp, new SyncOutcome.Failed($"\u001b[31mred\u202e {new string('x', 5000)}"));
        var target = await control.TargetAsync(await control.GatewayAsync(), TestControl.Server("t", Mcp), "FAILED");
        var reason = (string)target["statusReasons"]![0]!;
        reason.ShouldStartWith("[31mred ");
        reason.Length.ShouldBeLessThanOrEqualTo(2048);
    }

    [Fact]
    public async Task A_tool_schema_comes_from_S3_with_the_gateways_role()
    {
        await using var bucket = await FakeS3.StartAsync();
        await using var control = await TestControl.StartAsync(options => options with { Aws = bucket.Client, RoleCredentials = _ => new(new AwsCredentials("AKIDROLE", "secret")) });
        var id = await control.GatewayAsync();
        bucket.Objects["/schemas/dir/tools.json"] = $"[{TestControl.Tool}]";
        var target = await control.TargetAsync(id, InS3("t", "s3://schemas/dir/tools.json"));
        target["statusReasons"].ShouldBeNull();
        bucket.Asked.ShouldContain(request => request.Authorization.Contains("Credential=AKIDROLE/", StringComparison.Ordinal) && request.Owner == "222222222222");
        await foreach (var served in control.Plane.Source.WatchAsync(default))
        {
            served[0].Targets[0].Catalog.Tools.Single().Name.ShouldBe("echo");
            break;
        }

        bucket.Objects["/schemas/bad.json"] = """[{"name":"t","description":"d","inputSchema":{"type":"object","additionalProperties":false}}]""";
        await FailsAsync(control, id, "s3://schemas/bad.json", "keyword 'additionalProperties'");
        bucket.Objects["/schemas/text.json"] = "not json";
        await FailsAsync(control, id, "s3://schemas/text.json", "not valid JSON");
        bucket.Objects["/schemas/big.json"] = new string(' ', (10 * 1024 * 1024) + 1);
        await FailsAsync(control, id, "s3://schemas/big.json", "the limit is 10485760");
        await FailsAsync(control, id, "s3://schemas/none.json", "NoSuchKey");
        await FailsAsync(control, id, "s3://schemas", "must be s3://BUCKET/KEY");
        await using var without = await TestControl.StartAsync();
        await FailsAsync(without, await without.GatewayAsync(), "s3://schemas/dir/tools.json", "no AWS credentials");
    }

    private static string InS3(string name, string uri) =>
        TestControl.Lambda(name).Replace($$"""{"inlinePayload":[{{TestControl.Tool}}]}""", $$$"""{"s3":{"uri":"{{{uri}}}","bucketOwnerAccountId":"222222222222"}}""", StringComparison.Ordinal);

    private static async Task FailsAsync(TestControl control, string gatewayId, string uri, string reason)
    {
        var target = await control.TargetAsync(gatewayId, InS3($"t{Guid.NewGuid():N}"[..12], uri), "FAILED");
        ((string)target["statusReasons"]![0]!).ShouldContain(reason);
    }

    /// <summary>Moves time on by two seconds again and again, until the target is in the status.</summary>
    private static async Task<JsonObject> AdvanceUntilAsync(TestControl control, ManualTime time, string path, string status)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var target = await control.DoAsync("GET", path);
            if ((string)target["status"]! == status)
            {
                return target;
            }

            time.Advance(TimeSpan.FromSeconds(2));
            await Task.Delay(10, limit.Token);
        }
    }
}
