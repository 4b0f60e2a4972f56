using System.Buffers;
using System.Text.Json.Nodes;
using CentralOps.Access.Callers;
using CentralOps.Accounts;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.ReadOnly;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;
using CentralOps.Sandbox.Trail;
using CentralOps.ToolPages;

namespace CentralOps.Tools.Tests.Live;

/// <summary>The session policy is what confines: with an action less, AWS refuses exactly what needs it, and with none more, nothing else passes.</summary>
public sealed class ConfinementTests(SandboxAccounts sandbox) : IClassFixture<SandboxAccounts>
{
    private string? _bucket;

    public static TheoryData<string> Names => [.. ToolCatalog.Tools.Select(static tool => tool.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Without_one_of_its_actions_exactly_the_operation_that_needs_it_is_refused(string tool)
    {
        var declaration = ToolCatalog.Declarations.Single(one => one.Name == tool);
        var (whole, _) = await RunAsync(declaration, without: null);
        whole.Where(static call => call.ErrorCode is "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation").ShouldBeEmpty();
        var asked = whole.Select(Name).ToHashSet(StringComparer.Ordinal);
        foreach (var row in declaration.Operations.Select(Row).Where(row => asked.Contains(row.Operation)))
        {
            var (calls, answer) = await RunAsync(declaration, row.Actions[0]);
            var denied = calls.Where(static call => call.ErrorMessage?.Contains("session policy", StringComparison.Ordinal) == true).Select(Name).Distinct().ToList();
            var needs = declaration.Operations.Select(Row).Where(other => other.Actions.Contains(row.Actions[0])).Select(static other => other.Operation);
            denied.ShouldNotBeEmpty($"{tool} without {row.Actions[0]}: {answer}");
            denied.ShouldBeSubsetOf(needs, $"{tool} without {row.Actions[0]}");
            answer.ShouldContain("session policy", customMessage: $"{tool} without {row.Actions[0]}");
        }

        // Every operation beyond the directory's is asked for by the example, or over all regions, so that none is declared for nothing.
        declaration.Operations.Where(operation => !operation.StartsWith("organizations:", StringComparison.Ordinal)).Except(asked)
            .ShouldBe(declaration.Subject is not "fleet" && declaration.Operations.Contains(AccountTool.RegionsOperation) ? [AccountTool.RegionsOperation] : [], tool);
    }

    [Fact]
    public async Task Which_regions_there_are_is_asked_for_all_of_them_only()
    {
        foreach (var tool in ToolCatalog.Declarations.Where(static tool => tool.Subject is not "fleet" && tool.Operations.Contains(AccountTool.RegionsOperation)))
        {
            var before = sandbox.Tools.Sandbox.Trail.Last;
            await using var tools = sandbox.Tools.Anew(whole => new NarrowedSessions(whole, AccountTool.RegionsOperation));
            var arguments = await ArgumentsAsync(tool);
            arguments["region"] = "us-east-1,eu-west-1";
            (await tools.AskAsync(tool.Name, arguments)).GetProperty("summary").GetProperty("regions").GetInt32().ShouldBe(2, tool.Name);
            sandbox.Tools.Sandbox.Trail.Find(new TrailQuery(After: before, Operation: "DescribeRegions", Limit: 10)).ShouldBeEmpty(tool.Name);

            arguments["region"] = "all";
            var failure = (await tools.AskAsync(tool.Name, arguments)).GetProperty("failures").EnumerateArray().ShouldHaveSingleItem();
            failure.GetProperty("region").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
            failure.GetProperty("stage").GetString().ShouldBe("session_policy", tool.Name);
        }
    }

    [Fact]
    public void The_largest_session_policy_stays_far_below_what_AWS_takes()
    {
        var largest = ToolCatalog.Declarations
            .Select(static tool => (Length: SessionPolicy.TryMake(tool.Name, tool.Operations, out var policy, out _) ? policy.Document.Length : int.MaxValue, tool.Name))
            .Max();
        largest.Length.ShouldBeLessThan(SessionPolicy.MaxCharacters, largest.Name);
    }

    [Fact]
    public void A_tool_that_declares_a_write_is_stopped_by_the_class()
    {
        SessionPolicy.TryMake("t", ["ec2:DescribeInstances", "lambda:Invoke"], out _, out var refusal).ShouldBeFalse();
        refusal.ShouldBeOfType<Refusal.OperationNotPermitted>().Operation.ShouldBe("lambda:Invoke");
    }

    [Fact]
    public async Task And_where_law_and_class_are_forced_by_the_session_policy()
    {
        SessionPolicy.TryMake("list_lambda_functions", ["lambda:ListFunctions"], out var policy, out _).ShouldBeTrue();
        AccountId.TryParse("222222222222", out var account).ShouldBeTrue();
        await using var tools = sandbox.Tools.Anew();
        var grant = await tools.Assumption.MakeAsync(new SessionKey(account, "aws", "CentralOpsTargetRole", policy.Document, new Caller("jane", CallerKind.LocalToken), "list_lambda_functions"), CancellationToken.None);
        grant.Session.ShouldNotBeNull(grant.Refusal?.ToString());
        foreach (var (service, operation, input) in new[] { ("lambda", "Invoke", """{"FunctionName":"x"}"""), ("ec2", "DescribeVpcs", "{}") })
        {
            var call = new AwsCall(ModelLibrary.Operation(service, operation), new AwsInput(System.Text.Encoding.UTF8.GetBytes(input)), "us-east-1", grant.Session.Credentials);
            var answer = await tools.Client.CallAsync(call, new Transcription(new ArrayBufferWriter<byte>()), CancellationToken.None);
            answer.Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.Access);
            answer.Failure.Message.ShouldContain("with an explicit deny in a session policy");
        }
    }

    private async Task<(IReadOnlyList<TrailEvent> Calls, string Answer)> RunAsync(ToolDeclaration tool, string? without)
    {
        var questions = await QuestionsAsync(tool);
        var before = sandbox.Tools.Sandbox.Trail.Last;
        await using var tools = sandbox.Tools.Anew(whole => new NarrowedSessions(whole, without));
        var answers = new List<string>();
        foreach (var question in questions)
        {
            answers.Add((await tools.AskAsync(tool.Name, question)).ToString());
        }

        return (sandbox.Tools.Sandbox.Trail.Find(new TrailQuery(After: before, Limit: 10_000)), string.Join('\n', answers));
    }

    /// <summary>The example; and of what is looked for, one of each kind, because each asks other operations.</summary>
    private async Task<IReadOnlyList<JsonObject>> QuestionsAsync(ToolDeclaration tool)
    {
        string[] kinds = tool.Name is not "find_resource" ? [] :
        [
            "vpc-0123456789abcdef0", "sg-0123456789abcdef0", "subnet-0123456789abcdef0", "no-such-name", "arn:aws:ecs:us-east-1:222222222222:service/prod/none",
            "0A.gr7.us-east-1.eks.amazonaws.com", "arn:aws:ecs:us-east-1:222222222222:cluster/none",
        ];
        return [await ArgumentsAsync(tool), .. kinds.Select(static what => new JsonObject { ["what"] = what, ["accounts"] = "222222222222" })];
    }

    /// <summary>The example, about a bucket that there is.</summary>
    private async Task<JsonObject> ArgumentsAsync(ToolDeclaration tool)
    {
        var arguments = JsonNode.Parse(tool.Example)!.AsObject();
        if (arguments.ContainsKey("bucket"))
        {
            _bucket ??= (await sandbox.Tools.FollowAsync("list_s3_buckets", new JsonObject { ["account_id"] = arguments["account_id"]!.DeepClone() }, "buckets", 100))[0].GetProperty("Name").GetString();
            arguments["bucket"] = _bucket;
        }

        return arguments;
    }

    private static OperationRow Row(string operation) => OperationTable.TryFind(operation, out var row) ? row : throw new ArgumentException(operation, nameof(operation));

    private static string Name(TrailEvent call) => $"{call.Service}:{call.Operation}";

    /// <summary>Takes an action out of every session policy, from both of its statements.</summary>
    private sealed class NarrowedSessions(ISessionMaker whole, string? action) : ISessionMaker
    {
        public Task<SessionGrant> MakeAsync(SessionKey key, CancellationToken cancellationToken)
        {
            if (action is null)
            {
                return whole.MakeAsync(key, cancellationToken);
            }

            var policy = JsonNode.Parse(key.Policy)!;
            foreach (var (statement, member) in new[] { (0, "Action"), (1, "NotAction") })
            {
                var list = policy["Statement"]![statement]![member]!.AsArray();
                list.Where(entry => entry!.GetValue<string>() == action).ToList().ForEach(entry => list.Remove(entry));

                // A statement without actions is none; this one names something harmless.
                if (list.Count == 0)
                {
                    list.Add((JsonNode)"sts:GetCallerIdentity");
                }
            }

            return whole.MakeAsync(key with { Policy = policy.ToJsonString() }, cancellationToken);
        }
    }
}
