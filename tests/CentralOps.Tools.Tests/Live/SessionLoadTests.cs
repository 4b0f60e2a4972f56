using System.Buffers;
using CentralOps.Access.Callers;
using CentralOps.Accounts;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Quotas;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Sandbox;
using CentralOps.Sandbox.Faults;
using CentralOps.Sandbox.Trail;
using CentralOps.ToolPages;

namespace CentralOps.Tools.Tests.Live;

/// <summary>Sessions under load, counted where AWS would count them.</summary>
public sealed class SessionLoadTests : IAsyncLifetime
{
    private const string Member = "222222222222";

    private readonly ShiftedTime _time = new();
    private SandboxServer _server = null!;

    private LiveTools Tools { get; set; } = null!;

    public async Task InitializeAsync()
    {
        _server = await SandboxServer.StartAsync(new SandboxOptions { Time = _time }, CancellationToken.None);
        Tools = new LiveTools(_server.Url, _server.SessionOf("arn:aws:iam::111111111111:role/CentralOpsLambdaRole", "tools", TimeSpan.FromHours(12)), time: _time, quotas: new QuotaSettings { Rates = QuotaRates.Learnt, LongestWait = TimeSpan.FromMinutes(2) });
    }

    public async Task DisposeAsync()
    {
        await Tools.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Sixty_four_callers_at_once_cost_one_AssumeRole_each_and_window()
    {
        for (var window = 1; window <= 2; window++)
        {
            var refusals = await Task.WhenAll(Enumerable.Range(0, 512).Select(call => AskAsync($"caller-{call % 64}")));
            refusals.ShouldAllBe(static refusal => refusal == null);
            var assumed = Assumed();
            assumed.Count.ShouldBe(64 * window);
            assumed.Select(static call => call.Resource).Distinct().ShouldHaveSingleItem();
            _time.Advance(TimeSpan.FromSeconds(895));
        }
    }

    [Fact]
    public async Task A_role_that_vanishes_while_its_session_is_in_use_is_noticed_and_told()
    {
        (await AskAsync("jane")).ShouldBeNull();
        _server.Faults.Add(new Fault(FaultKind.Expired, Account: Member, Service: "ec2"));
        _server.Faults.Add(new Fault(FaultKind.Deny, Service: "sts", Operation: "AssumeRole"));
        var refusal = (await AskAsync("jane")).ShouldNotBeNull();
        RefusalWords.Of(refusal).StageName.ShouldBe("assume_role");
        RefusalWords.Of(refusal).Message.ShouldContain($"arn:aws:iam::{Member}:role/CentralOpsTargetRole");
    }

    [Fact]
    public async Task Sessions_that_end_every_twenty_seconds_are_renewed_unseen_under_load()
    {
        _server.Faults.Add(new Fault(FaultKind.SessionLifetime, Seconds: 20));
        for (var round = 0; round < 30; round++)
        {
            var refusals = await Task.WhenAll(Enumerable.Range(0, 32).Select(call => AskAsync($"caller-{call % 4}")));
            refusals.ShouldAllBe(static refusal => refusal == null);
            _time.Advance(TimeSpan.FromSeconds(4));
        }

        // 120 seconds for four callers: six windows each, and no more renewals than one a round.
        Assumed().Count.ShouldBeInRange(4 * 6, 4 * 15);
    }

    private IReadOnlyList<TrailEvent> Assumed() => _server.Trail.Find(new TrailQuery(Service: "sts", Operation: "AssumeRole", Limit: 10_000));

    private async Task<Refusal?> AskAsync(string caller)
    {
        AccountId.TryParse(Member, out var id).ShouldBeTrue();
        RegionName.TryParse("us-east-1", out var region).ShouldBeTrue();
        var use = new ToolUse(new Caller(caller, CallerKind.Iam), "describe_ec2_instances", ["ec2:DescribeInstances"])
        {
            // Five hundred calls share 32 places: on a busy machine that takes its time.
            Deadline = Deadline.In(TimeSpan.FromMinutes(2), _time),
        };
        var entered = await Tools.Entrance.EnterAsync(new Account { Id = id, Name = "Production" }, region, use, CancellationToken.None);
        if (entered.Account is not { } door)
        {
            return entered.Refusal;
        }

        var outcome = await door.CallAsync(
            ModelLibrary.Operation("ec2", "DescribeInstances"), """{"MaxResults":5}"""u8.ToArray(), new Transcription(new ArrayBufferWriter<byte>()), CancellationToken.None);
        return outcome.Refusal;
    }

    /// <summary>The real clock, set ahead by a test. Timers are real.</summary>
    private sealed class ShiftedTime : TimeProvider
    {
        private long _ahead;

        public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));
    }
}
