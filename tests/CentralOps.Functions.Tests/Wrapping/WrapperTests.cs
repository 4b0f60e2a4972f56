using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Sandbox.Trail;

namespace CentralOps.Functions.Tests.Wrapping;

/// <summary>The MCP wrapper function through a gateway, both ways that the guide draws, before the stand-in for the AWS MCP Server.</summary>
public sealed class WrapperTests : IAsyncLifetime
{
    private const string Question = """
        import boto3, json
        pages = boto3.client("ec2").get_paginator("describe_instances").paginate()
        ids = [i["InstanceId"] for p in pages for r in p["Reservations"] for i in r["Instances"]]
        print(json.dumps({"account": boto3.client("sts").get_caller_identity()["Account"], "instances": ids}))
        """;

    private WrapperStage _stage = null!;

    public async Task InitializeAsync() => _stage = await WrapperStage.StartAsync();

    public async Task DisposeAsync() => await _stage.DisposeAsync();

    [ScriptFact]
    public async Task The_guides_question_is_answered_through_a_lambda_target()
    {
        var gateway = await _stage.AddLambdaTargetAsync();

        var answer = await _stage.CallAsync(gateway, "aws___aws___run_script", new JsonObject { ["account_id"] = "222222222222", ["code"] = Question });

        // A Lambda target's answer is one text: the MCP result, whole.
        var result = JsonSerializer.Deserialize<JsonElement>(answer.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!);
        Judge(result);
    }

    [ScriptFact]
    public async Task The_guides_question_is_answered_through_an_mcp_server_target_over_the_function_url()
    {
        var gateway = await _stage.AddUrlTargetAsync();

        var answer = await _stage.CallAsync(gateway, "aws___aws___run_script", new JsonObject { ["account_id"] = "Production", ["code"] = Question });

        Judge(answer.GetProperty("result"));
        _stage.Sandbox.Trail.Find(new TrailQuery(Operation: "InvokeFunctionUrl")).ShouldAllBe(call => call.CallerArn == "arn:aws:sts::111111111111:assumed-role/CentralOpsGatewayRole/gateway" && call.ErrorCode == null);
    }

    [Fact]
    public async Task Its_list_has_the_account_where_a_tool_needs_one_and_no_presigned_urls()
    {
        var gateway = await _stage.AddUrlTargetAsync();

        // A DYNAMIC target's tools stand on pages of their own.
        Dictionary<string, JsonElement> tools = [];
        for (JsonObject? page = []; page is not null;)
        {
            var result = (await _stage.PostAsync(gateway, "tools/list", page)).GetProperty("result");
            foreach (var tool in result.GetProperty("tools").EnumerateArray())
            {
                tools.Add(tool.GetProperty("name").GetString()!, tool);
            }

            page = result.TryGetProperty("nextCursor", out var next) ? new JsonObject { ["cursor"] = next.GetString() } : null;
        }

        tools.Keys.ShouldBe(
            ["aws___aws___search_documentation", "aws___aws___read_documentation", "aws___aws___retrieve_skill", "aws___aws___list_regions", "aws___aws___get_regional_availability", "aws___aws___run_script"], ignoreOrder: true);
        var script = tools["aws___aws___run_script"].GetProperty("inputSchema");
        script.GetProperty("required").EnumerateArray().Select(name => name.GetString()).ShouldBe(["account_id", "code"]);
        tools["aws___aws___list_regions"].GetProperty("inputSchema").GetProperty("properties").TryGetProperty("account_id", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_tool_that_needs_no_account_runs_as_the_functions_own_confined_role()
    {
        var gateway = await _stage.AddLambdaTargetAsync();

        var answer = await _stage.CallAsync(gateway, "aws___aws___search_documentation", new JsonObject { ["search_phrase"] = "public buckets" });

        answer.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!.ShouldContain("Amazon S3: public access");
        var call = _stage.Sandbox.Trail.Find(new TrailQuery(Operation: "CallReadOnlyTool")).ShouldHaveSingleItem();
        call.IssuerArn.ShouldBe("arn:aws:iam::111111111111:role/CentralOpsTargetRole");
        _stage.Sandbox.Trail.Find(new TrailQuery(Service: "aws-mcp")).ShouldAllBe(one => one.IssuerArn != "arn:aws:iam::111111111111:role/CentralOpsLambdaRole");
    }

    [Fact]
    public async Task What_is_wrong_with_an_account_is_told_with_its_stage_and_remedy()
    {
        var gateway = await _stage.AddUrlTargetAsync();

        (await TextAsync(gateway, "aws___aws___run_script", new JsonObject { ["code"] = "1" })).ShouldStartWith("[arguments] 'account_id' is missing");
        (await TextAsync(gateway, "aws___aws___run_script", new JsonObject { ["account_id"] = "131313131313", ["code"] = "1" })).ShouldStartWith("[assume_role]");
        (await TextAsync(gateway, "aws___aws___run_script", new JsonObject { ["account_id"] = "141414141414", ["code"] = "1" })).ShouldStartWith("[account_suspended]");
        (await TextAsync(gateway, "aws___aws___run_script", new JsonObject { ["account_id"] = "987654321098", ["code"] = "1" })).ShouldContain("987654321098");
    }

    [Fact]
    public async Task A_tool_that_is_not_passed_on_reads_as_one_that_is_not_there()
    {
        var presigned = await _stage.AskUrlAsync("tools/call", Call("aws___get_presigned_url", new JsonObject { ["account_id"] = "222222222222", ["bucket"] = "abc", ["key"] = "k" }));
        var unknown = await _stage.AskUrlAsync("tools/call", Call("aws___call_aws", []));

        presigned.GetProperty("error").GetProperty("message").GetString().ShouldBe("Unknown tool: aws___get_presigned_url");
        unknown.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(presigned.GetProperty("error").GetProperty("code").GetInt32());
    }

    [ScriptFact]
    public async Task Sessions_and_credentials_stay_warm_by_account()
    {
        for (var call = 0; call < 3; call++)
        {
            var answer = await _stage.AskUrlAsync("tools/call", Call("aws___run_script", new JsonObject { ["account_id"] = "222222222222", ["code"] = "print(1)" }));
            answer.GetProperty("result").GetProperty("isError").GetBoolean().ShouldBeFalse(answer.ToString());
        }

        _stage.Sandbox.Trail.Find(new TrailQuery(Operation: "AssumeRole")).Count(call => call.Resource == "arn:aws:iam::222222222222:role/CentralOpsTargetRole").ShouldBe(1);
    }

    [ScriptFact]
    public async Task Time_that_runs_out_is_told_before_lambda_ends_the_function()
    {
        await using var stage = await WrapperStage.StartAsync(timeout: TimeSpan.FromSeconds(15));

        var answer = await stage.AskUrlAsync("tools/call", Call("aws___run_script", new JsonObject { ["account_id"] = "222222222222", ["code"] = "import time; time.sleep(600)" }));

        answer.GetProperty("result").GetProperty("isError").GetBoolean().ShouldBeTrue();
        answer.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!.ShouldStartWith("[deadline]");
    }

    [Fact]
    public async Task Where_callers_are_verified_nobody_comes_in_unsigned_and_a_forbidden_tool_reads_as_unknown()
    {
        await using var stage = await WrapperStage.StartAsync(settings: ("CENTRALOPS_CALLER_KEYS", SomeKeys));

        var overUrl = await stage.AskUrlAsync("tools/call", Call("aws___list_regions", []));
        var named = await stage.InvokeAsync("{}", """{"custom":{"bedrockAgentCoreToolName":"aws___aws___list_regions"}}""");
        var unknown = await stage.InvokeAsync("{}", """{"custom":{"bedrockAgentCoreToolName":"aws___aws___nothing_here"}}""");

        overUrl.GetProperty("error").GetProperty("message").GetString().ShouldBe("Unknown tool: aws___list_regions");
        (await stage.AskUrlAsync("tools/list", [])).GetProperty("result").GetProperty("tools").GetArrayLength().ShouldBe(0);
        named.GetProperty("errorType").GetString().ShouldBe("UnknownTool");
        named.GetProperty("errorMessage").GetString()!.Replace("list_regions", "nothing_here", StringComparison.Ordinal).ShouldBe(unknown.GetProperty("errorMessage").GetString());
        stage.Sandbox.Trail.Find(new TrailQuery(Operation: "CallReadOnlyTool")).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_speaks_both_eras_over_the_function_url_and_refuses_what_is_no_message()
    {
        var agreed = await _stage.AskUrlAsync("initialize", new JsonObject { ["protocolVersion"] = "2024-11-05", ["capabilities"] = new JsonObject(), ["clientInfo"] = new JsonObject { ["name"] = "t", ["version"] = "1" } });
        agreed.GetProperty("result").GetProperty("protocolVersion").GetString().ShouldBe("2024-11-05");
        (await _stage.AskUrlAsync("ping", [])).GetProperty("result").EnumerateObject().ShouldBeEmpty();
        (await _stage.AskUrlAsync("resources/list", [])).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-32601);

        var meta = new JsonObject { ["io.modelcontextprotocol/protocolVersion"] = "2026-07-28", ["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "t", ["version"] = "1" }, ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject() };
        var list = await _stage.AskUrlAsync("tools/list", new JsonObject { ["_meta"] = meta }, ("mcp-protocol-version", "2026-07-28"), ("mcp-method", "tools/list"));
        list.GetProperty("result").GetProperty("resultType").GetString().ShouldBe("complete", list.ToString());
        list.GetProperty("result").GetProperty("tools").GetArrayLength().ShouldBe(6);

        (await _stage.SendUrlAsync("{", ("mcp-protocol-version", "2025-11-25"))).GetProperty("statusCode").GetInt32().ShouldBe(400);
        (await _stage.SendUrlAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", ("mcp-protocol-version", "2025-11-25"))).GetProperty("statusCode").GetInt32().ShouldBe(202);
    }

    [Fact]
    public async Task An_event_that_is_neither_is_refused_with_what_was_expected()
    {
        var answer = await _stage.InvokeAsync("""{"version": "2.0"}""", clientContext: null);

        answer.GetProperty("errorType").GetString().ShouldBe("NoToolName");
        answer.GetProperty("errorMessage").GetString()!.ShouldContain("payload format 2.0");
    }

    private const string SomeKeys = """{"keys":[{"kty":"EC","crv":"P-256","kid":"k","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}""";

    private static JsonObject Call(string tool, JsonObject arguments) => new() { ["name"] = tool, ["arguments"] = arguments };

    private static void Judge(JsonElement result)
    {
        result.GetProperty("isError").GetBoolean().ShouldBeFalse(result.ToString());
        var told = JsonSerializer.Deserialize<JsonElement>(result.GetProperty("structuredContent").GetProperty("stdout").GetString()!);
        told.GetProperty("account").GetString().ShouldBe("222222222222");
        told.GetProperty("instances").GetArrayLength().ShouldBeGreaterThan(20);
    }

    private async Task<string> TextAsync(Uri gateway, string tool, JsonObject arguments)
    {
        var result = (await _stage.CallAsync(gateway, tool, arguments)).GetProperty("result");
        result.GetProperty("isError").GetBoolean().ShouldBeTrue(result.ToString());
        return result.GetProperty("content")[0].GetProperty("text").GetString()!;
    }
}
