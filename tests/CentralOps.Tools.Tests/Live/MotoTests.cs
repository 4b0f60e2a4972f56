using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Aws.Credentials;
using CentralOps.ToolPages;

namespace CentralOps.Tools.Tests.Live;

/// <summary>Every tool against somebody else's AWS, in three accounts, by AssumeRole; boto3 says what the answers are.</summary>
public sealed class MotoTests(Moto moto) : IClassFixture<Moto>
{
    [MotoFact]
    public async Task Every_tool_answers_what_boto3_does()
    {
        await using var tools = Tools();
        var differences = new List<string?>();
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var question in moto.Estate.GetProperty("asked").EnumerateArray())
        {
            var (tool, arguments, list) = Read(question);
            asked.Add(tool);
            var answer = await tools.AskAsync(tool, arguments);
            if (!answer.TryGetProperty(list, out var ours))
            {
                differences.Add($"{tool} {arguments.ToJsonString()}: {answer}");
                continue;
            }

            var expected = question.GetProperty("expected");
            if (tool == "get_account_metadata")
            {
                // moto knows no account:ListRegions and no account:GetAccountInformation: these parts fail, the rest is there.
                answer.GetProperty("failures").GetArrayLength().ShouldBe(2);
                ours = Only(ours, expected);
            }

            differences.Add(Same.Difference(ours, expected, $"{tool} {arguments.ToJsonString()}"));
        }

        differences.Where(static difference => difference is not null).ShouldBeEmpty();
        asked.Count.ShouldBe(16);
        moto.Estate.GetProperty("accounts").GetArrayLength().ShouldBe(3);
    }

    [MotoFact]
    public async Task Every_list_is_the_same_in_small_pages()
    {
        await using var tools = Tools();
        foreach (var question in moto.Estate.GetProperty("asked").EnumerateArray().Where(static one => one.GetProperty("expected").ValueKind == JsonValueKind.Array))
        {
            var (tool, arguments, list) = Read(question);
            if (tool == "list_s3_buckets")
            {
                // moto cuts the list at MaxBuckets and gives no token.
                continue;
            }

            var whole = (await tools.AskAsync(tool, arguments)).GetProperty(list).EnumerateArray().Select(static item => item.GetRawText()).ToList();
            var pages = await tools.FollowAsync(tool, arguments, list, limit: tool == "get_cloudwatch_metrics" ? 50 : 3);
            pages.Select(static item => item.GetRawText()).ShouldBe(whole, $"{tool} {arguments.ToJsonString()}");
        }
    }

    [MotoFact]
    public async Task No_value_of_an_environment_variable_is_in_an_answer()
    {
        await using var tools = Tools();
        var account = moto.Estate.GetProperty("accounts")[1].GetString();
        foreach (var tool in new[] { "list_lambda_functions", "get_lambda_function" })
        {
            var arguments = new JsonObject { ["account_id"] = account };
            if (tool == "get_lambda_function")
            {
                arguments["function_name"] = "orders-1";
            }

            var answer = (await tools.AskAsync(tool, arguments)).GetRawText();
            answer.ShouldContain("PASSWORD");
            answer.ShouldNotContain("hunter2");
        }
    }

    private LiveTools Tools() => new(moto.Url, new AwsCredentials("test", "test"));

    private static (string Tool, JsonObject Arguments, string List) Read(JsonElement question) => (
        question.GetProperty("tool").GetString()!, JsonNode.Parse(question.GetProperty("arguments").GetRawText())!.AsObject(), question.GetProperty("list").GetString()!);

    private static JsonElement Only(JsonElement item, JsonElement names) => JsonSerializer.SerializeToElement(
        item.EnumerateObject().Where(member => names.TryGetProperty(member.Name, out _)).ToDictionary(static member => member.Name, static member => member.Value));
}
