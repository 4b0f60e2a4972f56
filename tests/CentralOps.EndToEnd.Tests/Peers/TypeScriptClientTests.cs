using System.Text.Json;
using CentralOps.EndToEnd.Tests.Harness;

namespace CentralOps.EndToEnd.Tests.Peers;

/// <summary>The official TypeScript clients of both protocol eras, and the inspector, against the running gateway.</summary>
[Collection("up")]
public sealed class TypeScriptClientTests(SharedUp shared)
{
    private const string Node = "node_modules/.bin/node";

    [NeedsFact("node", "node_modules/@modelcontextprotocol/sdk/package.json")]
    public async Task The_official_sdk_lists_all_tools_and_calls_two_in_2025_11_25()
    {
        var answers = await AskAsync("node", "sdk.mjs", shared.Up.GatewayUrl);
        answers.GetProperty("version").GetString().ShouldBe("2025-11-25");
        CheckAnswers(answers);
    }

    [NeedsFact("node", "node_modules/@modelcontextprotocol/client/package.json")]
    public async Task The_official_client_pinned_to_2026_07_28_lists_all_tools_and_calls_two()
    {
        var answers = await AskAsync("node", "client.mjs", shared.Up.GatewayUrl, "2026-07-28");
        answers.GetProperty("version").GetString().ShouldBe("2026-07-28");
        CheckAnswers(answers);
    }

    [NeedsFact("node", "node_modules/@modelcontextprotocol/client/package.json")]
    public async Task The_official_client_on_auto_negotiates_2026_07_28()
    {
        var answers = await AskAsync("node", "client.mjs", shared.Up.GatewayUrl, "auto");
        answers.GetProperty("version").GetString().ShouldBe("2026-07-28");
        CheckAnswers(answers);
    }

    [NeedsFact(Node, "node_modules/.bin/mcp-inspector")]
    public async Task The_inspector_lists_all_tools_and_calls_two()
    {
        var listed = await InspectAsync("--method", "tools/list");
        var names = listed.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()).ToList();
        names.Count.ShouldBe(20, "our nineteen, and the search");
        names[0].ShouldBe("x_amz_bedrock_agentcore_search");
        names.ShouldContain("ec2___describe_ec2_instances");

        var accounts = await CallAsync("accounts___list_accounts");
        accounts.GetProperty("account_count").GetInt32().ShouldBe(13);
        // The inspector reads a value as JSON where it can: without the quotes it sends a number.
        var instances = await CallAsync("ec2___describe_ec2_instances", "account_id=\"222222222222\"", "region=us-east-1");
        instances.GetProperty("instance_count").GetInt32().ShouldBeGreaterThan(0);
        var refused = await CallAsync("ec2___describe_ec2_instances", "account_id=\"987654321098\"");
        refused.GetProperty("error").GetProperty("stage").GetString().ShouldBe("unknown_account");
        var badToken = await CallAsync("accounts___list_accounts", "next_token=not-one-of-ours");
        badToken.GetProperty("error").GetProperty("stage").GetString().ShouldBe("arguments");
    }

    [NeedsFact("node", "node_modules/@modelcontextprotocol/client/package.json")]
    public async Task With_structured_content_both_clients_check_answers_and_refusals_against_the_listed_schema()
    {
        await using var up = await RunningUp.StartAsync("--switch", "structured_content=on", "--switch", "list_paging=per_target");
        // The SDK of 2025-11-25 reads the first page only: it gets one page below.
        var answers = await AskAsync("node", "client.mjs", up.GatewayUrl, "2026-07-28");
        CheckAnswers(answers);
        answers.GetProperty("instances").GetProperty("structured").GetProperty("account_id").GetString().ShouldBe("222222222222");
        answers.GetProperty("refusedAccount").GetProperty("structured").GetProperty("error").GetProperty("stage").GetString().ShouldBe("unknown_account");
        answers.GetProperty("schemas").GetInt32().ShouldBe(19);

        await using var onePage = await RunningUp.StartAsync("--switch", "structured_content=on");
        CheckAnswers(await AskAsync("node", "sdk.mjs", onePage.GatewayUrl));
    }

    private static void CheckAnswers(JsonElement answers)
    {
        answers.GetProperty("tools").GetArrayLength().ShouldBe(20, "our nineteen, and the search");
        answers.GetProperty("accounts").GetProperty("isError").GetBoolean().ShouldBeFalse();
        answers.GetProperty("accounts").GetProperty("answer").GetProperty("accounts").EnumerateArray()
            .Select(account => account.GetProperty("Name").GetString()).ShouldContain("Production");
        var instances = answers.GetProperty("instances").GetProperty("answer");
        instances.GetProperty("account_id").GetString().ShouldBe("222222222222");
        instances.GetProperty("instances").GetArrayLength().ShouldBe(instances.GetProperty("instance_count").GetInt32());
        instances.GetProperty("instances")[0].GetProperty("InstanceId").GetString().ShouldStartWith("i-");
        CheckRefusal(answers.GetProperty("refusedAccount"), "unknown_account");
        CheckRefusal(answers.GetProperty("refusedToken"), "arguments");
    }

    // A refusal is an answer: on AgentCore it reaches the agent as text, not as an error of the protocol.
    private static void CheckRefusal(JsonElement call, string stage)
    {
        call.GetProperty("isError").GetBoolean().ShouldBeFalse();
        var error = call.GetProperty("answer").GetProperty("error");
        error.GetProperty("stage").GetString().ShouldBe(stage);
        error.GetProperty("remedy").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    private static async Task<JsonElement> AskAsync(string node, params string[] arguments)
    {
        var ran = await Ran.ProgramAsync(node, arguments, Repository.Clients);
        ran.ExitCode.ShouldBe(0, ran.Error);
        return ran.Json;
    }

    private async Task<JsonElement> CallAsync(string tool, params string[] arguments)
    {
        var pairs = arguments.SelectMany(argument => new[] { "--tool-arg", argument });
        var result = await InspectAsync(["--method", "tools/call", "--tool-name", tool, .. pairs]);
        return JsonDocument.Parse(result.GetProperty("content")[0].GetProperty("text").GetString()!).RootElement;
    }

    private async Task<JsonElement> InspectAsync(params string[] arguments)
    {
        var inspector = Path.Combine(Repository.Clients, "node_modules/.bin/mcp-inspector");
        var ran = await Ran.ProgramAsync(
            Path.Combine(Repository.Clients, Node), [inspector, "--cli", shared.Up.GatewayUrl, "--transport", "http", .. arguments],
            Repository.Clients,
            // The inspector keeps files of its own in the home directory.
            new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = shared.Up.State });
        ran.ExitCode.ShouldBe(0, ran.Error + ran.Out);
        return ran.Json;
    }
}
