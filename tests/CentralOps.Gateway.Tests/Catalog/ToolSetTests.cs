using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Catalog;

/// <summary>Named tool sets: list and call agree on what a caller sees. The callers here are anonymous.</summary>
public sealed class ToolSetTests
{
    [Theory]
    [InlineData("*", "a___one,a___two,b___one,live___x")]
    [InlineData("a___*", "a___one,a___two")]
    [InlineData("a___one", "a___one")]
    [InlineData("b___one,live___*", "b___one,live___x")]
    [InlineData("live___x", "live___x")]
    [InlineData("a*", "")]
    [InlineData("", "")]
    public async Task What_is_listed_can_be_called_and_nothing_else(string patterns, string seen)
    {
        await using var gateway = await StartAsync(new ToolSet("set", ["anonymous"], patterns.Split(',', StringSplitOptions.RemoveEmptyEntries)));
        var expected = seen.Split(',', StringSplitOptions.RemoveEmptyEntries);

        (await ListAsync(gateway, "tools", "name")).ShouldBe(expected, ignoreOrder: false);
        foreach (var tool in new[] { "a___one", "a___two", "b___one", "live___x" })
        {
            var answer = await gateway.Http.PostAsync(McpHttp.Call("{}", tool: tool));
            answer.Body.Contains("Unknown tool", StringComparison.Ordinal).ShouldBe(!expected.Contains(tool, StringComparer.Ordinal), tool);
        }
    }

    [Fact]
    public async Task A_caller_that_no_set_names_sees_nothing()
    {
        await using var gateway = await StartAsync(new ToolSet("others", ["arn:aws:iam::111111111111:role/Other"], ["*"]));

        (await ListAsync(gateway, "tools", "name")).ShouldBeEmpty();
        (await gateway.Http.PostAsync(McpHttp.Call("{}", tool: "a___one"))).Message.ShouldBe("Unknown tool: a___one");
    }

    [Fact]
    public async Task Sets_add_up()
    {
        await using var gateway = await StartAsync(new ToolSet("one", ["*"], ["a___one"]), new ToolSet("two", ["anonymous"], ["b___*"]));

        (await ListAsync(gateway, "tools", "name")).ShouldBe(["a___one", "b___one"]);
    }

    [Fact]
    public async Task Prompts_and_resources_are_seen_by_whole_targets_only()
    {
        await using var part = await StartAsync(new ToolSet("set", ["*"], ["a___one"]));
        await using var whole = await StartAsync(new ToolSet("set", ["*"], ["a___*"]));

        (await ListAsync(part, "resources", "uri")).ShouldBeEmpty();
        (await part.Http.PostAsync(McpGateway.Request("resources/read", """{"uri":"a://1"}"""))).Message.ShouldBe("Resource not found: a://1");
        (await part.Http.PostAsync(McpGateway.Request("prompts/get", """{"name":"a___p"}"""))).Message.ShouldBe("Unknown prompt: a___p");
        (await ListAsync(whole, "resources", "uri")).ShouldBe(["a://1"]);
        (await ListAsync(whole, "prompts", "name")).ShouldBe(["a___p"]);
    }

    private static Task<TestGateway> StartAsync(params ToolSet[] sets)
    {
        var servers = new Dictionary<string, TestMcpTarget>(StringComparer.Ordinal)
        {
            ["a"] = new(_ => "{}"),
            ["b"] = new(_ => "{}"),
            ["live"] = new(request => request.Method == "tools/list" ? """{"tools":[{"name":"x"}]}""" : """{"prompts":[],"resources":[]}"""),
        };
        return McpGateway.StartAsync(
            servers,
            config => config with { ToolSets = sets },
            McpGateway.Target("a", new() { Tools = [McpGateway.Tool("one"), McpGateway.Tool("two")], Resources = [McpGateway.Resource("a://1", "r")], Prompts = [McpGateway.Prompt("p")] }),
            McpGateway.Target("b", new() { Tools = [McpGateway.Tool("one")] }),
            McpGateway.Target("live", mode: ListingMode.Dynamic));
    }

    private static async Task<List<string>> ListAsync(TestGateway gateway, string kind, string key)
    {
        var (names, parameters) = (new List<string>(), "{}");
        while (true)
        {
            var result = (await gateway.Http.PostAsync(McpGateway.Request(kind + "/list", parameters))).Result;
            names.AddRange(result.GetProperty(kind).EnumerateArray().Select(item => item.GetProperty(key).GetString()!));
            if (!result.TryGetProperty("nextCursor", out var next))
            {
                return names;
            }

            parameters = $$"""{"cursor":"{{next.GetString()}}"}""";
        }
    }
}
