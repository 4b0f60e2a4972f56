using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Catalog;

/// <summary>Targets whose lists are forwarded (DYNAMIC).</summary>
public sealed class LiveListTests
{
    [Fact]
    public async Task Live_targets_follow_what_is_kept_page_by_page()
    {
        await using var gateway = await StartAsync(
            new() { ["live"] = Paged("one", "two"), ["more"] = Paged("three") },
            McpGateway.Target("kept", new() { Tools = [McpGateway.Tool("a")] }),
            McpGateway.Target("live", mode: ListingMode.Dynamic),
            McpGateway.Target("more", mode: ListingMode.Dynamic));

        (await AllAsync(gateway)).ShouldBe(["kept___a", "live___one", "live___two", "more___three"]);
    }

    [Fact]
    public async Task A_dead_target_leaves_its_part_empty_and_the_rest_is_listed()
    {
        await using var gateway = await StartAsync(
            new() { ["dead"] = new(_ => null), ["broken"] = new(_ => "[]"), ["thrown"] = new(_ => throw new InvalidOperationException("x")), ["more"] = Paged("three") },
            McpGateway.Target("dead", mode: ListingMode.Dynamic),
            McpGateway.Target("broken", mode: ListingMode.Dynamic),
            McpGateway.Target("thrown", mode: ListingMode.Dynamic),
            McpGateway.Target("more", mode: ListingMode.Dynamic));

        (await AllAsync(gateway)).ShouldBe(["more___three"]);
    }

    [Fact]
    public async Task What_a_server_lists_wrongly_is_left_out()
    {
        await using var gateway = await StartAsync(
            new() { ["live"] = new(_ => """{"tools":[1,{"name":7},{},{"name":"good"}],"nextCursor":5}""") },
            McpGateway.Target("live", mode: ListingMode.Dynamic));

        (await AllAsync(gateway)).ShouldBe(["live___good"]);
    }

    [Fact]
    public async Task A_live_tool_is_called_without_having_been_listed()
    {
        var live = Paged("one");
        await using var gateway = await StartAsync(new() { ["live"] = live }, McpGateway.Target("live", mode: ListingMode.Dynamic));

        (await gateway.Http.PostAsync(McpHttp.Call("{}", tool: "live___anything"))).Result.GetProperty("isError").GetBoolean().ShouldBeFalse();
        (await gateway.Http.PostAsync(McpHttp.Call("{}", tool: "gone___anything"))).Message.ShouldBe("Unknown tool: gone___anything");
        live.Called.ShouldBe(["live___anything"]);
    }

    [Theory]
    [InlineData("live.NOTATARGET")]
    [InlineData("live.")]
    [InlineData("live.x.y.z")]
    [InlineData("live.x.%%%")]
    public async Task A_cursor_that_was_never_handed_out_is_refused(string cursor)
    {
        var live = Paged("one");
        await using var gateway = await StartAsync(new() { ["live"] = live }, McpGateway.Target("live", mode: ListingMode.Dynamic));

        (await gateway.Http.PostAsync(McpGateway.Request("tools/list", $$"""{"cursor":"{{cursor}}"}"""))).Code.ShouldBe(-32602);
        live.Forwarded.ShouldBeEmpty();
    }

    [Fact]
    public async Task Both_eras_page_through_live_targets()
    {
        await using var gateway = await StartAsync(new() { ["live"] = Paged("one", "two") }, McpGateway.Target("live", mode: ListingMode.Dynamic));
        var first = (await gateway.Http.PostStatelessAsync("tools/list")).Result;

        var second = (await gateway.Http.PostStatelessAsync("tools/list", $"\"cursor\":\"{first.GetProperty("nextCursor").GetString()}\"")).Result;

        second.GetProperty("tools")[0].GetProperty("name").GetString().ShouldBe("live___one");
        second.GetProperty("resultType").GetString().ShouldBe("complete");
    }

    private static Task<TestGateway> StartAsync(Dictionary<string, TestMcpTarget> servers, params TargetConfig[] targets)
    {
        servers.TryAdd("kept", new(_ => null));
        return McpGateway.StartAsync(servers, targets);
    }

    // A tool a page; the cursor is the index of the next.
    private static TestMcpTarget Paged(params string[] tools) => new(request =>
    {
        using var parameters = System.Text.Json.JsonDocument.Parse(request.Params);
        var at = parameters.RootElement.TryGetProperty("cursor", out var cursor) ? int.Parse(cursor.GetString()!, System.Globalization.CultureInfo.InvariantCulture) : 0;
        var next = at + 1 < tools.Length ? $",\"nextCursor\":\"{at + 1}\"" : "";
        return "{\"tools\":[{\"name\":\"" + tools[at] + "\",\"inputSchema\":{\"type\":\"object\"}}]" + next + "}";
    });

    private static async Task<List<string>> AllAsync(TestGateway gateway)
    {
        var names = new List<string>();
        var parameters = "{}";
        for (var page = 0; page < 20; page++)
        {
            var result = (await gateway.Http.PostAsync(McpGateway.Request("tools/list", parameters))).Result;
            names.AddRange(result.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()!));
            if (!result.TryGetProperty("nextCursor", out var next))
            {
                return names;
            }

            parameters = $$"""{"cursor":"{{next.GetString()}}"}""";
        }

        throw new InvalidOperationException("The list has no end.");
    }
}
