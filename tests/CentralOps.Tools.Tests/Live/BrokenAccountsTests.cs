using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts.Credentials;
using CentralOps.Sandbox;
using CentralOps.Sandbox.Estates;
using CentralOps.ToolPages;

namespace CentralOps.Tools.Tests.Live;

/// <summary>Six accounts that cannot be worked in: each says so in its own way, with its own remedy, and the others do not suffer.</summary>
public sealed class BrokenAccountsTests : IAsyncLifetime
{
    private const string Home = "us-east-1";

    private static readonly string[] Healthy = ["111111111111", "222222222222", "333333333333", "444444444444", "555555555555", "999999999999"];

    private SandboxServer _server = null!;

    private LiveTools Tools { get; set; } = null!;

    public async Task InitializeAsync()
    {
        _server = await SandboxServer.StartAsync(new SandboxOptions { Estate = BrokenAccounts.Estate }, CancellationToken.None);
        Tools = new LiveTools(_server.Url, LiveTools.KeysOf(_server));
    }

    public async Task DisposeAsync()
    {
        await Tools.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("a role that was never rolled out", BrokenAccounts.WithoutRole, Home, "assume_role", "aws iam create-role --role-name CentralOpsTargetRole")]
    [InlineData("a suspended account", BrokenAccounts.Suspended, Home, "account_suspended", "Leave the account out")]
    [InlineData("a region that is not enabled", BrokenAccounts.WithoutRegion, BrokenAccounts.DisabledRegion, "region_disabled", "aws account enable-region --account-id 888888888888 --region-name ap-southeast-3")]
    [InlineData("a service control policy", BrokenAccounts.UnderServiceControl, Home, "scp", "aws organizations list-policies-for-target --target-id 121212121212 --filter SERVICE_CONTROL_POLICY")]
    [InlineData("a trust that admits no names and tags", BrokenAccounts.WithPlainTrust, Home, "assume_role", "CENTRALOPS_IDENTITY=best_effort")]
    public async Task Every_tool_tells_the_same_stage_and_remedy_of(string what, string account, string region, string stage, string remedy)
    {
        foreach (var tool in ToolCatalog.Declarations.Where(static tool => tool.Subject is not ("accounts" or "fleet")))
        {
            var arguments = JsonNode.Parse(tool.Example)!.AsObject();
            arguments["account_id"] = account;
            arguments["region"] = region;
            if (stage is "scp" or "region_disabled" && tool.Subject == "s3")
            {
                // Buckets are listed without a region, and asked for where they are.
                continue;
            }

            var refusal = (await Tools.AskAsync(tool.Name, arguments)).Refusal();
            refusal.Stage.ShouldBe(stage, $"{what}: {tool.Name} {refusal}");
            refusal.Remedy.ShouldContain(remedy, customMessage: $"{what}: {tool.Name}");
        }
    }

    [Fact]
    public async Task A_role_that_may_not_read_databases_says_which_action_it_lacks_and_reads_all_else()
    {
        foreach (var (tool, list) in FanOut.Regional)
        {
            var answer = await Tools.AskAsync(tool, FanOut.In(BrokenAccounts.WithoutPermission, Home));
            if (tool != "describe_rds_instances")
            {
                answer.ShouldBeWhole(tool);
                continue;
            }

            var refusal = answer.Refusal();
            (refusal.Stage, refusal.Code).ShouldBe(("service", "AccessDenied"));
            refusal.Remedy.ShouldContain("aws iam put-role-policy --role-name CentralOpsTargetRole");
            refusal.Remedy.ShouldContain("rds:DescribeDBInstances");
            list.ShouldBe("db_instances");
        }
    }

    [Fact]
    public async Task Where_one_region_is_shut_the_others_are_open()
    {
        (await Tools.AskAsync("describe_ec2_instances", FanOut.In(BrokenAccounts.UnderServiceControl, BrokenAccounts.AllowedRegion))).ShouldBeWhole("under the policy");
        (await Tools.AskAsync("describe_ec2_instances", FanOut.In(BrokenAccounts.WithoutRegion, Home))).ShouldBeWhole("without the region");
        (await Tools.AskAsync("describe_ec2_instances", FanOut.In("222222222222", BrokenAccounts.DisabledRegion))).ShouldBeWhole("with the region");
    }

    [Fact]
    public async Task A_plain_trust_is_entered_on_request_and_the_answer_says_what_is_missing()
    {
        await using var lenient = new LiveTools(_server.Url, LiveTools.KeysOf(_server), identity: IdentityMode.BestEffort);
        var answer = await lenient.AskAsync("describe_ec2_instances", FanOut.In(BrokenAccounts.WithPlainTrust, Home));
        answer.ShouldBeWhole("best_effort");
        answer.GetProperty("instance_count").GetInt32().ShouldBe(3);
        answer.GetProperty("not_in_cloudtrail").EnumerateArray().Select(static part => part.GetString()).ShouldBe(["source_identity", "session_tags"]);
    }

    [Fact]
    public async Task All_accounts_asked_at_once_the_healthy_answer_as_if_none_were_broken()
    {
        await using var sound = await LiveTools.OnSandboxAsync(CancellationToken.None);
        var questions = Healthy.SelectMany(static account => FanOut.Regional.Select(one => new Question(one.Tool, account, Home))).ToList();
        var alone = await sound.AskAllAsync(questions);
        var together = await Tools.AskAllAsync(questions.Concat(BrokenAccounts.All.SelectMany(static account =>
            FanOut.Regional.Select(one => new Question(one.Tool, account, account == BrokenAccounts.WithoutRegion ? BrokenAccounts.DisabledRegion : Home)))));
        foreach (var question in questions)
        {
            alone[question].ShouldBeWhole(question.ToString());
            together[question].ToString().ShouldBe(alone[question].ToString(), question.ToString());
        }

        var stages = together.Where(static one => one.Value.TryGetProperty("error", out _)).Select(static one => one.Value.Refusal().Stage).Distinct().Order(StringComparer.Ordinal);
        stages.ShouldBe(["account_suspended", "assume_role", "region_disabled", "scp", "service"]);
    }

    [Fact]
    public async Task The_list_of_accounts_tells_who_is_reachable_and_why_not()
    {
        var accounts = (await Tools.AskAsync("list_accounts", new JsonObject { ["check_access"] = true })).GetProperty("accounts").EnumerateArray().ToDictionary(
            static account => account.GetProperty("Id").GetString()!, static account => account.GetProperty("Access"));
        accounts.Where(static one => !one.Value.GetProperty("reachable").GetBoolean()).Select(static one => one.Key).Order(StringComparer.Ordinal)
            .ShouldBe(["100000000000", BrokenAccounts.WithoutRole, BrokenAccounts.Suspended, BrokenAccounts.WithPlainTrust]);
        accounts[BrokenAccounts.Suspended].GetProperty("stage").GetString().ShouldBe("account_suspended");
        accounts[BrokenAccounts.WithoutRole].GetProperty("stage").GetString().ShouldBe("assume_role");
        accounts["222222222222"].GetProperty("stage").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task What_the_organization_knows_of_a_broken_account_is_told_beside_what_failed()
    {
        foreach (var (account, stage) in new[] { (BrokenAccounts.WithoutRole, "assume_role"), (BrokenAccounts.Suspended, "account_suspended"), (BrokenAccounts.WithPlainTrust, "assume_role") })
        {
            var answer = await Tools.AskAsync("get_account_metadata", new JsonObject { ["account_id"] = account });
            answer.GetProperty("account").GetProperty("Name").GetString().ShouldNotBeNullOrEmpty();
            answer.GetProperty("failures").EnumerateArray().Select(static failure => failure.GetProperty("stage").GetString()).Distinct().ShouldBe([stage], account);
        }
    }
}
