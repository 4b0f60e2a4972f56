using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.EndToEnd.Tests.Harness;

namespace CentralOps.EndToEnd.Tests.Command;

/// <summary>All nineteen tools: the real gateway, real function processes, the sandbox's wire; in every revision of MCP that the gateway speaks.</summary>
[Collection("up")]
public sealed class AllToolsTests(SharedUp shared)
{
    private static readonly (string Tool, string Arguments, string List)[] Lists =
    [
        ("list_accounts", "{}", "accounts"),
        ("describe_ec2_instances", "{}", "instances"),
        ("describe_ec2_vpcs", "{}", "vpcs"),
        ("describe_ec2_security_groups", "{}", "security_groups"),
        ("list_s3_buckets", "{}", "buckets"),
        ("describe_rds_instances", "{}", "db_instances"),
        ("describe_rds_clusters", "{}", "db_clusters"),
        ("list_lambda_functions", "{}", "functions"),
        ("list_ecs_clusters", "{}", "clusters"),
        ("list_ecs_services", "{}", "services"),
        ("describe_eks_clusters", "{}", "clusters"),
        ("list_cloudwatch_alarms", "{}", "alarms"),
        ("get_cloudwatch_metrics",
            """{"queries":[{"Namespace":"AWS/EC2","MetricName":"CPUUtilization","Dimensions":[{"Name":"InstanceId","Value":"i-0abb12dfbdd47c147"}]}],"start_time":"2026-11-22T06:00:00Z","end_time":"2026-11-22T08:00:00Z"}""",
            "metrics"),
    ];

    private static readonly (string Tool, string Arguments, string Thing)[] Things =
    [
        ("get_account_metadata", "{}", "account"),
        ("get_s3_bucket_info", """{"bucket":"prod-assets-222222222222-us-east-1"}""", "bucket"),
        ("get_lambda_function", """{"function_name":"prod-api-auth"}""", "function"),
    ];

    /// <summary>Over many accounts, each with an answer of its own shape.</summary>
    private static readonly string[] Fleet = ["switch_account", "aggregate_results", "find_resource"];

    [Theory]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task Every_tool_answers_and_every_page_followed_to_the_end_is_the_whole(string version)
    {
        var dialogue = new Dialogue(shared.Up.GatewayUrl, version);
        await dialogue.BeginAsync();
        dialogue.Tools.ShouldBe(Lists.Select(one => one.Tool).Concat(Things.Select(one => one.Tool)).Concat(Fleet), ignoreOrder: true);
        foreach (var (tool, arguments, list) in Lists)
        {
            var whole = await FollowAsync(dialogue, tool, arguments, list, limit: 1000);
            whole.ShouldNotBeEmpty(tool);
            (await FollowAsync(dialogue, tool, arguments, list, limit: 9)).ShouldBe(whole, tool);
        }

        foreach (var (tool, arguments, thing) in Things)
        {
            var (answer, text) = await dialogue.CallAsync(tool, Arguments(tool, arguments));
            answer.GetProperty(thing).ValueKind.ShouldBe(JsonValueKind.Object, text);
            answer.GetProperty("failures").GetArrayLength().ShouldBe(0, text);
        }
    }

    [Fact]
    public async Task A_handle_that_one_function_gave_is_taken_by_another_and_figures_and_findings_agree_with_what_it_tells()
    {
        var dialogue = new Dialogue(shared.Up.GatewayUrl, "2025-11-25");
        await dialogue.BeginAsync();
        var (given, text) = await dialogue.CallAsync("switch_account", new JsonObject { ["account_id"] = "Production", ["region"] = "us-east-1" });
        given.TryGetProperty("account_handle", out var handle).ShouldBeTrue(text);
        var (listed, _) = await dialogue.CallAsync("describe_ec2_instances", new JsonObject { ["account_id"] = handle.GetString(), ["limit"] = 1000 });
        listed.GetProperty("account_id").GetString().ShouldBe("222222222222");

        var (figures, told) = await dialogue.CallAsync("aggregate_results", new JsonObject { ["tool"] = "describe_ec2_instances", ["accounts"] = "222222222222", ["region"] = "us-east-1" });
        figures.GetProperty("groups")[0].GetProperty("count").GetInt32().ShouldBe(listed.GetProperty("instance_count").GetInt32(), told);

        var id = listed.GetProperty("instances")[0].GetProperty("InstanceId").GetString();
        var (found, _) = await dialogue.CallAsync("find_resource", new JsonObject { ["what"] = id, ["region"] = "us-east-1" });
        found.GetProperty("matches")[0].GetProperty("account_id").GetString().ShouldBe("222222222222");
    }

    [Fact]
    public async Task Every_tool_refuses_what_it_does_not_take_and_names_it()
    {
        var dialogue = new Dialogue(shared.Up.GatewayUrl, "2025-11-25");
        await dialogue.BeginAsync();
        foreach (var (tool, arguments, _) in Lists.Concat(Things))
        {
            var unknown = Arguments(tool, arguments);
            unknown["regoin"] = "eu-west-1";
            (await dialogue.CallAsync(tool, unknown)).Text.ShouldContain("regoin", customMessage: tool);

            var name = tool == "list_accounts" ? "limit" : "account_id";
            var wrong = Arguments(tool, arguments);
            wrong[name] = new JsonArray(1);
            (await dialogue.CallAsync(tool, wrong)).Text.ShouldContain(name, customMessage: tool);
            foreach (var required in Arguments(tool, arguments).Select(argument => argument.Key).Where(key => key is "account_id" or "bucket" or "function_name" or "queries"))
            {
                var less = Arguments(tool, arguments);
                less.Remove(required);
                (await dialogue.CallAsync(tool, less)).Text.ShouldContain(required, customMessage: tool);
            }
        }
    }

    private static async Task<List<string>> FollowAsync(Dialogue dialogue, string tool, string arguments, string list, int limit)
    {
        var items = new List<string>();
        string? token = null;
        do
        {
            var page = Arguments(tool, arguments);
            page["limit"] = limit;
            if (token is not null)
            {
                page["next_token"] = token;
            }

            var (answer, text) = await dialogue.CallAsync(tool, page);
            answer.ValueKind.ShouldBe(JsonValueKind.Object, text);
            answer.TryGetProperty(list, out var found).ShouldBeTrue($"{tool}: {text}");

            // Of a metric the points are the items: a page holds a part of its series.
            items.AddRange(list == "metrics"
                ? found.EnumerateArray().SelectMany(series => series.GetProperty("Timestamps").EnumerateArray().Zip(series.GetProperty("Values").EnumerateArray()).Select(point => point.ToString()))
                : found.EnumerateArray().Select(item => item.GetRawText()));
            token = answer.GetProperty("next_token").GetString();
            answer.GetProperty("truncated").GetBoolean().ShouldBe(token is not null);
        }
        while (token is not null);

        return items;
    }

    private static JsonObject Arguments(string tool, string arguments)
    {
        var all = JsonNode.Parse(arguments)!.AsObject();
        if (tool != "list_accounts")
        {
            all["account_id"] = "Production";
        }

        return all;
    }
}
