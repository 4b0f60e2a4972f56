using System.Text;
using CentralOps.Access.Rules.Files;
using CentralOps.Accounts.Tests.Stubs;
using CentralOps.Ledger;
using CentralOps.Ledger.Records;

namespace CentralOps.Tools.Tests.Recording;

/// <summary>Calls of tools on record: begun before AWS is asked, ended whatever happens.</summary>
public sealed class RecordingTests
{
    private const string Tool = "describe_ec2_instances";
    private const string Arguments = """{"account_id": "222222222222", "region": "eu-west-1", "instance_ids": ["i-0123456789abcdef0"]}""";

    private readonly Notes _notes = new();

    [Fact]
    public async Task A_call_is_begun_before_AWS_is_asked_and_ended_with_what_was_asked_there()
    {
        var aws = new StubAws(call => StubAccounts.Way(call) ?? """{"Reservations":[]}""");
        _notes.Beginning = () => aws.Calls.ShouldBeEmpty();
        await new ToolRunner(aws) { Ledger = _notes }.RunAsync(Tool, Arguments);

        var begin = _notes.Begins.ShouldHaveSingleItem();
        (begin.Caller.Principal, begin.Caller.Kind, begin.Caller.SessionName, begin.Tool, begin.RequestId, begin.TraceId).ShouldBe(("local", "anonymous", "local", Tool, "request-1", "trace-1"));
        begin.Arguments.Where(static argument => argument.IsPlain).Select(static argument => $"{argument.Name}={Encoding.UTF8.GetString(argument.Json.Span)}").ShouldBe(["account_id=\"222222222222\"", "region=\"eu-west-1\""]);
        begin.Arguments.Where(static argument => !argument.IsPlain).Select(static argument => argument.Name).ShouldContain("instance_ids");

        var end = _notes.Ends.ShouldHaveSingleItem();
        (end.Outcome, end.Stage, end.Code).ShouldBe((CallOutcomeKind.Answered, null, null));
        end.AnswerBytes.ShouldBeGreaterThan(0);
        var use = end.Accounts.ShouldHaveSingleItem();
        (use.AccountId, use.Region).ShouldBe(("222222222222", "eu-west-1"));
        use.SessionRequestIds.ShouldBe(["request-1"]);
        var operation = use.Operations.ShouldHaveSingleItem();
        (operation.Operation, operation.Calls, operation.Attempts).ShouldBe(("ec2:DescribeInstances", 1, 1));
        operation.RequestIds.ShouldBe(["request-1"]);
    }

    [Fact]
    public async Task A_refused_call_is_on_record_with_stage_code_and_account()
    {
        await new ToolRunner(new StubAws(call => StubAccounts.Way(call) ?? StubAnswer.Failed("UnauthorizedOperation"))) { Ledger = _notes }.RunAsync(Tool, Arguments);
        var end = _notes.Ends.ShouldHaveSingleItem();
        (end.Outcome, end.Stage, end.Code).ShouldBe((CallOutcomeKind.Refused, "service", "UnauthorizedOperation"));
        var use = end.Accounts.ShouldHaveSingleItem();
        (use.Stage, use.Code).ShouldBe(("service", "UnauthorizedOperation"));
    }

    [Fact]
    public async Task A_call_that_cannot_be_recorded_is_not_made()
    {
        var aws = new StubAws(call => StubAccounts.Way(call) ?? """{"Reservations":[]}""");
        _notes.Beginning = static () => throw new LedgerUnavailableException("No space left on device");
        var error = (await new ToolRunner(aws) { Ledger = _notes }.RunAsync(Tool, Arguments)).GetProperty("error");
        (error.GetProperty("stage").GetString(), error.GetProperty("code").GetString()).ShouldBe(("ledger", "LedgerUnavailable"));
        error.GetProperty("message").GetString()!.ShouldContain("No space left on device");
        aws.Calls.ShouldBeEmpty();
        _notes.Ends.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_fault_and_a_cancelled_call_end_too()
    {
        await Should.ThrowAsync<InvalidTimeZoneException>(new ToolRunner(new StubAws(call => StubAccounts.Way(call) ?? throw new InvalidTimeZoneException())) { Ledger = _notes }.RunAsync(Tool, Arguments));
        using var given = new CancellationTokenSource();
        var aws = new StubAws(async (call, cancellationToken) =>
        {
            if (StubAccounts.Way(call) is { } way)
            {
                return way;
            }

            await given.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            return "{}";
        });
        await Should.ThrowAsync<OperationCanceledException>(new ToolRunner(aws) { Ledger = _notes, Cancelled = given.Token }.RunAsync(Tool, Arguments));
        _notes.Ends.Select(static end => (end.Outcome, end.Code)).ShouldBe([(CallOutcomeKind.Failed, "InvalidTimeZoneException"), (CallOutcomeKind.Cancelled, _notes.Ends[1].Code)]);
    }

    [Fact]
    public async Task Bad_arguments_are_no_call()
    {
        await new ToolRunner(new StubAws(static _ => "{}")) { Ledger = _notes }.RunAsync(Tool, """{"account_id": 7}""");
        _notes.Begins.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tool_that_the_rules_do_not_let_the_caller_use_is_not_there_and_asks_nobody()
    {
        var aws = new StubAws(static _ => "{}");
        var rules = RulesFile.Parse("rules: [{who: local, tools: list_accounts, accounts: all}]", "access.yaml");
        var error = (await new ToolRunner(aws) { Ledger = _notes, Rules = rules }.RunAsync(Tool, Arguments)).GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("UnknownTool");
        aws.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Accounts_are_listed_and_counted_as_far_as_the_rules_let_the_caller_see_them()
    {
        var rules = RulesFile.Parse("rules: [{who: local, tools: '*', accounts: '222222222222, 333333333333'}]", "access.yaml");
        var aws = new StubAws(static call => call.Operation switch
        {
            "organizations:ListAccounts" => """{"Accounts":[{"Id":"111111111111","Name":"Central","Status":"ACTIVE"},{"Id":"222222222222","Name":"Production","Status":"ACTIVE"}]}""",
            "organizations:ListRoots" => """{"Roots":[]}""",
            _ => StubAccounts.Way(call)!,
        });
        var answer = await new ToolRunner(aws) { Rules = rules }.RunAsync("list_accounts", "{}");
        answer.GetProperty("account_count").GetInt32().ShouldBe(1);
        answer.GetRawText().ShouldNotContain("Central");
        var refused = (await new ToolRunner(aws) { Rules = rules }.RunAsync(Tool, """{"account_id": "Centrall"}""")).GetProperty("error").GetProperty("message").GetString()!;
        refused.ShouldBe("No account that you may see is meant by 'Centrall'.");
    }

    private sealed class Notes : ILedger
    {
        public List<CallBegin> Begins { get; } = [];

        public List<CallEnd> Ends { get; } = [];

        public Action Beginning { get; set; } = static () => { };

        public bool IsRecording => true;

        public Task<LedgerEntry> BeginAsync(CallBegin begin, CancellationToken cancellationToken)
        {
            Beginning();
            Begins.Add(begin);
            return Task.FromResult(new LedgerEntry("call"));
        }

        public Task EndAsync(LedgerEntry entry, CallEnd end, CancellationToken cancellationToken)
        {
            Ends.Add(end);
            return Task.CompletedTask;
        }
    }
}
