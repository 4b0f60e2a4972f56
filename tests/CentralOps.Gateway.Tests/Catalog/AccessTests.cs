using CentralOps.Access.Rules.Files;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Catalog;

/// <summary>Access rules: list and call agree, beside and below what tool sets say. The callers here are the local owner.</summary>
public sealed class AccessTests
{
    private static readonly string[] Tools = ["a___one", "a___two", "b___one", "live___x"];

    [Theory]
    [InlineData("*", "", "a___one,a___two,b___one,live___x")]
    [InlineData("a___*", "", "a___one,a___two")]
    [InlineData("one", "", "a___one,b___one")]
    [InlineData("*", "a___*", "b___one,live___x")]
    [InlineData("*", "live___x", "a___one,a___two,b___one")]
    [InlineData("nothing", "", "")]
    public async Task What_is_listed_can_be_called_and_nothing_else(string allowed, string denied, string seen)
    {
        await using var gateway = await StartAsync(allowed, denied);
        var expected = seen.Split(',', StringSplitOptions.RemoveEmptyEntries);
        (await ListAsync(gateway, "tools", "name")).ShouldBe(expected);
        foreach (var tool in Tools)
        {
            var answer = await gateway.Http.PostAsync(McpHttp.Call("{}", tool: tool));
            var unknown = await gateway.Http.PostAsync(McpHttp.Call("{}", tool: "gone___x"));
            if (!expected.Contains(tool))
            {
                answer.Body.ShouldBe(unknown.Body.Replace("gone___x", tool, StringComparison.Ordinal));
            }

            answer.Body.Contains("Unknown tool", StringComparison.Ordinal).ShouldBe(!expected.Contains(tool), tool);
        }
    }

    [Fact]
    public async Task Rules_and_tool_sets_both_have_to_admit()
    {
        await using var gateway = await StartAsync("one", "", new ToolSet("set", ["*"], ["a___*"]));
        (await ListAsync(gateway, "tools", "name")).ShouldBe(["a___one"]);
    }

    [Fact]
    public async Task Prompts_and_resources_are_there_with_their_whole_target_only()
    {
        await using var part = await StartAsync("a___one", "");
        await using var whole = await StartAsync("a___*", "");
        (await ListAsync(part, "prompts", "name")).ShouldBeEmpty();
        (await ListAsync(whole, "prompts", "name")).ShouldBe(["a___p"]);
    }

    private static Task<TestGateway> StartAsync(string allowed, string denied, params ToolSet[] sets)
    {
        var servers = new Dictionary<string, TestMcpTarget>(StringComparer.Ordinal)
        {
            ["a"] = new(_ => "{}"),
            ["b"] = new(_ => "{}"),
            ["live"] = new(request => request.Method == "tools/list" ? """{"tools":[{"name":"x"}]}""" : """{"prompts":[],"resources":[]}"""),
        };
        var deny = denied.Length == 0 ? "" : $", {{effect: deny, who: everyone, tools: '{denied}', accounts: all}}";
        return McpGateway.StartAsync(
            servers,
            config => config with { ToolSets = sets },
            options => options with { Access = RulesFile.Parse($"rules: [{{who: local, tools: '{allowed}', accounts: '222222222222'}}{deny}]", "access.yaml") },
            McpGateway.Target("a", new() { Tools = [McpGateway.Tool("one"), McpGateway.Tool("two")], Prompts = [McpGateway.Prompt("p")] }),
            McpGateway.Target("b", new() { Tools = [McpGateway.Tool("one")] }),
            McpGateway.Target("live", mode: ListingMode.Dynamic));
    }

    private static async Task<List<string>> ListAsync(TestGateway gateway, string kind, string key)
    {
        var result = (await gateway.Http.PostAsync(McpGateway.Request(kind + "/list", "{}"))).Result;
        var names = result.GetProperty(kind).EnumerateArray().Select(item => item.GetProperty(key).GetString()!).ToList();
        return result.TryGetProperty("nextCursor", out var next) ? [.. names, .. (await gateway.Http.PostAsync(McpGateway.Request(kind + "/list", $$"""{"cursor":"{{next.GetString()}}"}"""))).Result.GetProperty(kind).EnumerateArray().Select(item => item.GetProperty(key).GetString()!)] : names;
    }
}
