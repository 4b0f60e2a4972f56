using System.Diagnostics;
using CentralOps.Access.Callers;
using CentralOps.Access.Rules.Files;
using CentralOps.Sandbox;
using CentralOps.Sandbox.Faults;
using CentralOps.Sandbox.Trail;
using CentralOps.ToolPages;
using Xunit.Abstractions;

namespace CentralOps.Tools.Tests.Live;

/// <summary>
/// A service that takes two calls a second, which nobody told the quotas, and twenty callers who ask by a tool with 25 seconds each, again and again. The large form
/// (CENTRALOPS_LONG=1) goes on for 60 seconds and measures how much of the limit is used.
/// </summary>
public sealed class RateLimitTests(ITestOutputHelper output)
{
    private const string Member = "222222222222";
    private const double PerSecond = 2;
    private const int Burst = 2;

    private static readonly bool Long = Environment.GetEnvironmentVariable("CENTRALOPS_LONG") is { Length: > 0 };

    [Fact]
    public async Task No_throttle_reaches_anyone_before_the_deadline_and_the_limit_is_used()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), CancellationToken.None);
        var rules = RulesFile.Parse("rules: [{who: everyone, tools: '*', accounts: all}]", "access.yaml");
        await using var tools = new LiveTools(sandbox.Url, LiveTools.KeysOf(sandbox), rules: rules) { TimeAllowed = TimeSpan.FromSeconds(25) };

        // Sessions first: what is measured is the limit.
        var callers = Enumerable.Range(0, 20).Select(static number => new Caller($"caller-{number}", CallerKind.Jwt) { Issuer = "https://login.example.com" }).ToList();
        await Task.WhenAll(callers.Select(caller => AskAsync(tools, caller)));
        sandbox.Faults.Add(new Fault(FaultKind.Throttle, Member, Service: "ec2", Rate: PerSecond, Burst: Burst));
        var (before, started) = (sandbox.Trail.Last, Stopwatch.GetTimestamp());
        var end = TimeSpan.FromSeconds(Long ? 60 : 12);

        var errors = await Task.WhenAll(callers.Select(async caller =>
        {
            var failed = new List<string>();
            do
            {
                if (await AskAsync(tools, caller) is { } error)
                {
                    failed.Add(error);
                }
            }
            while (Stopwatch.GetElapsedTime(started) < end);
            return failed;
        }));

        var asked = sandbox.Trail.Find(new TrailQuery(Member, "ec2", After: before, Limit: TrailLog.Capacity));
        var seconds = (asked[^1].Time - asked[0].Time).TotalSeconds;
        var passed = asked.Count(static call => call.ErrorCode is null);
        var used = passed / (Burst + (PerSecond * seconds));
        output.WriteLine($"{passed} answers and {asked.Count - passed} throttles in {seconds:0.0} s: {used:P1} of the limit");
        errors.ShouldAllBe(static failed => failed.Count == 0);

        // A machine with other things to do loses some of a short time.
        used.ShouldBeGreaterThanOrEqualTo(Long ? 0.85 : 0.5);
    }

    [Fact]
    public async Task A_service_that_throttles_for_ever_is_told_within_the_time_and_the_other_accounts_go_on()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), CancellationToken.None);
        await using var tools = new LiveTools(sandbox.Url, LiveTools.KeysOf(sandbox)) { TimeAllowed = TimeSpan.FromSeconds(3) };
        sandbox.Faults.Add(new Fault(FaultKind.Throttle, Member, Service: "ec2", Rate: 0));
        var shut = Enumerable.Range(0, 20).Select(_ => tools.AskAsync("describe_ec2_instances", FanOut.In(Member, "us-east-1"))).ToList();
        (await tools.AskAsync("describe_ec2_instances", FanOut.In("333333333333", "us-east-1"))).ShouldBeWhole("another account");
        (await tools.AskAsync("describe_rds_instances", FanOut.In(Member, "us-east-1"))).ShouldBeWhole("another service");

        // A quarter of a second before its end a call is told what took so long; a machine that is further behind than that tells only that time is up.
        var stages = (await Task.WhenAll(shut)).Select(static answer => answer.Refusal().Stage).Distinct().ToList();
        stages.ShouldContain("throttled");
        stages.ShouldBeSubsetOf(["throttled", "deadline"]);
    }

    /// <returns>The error's code; null where there is none.</returns>
    private static async Task<string?> AskAsync(LiveTools tools, Caller caller)
    {
        var answer = await tools.AskAsync(caller, "describe_ec2_instances", """{"account_id":"222222222222","limit":5}""", CancellationToken.None);
        return answer.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString()
            : answer.GetProperty("failures").GetArrayLength() > 0 ? answer.GetProperty("failures")[0].GetProperty("code").GetString()
            : null;
    }
}
