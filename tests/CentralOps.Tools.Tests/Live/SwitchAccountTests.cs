using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Access.Rules.Files;
using CentralOps.Access.Sealing;
using CentralOps.Sandbox;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Trail;
using CentralOps.ToolPages;

namespace CentralOps.Tools.Tests.Live;

/// <summary>Handles, over the default estate.</summary>
public sealed class SwitchAccountTests : IAsyncLifetime
{
    private const string Account = "222222222222";

    private SandboxServer _server = null!;

    private LiveTools Tools { get; set; } = null!;

    public async Task InitializeAsync()
    {
        _server = await SandboxServer.StartAsync(new SandboxOptions { Estate = BrokenAccounts.Estate }, CancellationToken.None);
        Tools = Anew("[{who: local, tools: '*', accounts: '222222222222, 131313131313, 141414141414'}, {who: local, tools: [switch_account, list_s3_buckets], accounts: '333333333333'}]");
    }

    public async Task DisposeAsync()
    {
        await Tools.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_handle_is_taken_by_every_account_tool_as_the_id_is()
    {
        var handle = await HandleAsync(Account);
        foreach (var (tool, list) in FanOut.Regional)
        {
            var byHandle = await Tools.AskAsync(tool, new JsonObject { ["account_id"] = handle });
            byHandle.GetRawText().ShouldBe((await Tools.AskAsync(tool, new JsonObject { ["account_id"] = Account })).GetRawText(), tool);
            byHandle.GetProperty(list).GetArrayLength().ShouldBeGreaterThan(0);
        }

        (await Tools.AskAsync("get_account_metadata", new JsonObject { ["account_id"] = handle })).GetProperty("account").Text("Name").ShouldBe("Production");
        (await Tools.AskAsync("describe_ec2_instances", new JsonObject { ["account_id"] = handle, ["region"] = "us-east-1,eu-west-1" })).GetProperty("summary").GetProperty("accounts").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Where_no_region_is_given_the_handles_is_asked()
    {
        var handle = await HandleAsync(Account, "eu-west-1");
        (await Tools.AskAsync("describe_ec2_instances", new JsonObject { ["account_id"] = handle })).Text("region").ShouldBe("eu-west-1");
        (await Tools.AskAsync("describe_ec2_instances", new JsonObject { ["account_id"] = handle, ["region"] = "us-east-1" })).Text("region").ShouldBe("us-east-1");
    }

    [Fact]
    public async Task The_answer_tells_the_account_and_when_the_handle_ends()
    {
        var answer = await Tools.AskAsync("switch_account", new JsonObject { ["account_id"] = "Production" });
        (answer.Text("account_id"), answer.Text("account_name"), answer.Text("region"), answer.Text("status")).ShouldBe((Account, "Production", "us-east-1", "ACTIVE"));
        DateTimeOffset.Parse(answer.Text("expires_at"), System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(55), DateTimeOffset.UtcNow.AddMinutes(61));
    }

    [Fact]
    public async Task The_way_in_is_really_opened_and_nothing_is_asked_there()
    {
        var before = _server.Trail.Last;
        await HandleAsync(Account);
        var calls = _server.Trail.Find(new TrailQuery(After: before, Limit: 10_000));
        calls.ShouldContain(static call => call.Operation == "AssumeRole" && call.Resource == $"arn:aws:iam::{Account}:role/CentralOpsTargetRole");
        calls.Where(static call => call.AccountId == Account).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(BrokenAccounts.WithoutRole, "assume_role")]
    [InlineData(BrokenAccounts.Suspended, "account_suspended")]
    [InlineData("999999999999", "unknown_account")]
    [InlineData("nobody", "unknown_account")]
    [InlineData("all", "unknown_account")]
    public async Task There_is_no_handle_for_an_account_that_cannot_be_entered(string account, string stage) =>
        (await Tools.AskAsync("switch_account", new JsonObject { ["account_id"] = account })).Refusal().Stage.ShouldBe(stage);

    [Fact]
    public async Task Without_an_account_it_is_told_that_one_is_missing() =>
        (await Tools.AskAsync("switch_account", new JsonObject())).GetProperty("error").Text("message").ShouldContain("account_id is missing");

    [Fact]
    public async Task A_handle_lets_nobody_use_a_tool_where_the_rules_do_not()
    {
        var handle = await HandleAsync("333333333333");
        (await Tools.AskAsync("list_s3_buckets", new JsonObject { ["account_id"] = handle })).ShouldBeWhole("permitted");
        (await Tools.AskAsync("describe_ec2_instances", new JsonObject { ["account_id"] = handle })).Refusal().Stage.ShouldBe("unknown_account");
    }

    [Fact]
    public async Task A_handle_of_another_process_with_another_key_is_refused()
    {
        await using var others = new LiveTools(_server.Url, LiveTools.KeysOf(_server)) { TokenKeys = TokenKeys.New() };
        var handle = (await others.AskAsync("switch_account", new JsonObject { ["account_id"] = Account })).Text("account_handle");
        (await Tools.AskAsync("describe_ec2_instances", new JsonObject { ["account_id"] = handle })).Refusal().Code.ShouldBe("AccountHandleUnknown");
        (await Tools.AskAsync("describe_ec2_instances", new JsonObject { ["account_id"] = handle[..^4] })).Refusal().Stage.ShouldBe("arguments");
    }

    private async Task<string> HandleAsync(string account, string? region = null)
    {
        var arguments = new JsonObject { ["account_id"] = account };
        if (region is not null)
        {
            arguments["region"] = region;
        }

        var answer = await Tools.AskAsync("switch_account", arguments);
        answer.TryGetProperty("account_handle", out var handle).ShouldBeTrue(answer.ToString());
        return handle.GetString()!;
    }

    private LiveTools Anew(string rules) => new(_server.Url, LiveTools.KeysOf(_server), rules: RulesFile.Parse($"rules: {rules}", "access.yaml"));
}
