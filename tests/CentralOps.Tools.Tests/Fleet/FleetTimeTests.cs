using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Access.Callers;
using CentralOps.Access.Rules;
using CentralOps.Accounts.Tests.Stubs;
using CentralOps.Tools.Fleet;

namespace CentralOps.Tools.Tests.Fleet;

/// <summary>What ends a call before its places do, and what calls at the same time have of each other.</summary>
public sealed class FleetTimeTests
{
    private const string Tool = "describe_ec2_instances";
    private const string All = """{"accounts":"all","region":"all"}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(null, 25)]
    [InlineData(60, 25)]
    [InlineData(5, 4.5)]
    public async Task When_the_time_is_up_what_is_there_is_told_and_what_was_under_way_has_failed(int? allowed, double seconds)
    {
        var fleet = StubFleet.Of(6, 2, static (_, _) => 2);
        var hanging = new SemaphoreSlim(0);
        fleet.Instead = async (call, account, cancellationToken) =>
        {
            if (call.Operation == "ec2:DescribeInstances" && (account == StubFleet.Id(1) || (account == StubFleet.Id(4) && call.Region == "eu-aest-2")))
            {
                hanging.Release();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            return null;
        };
        var asking = new ToolRunner(fleet.Aws, _time) { TimeAllowed = allowed is { } whole ? TimeSpan.FromSeconds(whole) : null }.RunAsync(Tool, All);
        for (var place = 0; place < 3; place++)
        {
            (await hanging.WaitAsync(Patience)).ShouldBeTrue();
        }

        await SettleAsync(() => fleet.Reads.Count == 12 - 3);
        _time.Advance(TimeSpan.FromSeconds(seconds - 0.1));
        await Task.Yield();
        asking.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.2));
        var answer = await asking.WaitAsync(Patience);

        // A place whose answer came and was not read yet may be among those that failed: it depends on who was quicker.
        var failed = FleetAnswerTests.Failures(answer);
        failed.ShouldBeSubsetOf(fleet.All().Select(static instance => $"{instance[..instance.LastIndexOf('/')]}/deadline").Distinct());
        new[] { "100000000001/eu-aest-1/deadline", "100000000001/eu-aest-2/deadline", "100000000004/eu-aest-2/deadline" }.ShouldBeSubsetOf(failed);
        StubFleet.Of(answer).ShouldBe(fleet.All().Where(instance => !failed.Contains($"{instance[..instance.LastIndexOf('/')]}/deadline")));
        FleetAnswerTests.Summary(answer).ShouldBe((6, 2, 12 - failed.Count, 0, failed.Count, 0, 24 - (2 * failed.Count)));
        answer.GetProperty("truncated").GetBoolean().ShouldBeFalse();
        answer.GetProperty("summary").GetProperty("duration_ms").GetInt64().ShouldBe((long)((seconds + 0.1) * 1000));
    }

    [Fact]
    public async Task What_was_not_begun_when_the_time_was_up_is_counted_and_gone_on_with()
    {
        var fleet = StubFleet.Of(400, 1, static (_, _) => 1);
        var reading = 0;
        fleet.Instead = async (call, _, cancellationToken) =>
        {
            if (call.Operation == "ec2:DescribeInstances" && Interlocked.Increment(ref reading) > 20)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            return null;
        };
        var runner = new ToolRunner(fleet.Aws, _time);
        var asking = runner.RunAsync(Tool, All);
        await SettleAsync(() => Volatile.Read(ref reading) >= 128);
        _time.Advance(TimeSpan.FromSeconds(26));
        var answer = await asking.WaitAsync(Patience);
        var (_, _, succeeded, _, failed, skipped, _) = FleetAnswerTests.Summary(answer);
        succeeded.ShouldBe(20);
        failed.ShouldBeGreaterThanOrEqualTo(20);
        (succeeded + failed + skipped).ShouldBe(400);
        answer.GetProperty("truncated").GetBoolean().ShouldBeTrue();

        // Once AWS answers again, the rest comes, and nothing of what was given.
        fleet.Instead = null;
        var seen = StubFleet.Of(answer);
        var told = FleetAnswerTests.Failures(answer).Select(static failure => failure.Split('/')[0]).ToHashSet();
        for (var token = answer.GetProperty("next_token").GetString(); token is not null; token = answer.GetProperty("next_token").GetString())
        {
            answer = await runner.RunAsync(Tool, new JsonObject { ["accounts"] = "all", ["region"] = "all", ["next_token"] = token }.ToJsonString());
            seen.AddRange(StubFleet.Of(answer));
            told.UnionWith(FleetAnswerTests.Failures(answer).Select(static failure => failure.Split('/')[0]));
        }

        seen.ShouldBeUnique();
        fleet.All().Where(instance => !told.Contains(instance.Split('/')[0])).ShouldBeSubsetOf(seen);
        (seen.Count + told.Count).ShouldBe(400);
    }

    [Fact]
    public async Task Cancellation_ends_everything_at_once()
    {
        var fleet = StubFleet.Of(50, 2, static (_, _) => 1);
        var (hanging, ended) = (0, 0);
        fleet.Instead = async (call, _, cancellationToken) =>
        {
            if (call.Operation == "ec2:DescribeInstances")
            {
                Interlocked.Increment(ref hanging);
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                }
                finally
                {
                    Interlocked.Increment(ref ended);
                }
            }

            return null;
        };
        using var cancelled = new CancellationTokenSource();
        var asking = new ToolRunner(fleet.Aws, _time).RunAsync(Tool, Encoding.UTF8.GetBytes(All), Caller.Local, cancelled.Token);
        await SettleAsync(() => Volatile.Read(ref hanging) == 100);
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => asking.WaitAsync(Patience));
        await SettleAsync(() => Volatile.Read(ref ended) == 100);
    }

    [Fact]
    public async Task The_same_read_of_one_caller_is_made_once_and_goes_on_when_one_of_its_callers_gives_up()
    {
        var fleet = StubFleet.Of(3, 2, static (_, _) => 5);
        var gate = new TaskCompletionSource();
        fleet.Instead = async (call, _, cancellationToken) =>
        {
            if (call.Operation == "ec2:DescribeInstances")
            {
                fleet.Reads.Enqueue("begun");
                await gate.Task.WaitAsync(cancellationToken);
            }

            return null;
        };
        var runner = new ToolRunner(fleet.Aws, _time) { Rules = AccessRules.Everybody };
        var (jane, joe) = (new Caller("arn:aws:iam::111111111111:user/jane", CallerKind.Iam), new Caller("arn:aws:iam::111111111111:user/joe", CallerKind.Iam));
        using var givingUp = new CancellationTokenSource();
        Task<JsonElement> Ask(Caller caller, string arguments, CancellationToken cancellationToken) => runner.RunAsync(Tool, Encoding.UTF8.GetBytes(arguments), caller, cancellationToken);

        var first = Ask(jane, All, givingUp.Token);
        await SettleAsync(() => fleet.Reads.Count == 6);
        var second = Ask(jane, All, CancellationToken.None);
        var overlapping = Ask(jane, """{"accounts":"100000000001","region":"eu-aest-1,eu-aest-2","fields":["State"]}""", CancellationToken.None);
        var other = Ask(joe, """{"accounts":"100000000001","region":"eu-aest-1,eu-aest-2"}""", CancellationToken.None);
        await SettleAsync(() => fleet.Reads.Count == 8);
        await givingUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first.WaitAsync(Patience));
        gate.SetResult();
        StubFleet.Of(await second.WaitAsync(Patience)).ShouldBe(fleet.All());
        (await overlapping.WaitAsync(Patience)).GetProperty("summary").GetProperty("items").GetInt32().ShouldBe(10);
        (await other.WaitAsync(Patience)).GetProperty("summary").GetProperty("items").GetInt32().ShouldBe(10);
        fleet.Aws.CountOf("ec2:DescribeInstances").ShouldBe(6 + 2, "jane's places once, joe's for himself");
        fleet.Aws.Calls.Where(static call => call.Operation == "sts:AssumeRole").GroupBy(static call => call.Text("RoleArn")! + call.Text("RoleSessionName")).ShouldAllBe(static same => same.Count() == 1);
    }

    [Fact]
    public async Task Progress_is_told_a_few_times_a_second_and_ends_with_all_places()
    {
        var fleet = StubFleet.Of(30, 3, static (_, _) => 1);
        fleet.Instead = (call, account, _) =>
        {
            if (call.Operation == "ec2:DescribeInstances")
            {
                _time.Advance(TimeSpan.FromMilliseconds(20));
            }

            return Task.FromResult<StubAnswer?>(call.Operation == "sts:AssumeRole" && call.Text("RoleArn")!.Contains(StubFleet.Id(7), StringComparison.Ordinal) ? StubAnswer.Failed("AccessDenied") : null);
        };
        var told = new ConcurrentQueue<FleetProgress>();
        await new ToolRunner(fleet.Aws, _time) { Progress = new Told(told) }.RunAsync(Tool, All);
        told.Count.ShouldBeInRange(2, (int)(87 * 0.02 * 4) + 2);
        told.Select(static progress => progress.PlacesDone).ShouldBeInOrder();
        told.Last().ShouldBe(new FleetProgress(88, 88, 1));
    }

    private static async Task SettleAsync(Func<bool> isSo)
    {
        var until = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            TimeProvider.System.GetElapsedTime(until).ShouldBeLessThan(Patience);
            await Task.Delay(5);
        }
    }

    private sealed class Told(ConcurrentQueue<FleetProgress> told) : IProgress<FleetProgress>
    {
        public void Report(FleetProgress value) => told.Enqueue(value);
    }
}
