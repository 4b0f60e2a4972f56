using System.Text.Json;
using CentralOps.EndToEnd.Tests.Harness;

namespace CentralOps.EndToEnd.Tests.Command;

/// <summary>The commands that ask a running gateway: what a person and a script see.</summary>
[Collection("up")]
public sealed class AskTests(SharedUp shared)
{
    [Fact]
    public async Task Accounts_shows_the_tree_with_what_is_reachable_and_why_not()
    {
        var ran = await shared.Up.CentralOpsAsync("accounts");
        ran.ExitCode.ShouldBe(0, ran.Error);
        Line(ran.Out, "111111111111").ShouldContain("Central Operations");
        Line(ran.Out, "222222222222").ShouldContain("yes");
        var broken = (await shared.Up.CentralOpsAsync("accounts", "--output", "json")).Json.GetProperty("accounts").EnumerateArray()
            .Where(account => !account.GetProperty("Access").GetProperty("reachable").GetBoolean())
            .Select(account => account.GetProperty("Access").GetProperty("stage").GetString()).ToList();
        broken.ShouldContain("assume_role");
        broken.ShouldContain("account_suspended");
        ran.Out.ShouldContain("no: assume_role");
        ran.Out.ShouldContain("no: account_suspended");
        ran.Error.ShouldContain("CentralOpsTargetRole");
    }

    [Fact]
    public async Task Tools_lists_all_by_their_bare_names_and_shows_one_with_an_example_and_its_actions()
    {
        var list = await shared.Up.CentralOpsAsync("tools");
        list.ExitCode.ShouldBe(0, list.Error);
        list.Out.ShouldContain("describe_ec2_instances");
        list.Out.ShouldContain("list_accounts");
        var one = await shared.Up.CentralOpsAsync("tools", "describe_ec2_instances");
        one.Out.ShouldContain("account_id");
        one.Out.ShouldContain("accounts");
        one.Out.ShouldContain("next_token");
        one.Out.ShouldContain("./centralops call describe_ec2_instances --account 222222222222 --region us-east-1");
        one.Out.ShouldContain("ec2:DescribeInstances");
        var json = (await shared.Up.CentralOpsAsync("tools", "--output", "json")).Json;
        json.GetArrayLength().ShouldBe(20, "our nineteen, and the search");
    }

    [Fact]
    public async Task Call_answers_as_a_table_and_as_json_by_id_and_by_name()
    {
        var table = await shared.Up.CentralOpsAsync("call", "describe_ec2_instances", "--account", "222222222222", "--region", "us-east-1");
        table.ExitCode.ShouldBe(0, table.Error);
        table.Out.ShouldContain("INSTANCE ID");
        var json = await shared.Up.CentralOpsAsync("call", "describe_ec2_instances", "--account", "Production", "--output", "json");
        json.ExitCode.ShouldBe(0, json.Error);
        json.Json.GetProperty("account_id").GetString().ShouldBe("222222222222");
        foreach (var instance in json.Json.GetProperty("instances").EnumerateArray())
        {
            table.Out.ShouldContain(instance.GetProperty("InstanceId").GetString()!);
            instance.GetProperty("State").ValueKind.ShouldBe(JsonValueKind.String);
            instance.GetProperty("Tags").ValueKind.ShouldBe(JsonValueKind.Object);
        }
    }

    [Fact]
    public async Task Call_takes_filters_lists_and_limits_and_continues_where_it_stopped()
    {
        var all = await CallAsync("--arg", "limit=1000");
        var ids = Ids(all);
        var paged = new List<string>();
        string? token = null;
        do
        {
            var page = await CallAsync(token is null ? ["--arg", "limit=7"] : ["--arg", "limit=7", "--arg", "next_token=" + token]);
            Ids(page).Count.ShouldBeLessThanOrEqualTo(7);
            paged.AddRange(Ids(page));
            token = page.GetProperty("truncated").GetBoolean() ? page.GetProperty("next_token").GetString() : null;
        }
        while (token is not null);
        paged.ShouldBe(ids);

        Ids(await CallAsync("--arg", "instance_ids=" + ids[0], "--arg", "instance_ids=" + ids[3])).ShouldBe([ids[0], ids[3]], ignoreOrder: true);
        var running = await CallAsync("--json", """{"filters": [{"Name": "instance-state-name", "Values": ["running"]}]}""");
        running.GetProperty("instances").EnumerateArray().Select(instance => instance.GetProperty("State").GetString()).Distinct().ShouldBe(["running"]);
    }

    [Theory]
    [InlineData("no role there", "assume_role")]
    [InlineData("suspended", "account_suspended")]
    public async Task A_broken_account_exits_1_with_its_own_stage_and_remedy(string which, string stage)
    {
        var accounts = (await shared.Up.CentralOpsAsync("accounts", "--output", "json")).Json.GetProperty("accounts").EnumerateArray();
        var account = accounts.First(item => item.GetProperty("Access") is var access && !access.GetProperty("reachable").GetBoolean()
            && access.GetProperty("stage").GetString() == stage).GetProperty("Id").GetString()!;
        var ran = await shared.Up.CentralOpsAsync("call", "describe_ec2_instances", "--account", account, "--output", "json");
        ran.ExitCode.ShouldBe(1, which);
        var error = ran.Json.GetProperty("error");
        ran.Json.GetProperty("account_id").GetString().ShouldBe(account);
        error.GetProperty("stage").GetString().ShouldBe(stage);
        error.GetProperty("remedy").GetString()!.ShouldContain(stage == "assume_role" ? "CentralOpsTargetRole" : "account");
        ran.Error.ShouldContain("Remedy:");
    }

    [Fact]
    public async Task Wrong_command_lines_exit_2_and_say_what_is_wrong()
    {
        foreach (var (arguments, word) in new (string[], string)[]
        {
            (["call"], "tool"),
            (["cal", "x"], "cal"),
            (["call", "list_accounts", "--json", "{"], "--json"),
            (["call", "list_accounts", "--arg", "limit"], "name=value"),
            (["call", "list_accounts", "--arg", "limit=many"], "limit"),
            (["call", "list_accounts", "--arg", "limti=5"], "did you mean limit?"),
            (["call", "list_accounts", "--account", "Production"], "account_id"),
            (["status", "--output", "yaml"], "yaml"),
            (["up", "--port", "70000"], "70000"),
            (["tools", "--gateway", "not a url"], "--gateway"),
        })
        {
            var ran = await Ran.CentralOpsAsync([.. arguments, .. arguments[0] == "cal" ? Array.Empty<string>() : ["--state", shared.Up.State]]);
            ran.ExitCode.ShouldBe(2, string.Join(' ', arguments) + ": " + ran.Error);
            ran.Error.ShouldContain(word);
            ran.Out.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task An_unknown_tool_exits_1_and_names_what_there_is()
    {
        var ran = await shared.Up.CentralOpsAsync("call", "delete_everything");
        ran.ExitCode.ShouldBe(1);
        ran.Error.ShouldContain("describe_ec2_instances");
    }

    [Fact]
    public async Task Status_tells_urls_key_ports_and_processes_and_exits_1_where_nothing_runs()
    {
        await shared.Up.CentralOpsAsync("call", "list_accounts");
        (await Eventually.TrueAsync(async () => (await shared.Up.FunctionsAsync()).Any(function => function.Function == "central-ops-accounts"))).ShouldBeTrue();
        var status = (await shared.Up.CentralOpsAsync("status", "--output", "json")).Json;
        status.GetProperty("gateway_url").GetString()!.ShouldEndWith("/mcp");
        status.GetProperty("sandbox_url").GetString()!.ShouldStartWith("http://127.0.0.1:");
        status.GetProperty("control_credentials").GetProperty("accessKeyId").GetString()!.ShouldStartWith("AKIA");
        status.GetProperty("ports").GetProperty("gateway").GetInt32().ShouldBe(new Uri(shared.Up.GatewayUrl).Port);
        File.GetUnixFileMode(Path.Combine(shared.Up.State, "up.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var nothing = Directory.CreateTempSubdirectory("centralops-").FullName;
        var ran = await Ran.CentralOpsAsync("status", "--state", nothing);
        ran.ExitCode.ShouldBe(1);
        ran.Out.ShouldBeEmpty();
        ran.Error.ShouldContain("centralops up");
        Directory.Delete(nothing, recursive: true);
    }

    [Fact]
    public async Task Every_command_has_help()
    {
        foreach (var command in new[] { "", "up", "status", "accounts", "tools", "call" })
        {
            var ran = await Ran.CentralOpsAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
            ran.ExitCode.ShouldBe(0);
            ran.Out.ShouldContain("Usage:");
        }
    }

    private async Task<JsonElement> CallAsync(params string[] more)
    {
        var ran = await shared.Up.CentralOpsAsync(["call", "describe_ec2_instances", "--account", "222222222222", "--output", "json", .. more]);
        ran.ExitCode.ShouldBe(0, ran.Error);
        return ran.Json;
    }

    private static List<string> Ids(JsonElement answer) => [.. answer.GetProperty("instances").EnumerateArray().Select(instance => instance.GetProperty("InstanceId").GetString()!)];

    private static string Line(string text, string word) => text.Split('\n').First(line => line.Contains(word, StringComparison.Ordinal));
}
