using System.Text.Json;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Discovery;

public sealed class SearchToolTests
{
    private static readonly GatewayConfig Config = TestGateway.Config(
        TestGateway.Target("aws", SearchedGateway.Tool("describe_instances", "Describes instances."), SearchedGateway.Tool("list_buckets", "Lists buckets.")),
        TestGateway.Target("chat", SearchedGateway.Tool("post", "Writes to a channel.")));

    [Fact]
    public async Task The_search_tool_is_listed_first_and_exactly_as_agentcore_declares_it()
    {
        await using var gateway = await SearchedGateway.StartAsync(Config);
        var tools = (await gateway.Http.PostStatelessAsync("tools/list")).Result.GetProperty("tools");
        tools.GetArrayLength().ShouldBe(4);
        tools[0].GetRawText().ShouldBe("""
            {"name":"x_amz_bedrock_agentcore_search","description":"A special tool that returns a trimmed down list of tools given a context. Use this tool only when there are many tools available and you want to get a subset that matches the provided context.","inputSchema":{"type":"object","properties":{"query":{"type":"string","description":"search query to use for finding tools"}},"required":["query"]}}
            """);
    }

    [Theory]
    [InlineData(ListPaging.OnePage)]
    [InlineData(ListPaging.PerTarget)]
    public async Task It_stands_on_the_first_page_and_no_other(ListPaging paging)
    {
        await using var gateway = await SearchedGateway.StartAsync(Config with { Switches = new() { ListPaging = paging } });
        var first = (await gateway.Http.PostStatelessAsync("tools/list")).Result;
        Names(first)[..2].ShouldBe([SearchedGateway.ToolName, "aws___describe_instances"]);
        if (first.TryGetProperty("nextCursor", out var cursor))
        {
            Names((await gateway.Http.PostStatelessAsync("tools/list", $"\"cursor\":{cursor.GetRawText()}")).Result).ShouldBe(["chat___post"]);
        }
    }

    [Fact]
    public async Task Without_search_there_is_no_such_tool()
    {
        await using var gateway = await TestGateway.StartAsync();
        Names((await gateway.Http.PostStatelessAsync("tools/list")).Result).ShouldBe(["ec2___echo"]);
        (await gateway.SearchAsync("x")).Message.ShouldBe("Unknown tool: x_amz_bedrock_agentcore_search");
    }

    [Fact]
    public async Task What_is_found_is_told_twice_as_it_is_listed_and_callable_under_its_name()
    {
        await using var gateway = await SearchedGateway.StartAsync(Config);
        var listed = (await gateway.Http.PostStatelessAsync("tools/list")).Result.GetProperty("tools").EnumerateArray().Select(tool => tool.GetRawText()).ToArray();

        var answer = await gateway.SearchAsync("servers");

        answer.IsError.ShouldBeFalse();
        var found = answer.Result.GetProperty("structuredContent").GetProperty("tools").EnumerateArray().ToArray();
        found[0].GetProperty("name").GetString().ShouldBe("aws___describe_instances");
        found.ShouldAllBe(tool => listed.Contains(tool.GetRawText()));
        answer.Text.ShouldBe(answer.Result.GetProperty("structuredContent").GetRawText());
        (await gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}""", tool: found[0].GetProperty("name").GetString()!))).Text.ShouldBe("""{"message":"hi"}""");
    }

    [Fact]
    public async Task Older_clients_get_the_text_alone()
    {
        await using var gateway = await SearchedGateway.StartAsync(Config);
        var answer = await gateway.Http.PostAsync(McpHttp.Call("""{"query":"bucket"}""", tool: SearchedGateway.ToolName));
        answer.Result.TryGetProperty("structuredContent", out _).ShouldBeFalse();
        Names(JsonDocument.Parse(answer.Text).RootElement)[0].ShouldBe("aws___list_buckets");
    }

    [Fact]
    public async Task A_query_that_fits_nothing_finds_nothing_and_is_no_error()
    {
        await using var gateway = await SearchedGateway.StartAsync(Config);
        var answer = await gateway.SearchAsync("qqqqqqqq");
        answer.IsError.ShouldBeFalse();
        answer.Text.ShouldBe("""{"tools":[]}""");

        await using var empty = await SearchedGateway.StartAsync(TestGateway.Config());
        (await empty.SearchAsync("bucket")).Text.ShouldBe("""{"tools":[]}""");
    }

    [Theory]
    [InlineData("{}", "query: is required and missing")]
    [InlineData("""{"query":7}""", "query: is a number and must be a string")]
    [InlineData("""{"query":null}""", "query: is null")]
    public async Task A_search_without_a_query_is_told_what_to_send(string arguments, string problem)
    {
        await using var gateway = await SearchedGateway.StartAsync(Config);
        var answer = await gateway.Http.PostAsync(McpHttp.Call(arguments, tool: SearchedGateway.ToolName));
        answer.IsError.ShouldBeTrue();
        answer.Text.ShouldStartWith(problem);
    }

    [Fact]
    public async Task Parameters_are_searched_at_any_depth()
    {
        var deep = """{"type":"object","properties":{"filter":{"type":"object","properties":{"hosts":{"type":"array","items":{"type":"object","properties":{"zebra_crossing":{"type":"string","description":"Of the okapi."}}}}}}}}""";
        await using var gateway = await SearchedGateway.StartAsync(TestGateway.Config(TestGateway.Target("a", TestGateway.Tool("one", deep), TestGateway.Tool("two"))));
        (await gateway.FindAsync("zebraCrossing")).ShouldBe(["a___one"]);
        (await gateway.FindAsync("okapis")).ShouldBe(["a___one"]);
    }

    [Fact]
    public async Task Tools_of_targets_that_list_live_are_not_found()
    {
        var live = TestGateway.Target("live", SearchedGateway.Tool("unicorn", "Finds unicorns.")) with { Endpoint = new TargetEndpoint.McpServer("http://127.0.0.1:1/mcp", ListingMode.Dynamic) };
        var kept = TestGateway.Target("kept", SearchedGateway.Tool("unicorns", "Keeps unicorns.")) with { Endpoint = new TargetEndpoint.McpServer("http://127.0.0.1:1/mcp") };
        var options = TestGateway.Options(TestGateway.Config()) with { Gateway = TestGateway.Config(live, kept) with { Search = true }, McpServers = (_, _) => new TestTarget() };
        await using var gateway = await TestGateway.StartAsync(options);
        (await gateway.FindAsync("unicorn")).ShouldBe(["kept___unicorns"]);
    }

    [Fact]
    public async Task An_answer_has_ten_tools_or_as_many_as_the_switch_says()
    {
        var many = TestGateway.Config(TestGateway.Target("a", [.. Enumerable.Range(0, 30).Select(i => SearchedGateway.Tool($"t{i:00}", "Does the same."))]));
        await using (var gateway = await SearchedGateway.StartAsync(many))
        {
            (await gateway.FindAsync("same")).ShouldBe(Enumerable.Range(0, 10).Select(i => $"a___t{i:00}"));
        }

        await using var other = await SearchedGateway.StartAsync(many with { Switches = new() { SearchResults = 3 } });
        (await other.FindAsync("same")).Length.ShouldBe(3);
    }

    [Fact]
    public async Task The_quota_refuses_where_it_is_switched_on_and_frees_itself()
    {
        var time = new ManualTime();
        await using var gateway = await SearchedGateway.StartAsync(Config with { Switches = new() { SearchPerMinute = 2 } }, options => options with { Time = time });
        await gateway.FindAsync("bucket");
        time.Advance(TimeSpan.FromSeconds(40));
        await gateway.FindAsync("bucket");

        var refused = await gateway.SearchAsync("bucket");
        refused.Code.ShouldBe(-32003);
        refused.Message.ShouldBe("Rate limit exceeded: this gateway is searched 2 times a minute at most. Search again in 20 s, or use tools/list.");
        (await gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}""", tool: "chat___post"))).IsError.ShouldBeFalse();

        time.Advance(TimeSpan.FromSeconds(20));
        (await gateway.FindAsync("bucket")).ShouldNotBeEmpty();
        (await gateway.SearchAsync("bucket")).Code.ShouldBe(-32003);
    }

    [Fact]
    public async Task Wrong_settings_of_search_are_named_at_start()
    {
        var config = Config with { Switches = new() { SearchResults = 0, SearchPerMinute = 0 } };
        var problems = (await Should.ThrowAsync<GatewayStartException>(() => SearchedGateway.StartAsync(config))).Message;
        problems.ShouldContain("search_results must be 1 to 100, not 0");
        problems.ShouldContain("search_per_minute must be off, or 1 to 100000, not 0");
    }

    [Fact]
    public async Task Hostile_queries_are_answered_and_the_gateway_goes_on()
    {
        await using var gateway = await SearchedGateway.StartAsync(Config);
        string[] hostile = [new('a', 1_000_000), string.Join(' ', Enumerable.Range(0, 10_000).Select(i => $"wrod{i}")), "\u202E\u0000\u0007", "'; DROP TABLE tools; --", "\" OR NEAR(a b)*", "", "🙂"];
        foreach (var query in hostile)
        {
            (await gateway.SearchAsync(query)).IsError.ShouldBeFalse();
        }

        (await gateway.FindAsync("buckets"))[0].ShouldBe("aws___list_buckets");
    }

    [Fact]
    public async Task An_answer_that_would_outgrow_a_payload_is_cut_at_a_tool()
    {
        var large = $$"""{"type":"object","description":"{{new string('x', 900_000)}}"}""";
        var tools = Enumerable.Range(0, 6).Select(i => TestGateway.Tool($"big{i}", large)).ToArray();
        await using var gateway = await SearchedGateway.StartAsync(TestGateway.Config(TestGateway.Target("a", tools)));
        var answer = await gateway.SearchAsync("does");
        answer.Body.Length.ShouldBeLessThan(6 * 1024 * 1024);
        answer.Result.GetProperty("structuredContent").GetProperty("tools").GetArrayLength().ShouldBeInRange(1, 3);
    }

    [Fact]
    public async Task Many_first_searches_at_once_all_get_the_same_answer()
    {
        await using var gateway = await SearchedGateway.StartAsync(Config);
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => gateway.SearchAsync("list the buckets")));
        answers.Select(answer => answer.Body).Distinct().ShouldHaveSingleItem();
    }

    private static string[] Names(JsonElement listing) => [.. listing.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()!)];
}
