using System.Diagnostics;
using System.Text.Json;
using CentralOps.Sandbox;
using CentralOps.Sandbox.Faults;
using CentralOps.ToolPages;

namespace CentralOps.Tools.Tests.Live;

/// <summary>Every kind of fault at once, an account each: each comes out at its own stage, and the same accounts' other regions are whole.</summary>
public sealed class FaultAnswerTests(AccountsWithFaults faults) : IClassFixture<AccountsWithFaults>
{
    [Theory]
    [InlineData("222222222222", "throttled", "with fewer calls at once")]
    [InlineData("333333333333", "service", "aws iam put-role-policy --role-name CentralOpsTargetRole")]
    [InlineData("444444444444", "deadline", "raise the function's timeout")]
    [InlineData("555555555555", "network", "Check that region us-east-1 exists")]
    [InlineData("666666666666", "network", "Check that region us-east-1 exists")]
    [InlineData("777777777777", "network", "Check that region us-east-1 exists")]
    [InlineData("999999999999", "network", "Check that region us-east-1 exists")]
    [InlineData("888888888888", "expired", "Check the clock of the machine")]
    [InlineData("121212121212", "session_policy", "lacks an IAM action")]
    public void A_fault_is_told_at_its_stage_by_every_tool(string account, string stage, string remedy)
    {
        foreach (var (tool, _) in FanOut.Regional)
        {
            var refusal = faults.Answers[new Question(tool, account, AccountsWithFaults.RegionOf(account))].Refusal();
            refusal.Stage.ShouldBe(stage, $"{tool} in {account}: {refusal}");
            refusal.Remedy.ShouldContain(remedy, customMessage: $"{tool} in {account}");
            refusal.Code.ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public void The_same_accounts_where_no_fault_stands_and_all_others_answer_as_before()
    {
        faults.Before.Count.ShouldBeGreaterThan(50);
        foreach (var (question, before) in faults.Before)
        {
            before.ShouldBeWhole(question.ToString());
            faults.Answers[question].ToString().ShouldBe(before.ToString(), question.ToString());
        }
    }

    [Fact]
    public void Nothing_hangs() => faults.Took.ShouldBeLessThan(TimeSpan.FromSeconds(20));
}

/// <summary>The default organization with a fault of another kind in each of nine accounts, asked everything at once.</summary>
public sealed class AccountsWithFaults : IAsyncLifetime
{
    private const string Struck = "us-east-1";
    private const string Spared = "us-west-2";

    private static readonly (string Account, FaultKind Kind, string Policy)[] Faults =
    [
        ("222222222222", FaultKind.Throttle, "identity"),
        ("333333333333", FaultKind.Deny, "identity"),
        ("444444444444", FaultKind.Latency, "identity"),
        ("555555555555", FaultKind.Drop, "identity"),
        ("666666666666", FaultKind.DropAfterHead, "identity"),
        ("777777777777", FaultKind.Malformed, "identity"),
        ("999999999999", FaultKind.Truncated, "identity"),
        ("888888888888", FaultKind.Expired, "identity"),
        ("121212121212", FaultKind.Deny, "session"),
    ];

    internal IReadOnlyDictionary<Question, JsonElement> Answers { get; private set; } = null!;

    internal IReadOnlyDictionary<Question, JsonElement> Before { get; private set; } = null!;

    public TimeSpan Took { get; private set; }

    /// <summary>Payments may be asked in Ireland only.</summary>
    internal static string RegionOf(string account) => account == "121212121212" ? "eu-west-1" : Struck;

    public async Task InitializeAsync()
    {
        await using var server = await SandboxServer.StartAsync(new SandboxOptions(), CancellationToken.None);
        await using var tools = new LiveTools(server.Url, LiveTools.KeysOf(server)) { TimeAllowed = TimeSpan.FromSeconds(10) };
        var spared = Ask(["111111111111"], static _ => Struck)
            .Concat(Ask(Faults.Where(static fault => fault.Account != "121212121212").Select(static fault => fault.Account), static _ => Spared)).ToList();
        Before = await tools.AskAllAsync(spared);
        foreach (var (account, kind, policy) in Faults)
        {
            server.Faults.Add(new Fault(kind, account, RegionOf(account), LatencyMs: kind == FaultKind.Latency ? 600_000 : 0, Policy: policy));
        }

        var started = Stopwatch.GetTimestamp();
        Answers = await tools.AskAllAsync([.. spared, .. Ask(Faults.Select(static fault => fault.Account), RegionOf)]);
        Took = Stopwatch.GetElapsedTime(started);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static IEnumerable<Question> Ask(IEnumerable<string> accounts, Func<string, string> region) =>
        accounts.SelectMany(account => FanOut.Regional.Select(one => new Question(one.Tool, account, region(account))));
}
