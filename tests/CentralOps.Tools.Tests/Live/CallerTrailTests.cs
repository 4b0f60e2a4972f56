using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Access.Callers;
using CentralOps.Access.Rules.Files;
using CentralOps.Accounts.Credentials;
using CentralOps.Ledger;
using CentralOps.Ledger.Reading;
using CentralOps.Ledger.Signing;
using CentralOps.Ledger.Stores;
using CentralOps.Ledger.Writing;
using CentralOps.Sandbox;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Faults;
using CentralOps.Sandbox.Trail;
using CentralOps.ToolPages;

namespace CentralOps.Tools.Tests.Live;

/// <summary>CloudTrail shows who asked, and the ledger names every one of its records: all tools, healthy and broken accounts, several callers at once.</summary>
public sealed class CallerTrailTests : IAsyncLifetime
{
    private const string Directory = "centralops-directory";
    private const string UserAgentMark = "md/request#";

    private static readonly string[] Accounts = ["111111111111", "222222222222", "333333333333", "999999999999"];

    /// <summary>Two of them bear one name, each in the eyes of another provider.</summary>
    private static readonly Caller[] Callers =
    [
        new("ada", CallerKind.Jwt) { Issuer = "https://one.example.com" },
        new("ada", CallerKind.Jwt) { Issuer = "https://two.example.com" },
        new("arn:aws:sts::111111111111:assumed-role/Agents/ada", CallerKind.Iam),
    ];

    private readonly string _directory = System.IO.Directory.CreateTempSubdirectory("centralops-trail-").FullName;
    private readonly LedgerKey _key = LedgerKey.New();
    private SandboxServer _server = null!;
    private LedgerWriter _ledger = null!;

    private LiveTools Tools { get; set; } = null!;

    public async Task InitializeAsync()
    {
        _server = await SandboxServer.StartAsync(new SandboxOptions { Estate = BrokenAccounts.Estate }, CancellationToken.None);
        _ledger = LedgerWriter.ToFiles(new FileStoreOptions(Path.Combine(_directory, "records"), Path.Combine(_directory, "heads")), new LedgerOptions { Time = TimeProvider.System, Key = _key });
        var rules = RulesFile.Parse("rules: [{who: everyone, tools: '*', accounts: all}]", "access.yaml");
        Tools = new LiveTools(_server.Url, LiveTools.KeysOf(_server), rules: rules, ledger: _ledger);
    }

    public async Task DisposeAsync()
    {
        await Tools.DisposeAsync();
        await _ledger.DisposeAsync();
        await _server.DisposeAsync();
        _key.Dispose();
        System.IO.Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Every_call_bears_its_callers_name_and_every_id_in_the_trail_is_in_that_calls_record_and_none_more()
    {
        var asked = Questions().ToList();
        await Parallel.ForEachAsync(asked, new ParallelOptions { MaxDegreeOfParallelism = 12 }, async (one, cancellationToken) =>
            await Tools.AskAsync(one.Caller, one.Tool, one.Arguments, cancellationToken, one.Id));

        var (events, calls) = await ReadAsync();
        calls.Count.ShouldBe(asked.Count);
        foreach (var one in asked)
        {
            var name = SessionIdentity.Of(one.Caller);
            var shown = events.Where(call => RequestOf(call) == one.Id).ToList();
            shown.ShouldAllBe(call => call.SourceIdentity == name && call.CallerArn!.EndsWith("/" + name, StringComparison.Ordinal), one.ToString());
            var told = calls[one.Id];
            (told.SessionName, told.Tool).ShouldBe((name, one.Tool));
            OperationIds(told).ShouldBe(shown.Select(static call => call.RequestId), ignoreOrder: true, one.ToString());
        }

        AssertNothingElse(events, [.. calls.Values]);
        Callers.Select(SessionIdentity.Of).Append(Directory).ShouldBe(events.Select(static call => call.SourceIdentity).OfType<string>().Distinct(), ignoreOrder: true);
    }

    [Fact]
    public async Task Under_throttles_denials_ended_sessions_and_callers_who_go_away_every_answered_request_is_in_its_record()
    {
        _server.Faults.Add(new Fault(FaultKind.Throttle, "222222222222", Service: "ec2", Rate: 3, Burst: 1));
        _server.Faults.Add(new Fault(FaultKind.Throttle, "333333333333", Service: "rds", Rate: 0));
        _server.Faults.Add(new Fault(FaultKind.Expired, "222222222222", Service: "lambda", Times: 3));
        _server.Faults.Add(new Fault(FaultKind.Deny, "333333333333", Service: "ecs"));
        _server.Faults.Add(new Fault(FaultKind.Latency, "*", Service: "eks", LatencyMs: 5, LatencyUpToMs: 60));
        var (asked, gone) = (Questions().Where(static one => one.Account is "222222222222" or "333333333333").ToList(), new HashSet<string>());
        await Parallel.ForEachAsync(asked, new ParallelOptions { MaxDegreeOfParallelism = 12 }, async (one, _) =>
        {
            using var away = new CancellationTokenSource();
            if (one.Id.GetHashCode(StringComparison.Ordinal) % 5 == 0)
            {
                away.CancelAfter(TimeSpan.FromMilliseconds(Math.Abs(one.Id.GetHashCode(StringComparison.Ordinal)) % 40));
            }

            try
            {
                await Tools.AskAsync(one.Caller, one.Tool, one.Arguments, away.Token, one.Id);
            }
            catch (OperationCanceledException)
            {
                lock (gone)
                {
                    gone.Add(one.Id);
                }
            }
        });

        var (events, calls) = await ReadAsync();
        events.ShouldContain(static call => call.ErrorCode == "RequestLimitExceeded");
        foreach (var one in asked.Where(one => calls.ContainsKey(one.Id)))
        {
            var shown = events.Where(call => RequestOf(call) == one.Id).Select(static call => call.RequestId).ToList();
            var told = OperationIds(calls[one.Id]).ToList();
            told.ShouldBeSubsetOf(shown, one.ToString());
            if (!gone.Contains(one.Id))
            {
                told.ShouldBe(shown, ignoreOrder: true, one.ToString());
            }
        }

        // Whoever went away before his record was there asked AWS nothing.
        events.Select(RequestOf).OfType<string>().Distinct().ShouldAllBe(id => calls.ContainsKey(id));
        calls.Values.ShouldAllBe(call => (call.Outcome == "cancelled") == gone.Contains(call.RequestId!));
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_written_keeps_every_call_from_AWS()
    {
        File.WriteAllText(Path.Combine(_directory, "taken"), "");
        await using var shut = LedgerWriter.ToFiles(new FileStoreOptions(Path.Combine(_directory, "r"), Path.Combine(_directory, "taken", "heads")), new LedgerOptions { Time = TimeProvider.System, Key = _key });
        await using var tools = new LiveTools(_server.Url, LiveTools.KeysOf(_server), ledger: shut);
        foreach (var tool in ToolCatalog.Declarations)
        {
            var refusal = (await tools.AskAsync(tool.Name, tool.Example, CancellationToken.None)).Refusal();
            (refusal.Stage, refusal.Code).ShouldBe(("ledger", "LedgerUnavailable"), tool.Name);
        }

        _server.Trail.Last.ShouldBe(0);
    }

    /// <summary>Every tool in every account by every caller.</summary>
    private static IEnumerable<Question> Questions() =>
        from tool in ToolCatalog.Declarations.Where(static tool => tool.Subject is not "fleet")
        from account in Accounts.Concat(BrokenAccounts.All)
        from caller in Callers
        select new Question($"{tool.Name}.{account}.{Array.IndexOf(Callers, caller)}", caller, tool.Name, account, ArgumentsOf(tool, account));

    private static string ArgumentsOf(ToolDeclaration tool, string account)
    {
        var arguments = JsonNode.Parse(tool.Example)!.AsObject();
        if (tool.Name != "list_accounts")
        {
            arguments["account_id"] = account;
            return arguments.ToJsonString();
        }

        arguments["check_access"] = true;
        return arguments.ToJsonString();
    }

    /// <summary>Beside what callers' calls did there is the directory's reading under its own name, and AssumeRole, which is the knocking role's.</summary>
    private static void AssertNothingElse(IReadOnlyList<TrailEvent> events, IReadOnlyList<LedgerCall> calls)
    {
        var others = events.Where(static call => RequestOf(call) is null).ToList();
        others.Where(static call => call.Operation != "AssumeRole").ShouldAllBe(static call => call.SourceIdentity == Directory && call.Service == "organizations");

        var assumed = others.Where(static call => call.Operation == "AssumeRole").ToDictionary(static call => call.RequestId, StringComparer.Ordinal);
        var told = calls.SelectMany(static call => call.Accounts).SelectMany(static account => Ids(account, "session_request_ids")).ToHashSet(StringComparer.Ordinal);
        told.ShouldBeSubsetOf(assumed.Keys);

        // What is in no record is the directory's own: with and without tags.
        var untold = assumed.Where(one => !told.Contains(one.Key)).Select(static one => one.Value).ToList();
        untold.Count.ShouldBeLessThanOrEqualTo(2);
        untold.ShouldAllBe(static call => call.Resource == "arn:aws:iam::111111111111:role/CentralOpsTargetRole");
    }

    private async Task<(IReadOnlyList<TrailEvent> Events, Dictionary<string, LedgerCall> Calls)> ReadAsync()
    {
        await _ledger.DisposeAsync();
        _server.Trail.Last.ShouldBeLessThanOrEqualTo(TrailLog.Capacity);
        var records = Path.Combine(_directory, "records");
        (await new LedgerVerifier(records, Path.Combine(_directory, "heads"), _key).VerifyAsync(CancellationToken.None)).Findings.ShouldBeEmpty();
        var calls = await LedgerSearch.FindAsync(records, new LedgerQuery(), 100_000, CancellationToken.None);
        return (_server.Trail.Find(new TrailQuery(Limit: TrailLog.Capacity)), calls.ToDictionary(static call => call.RequestId!, StringComparer.Ordinal));
    }

    private static string? RequestOf(TrailEvent call) =>
        call.UserAgent?.Split(' ').FirstOrDefault(static part => part.StartsWith(UserAgentMark, StringComparison.Ordinal))?[UserAgentMark.Length..];

    private static IEnumerable<string> OperationIds(LedgerCall call) =>
        call.Accounts.SelectMany(static account => account.GetProperty("operations").EnumerateArray()).SelectMany(static operation => Ids(operation, "request_ids"));

    private static IEnumerable<string> Ids(JsonElement json, string name) => json.GetProperty(name).EnumerateArray().Select(static id => id.GetString()!);

    private sealed record Question(string Id, Caller Caller, string Tool, string Account, string Arguments);
}
