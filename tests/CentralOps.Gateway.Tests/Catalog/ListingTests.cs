using CentralOps.Gateway.Tests.Fixtures;
using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Tests.Catalog;

public sealed class ListingTests
{
    [Fact]
    public async Task A_hundred_tools_are_one_page_without_a_cursor()
    {
        await using var gateway = await StartAsync(ListPaging.OnePage, Tools("a", 60), Tools("b", 40));

        var result = (await ListAsync(gateway)).Result;

        result.GetProperty("tools").GetArrayLength().ShouldBe(100);
        result.TryGetProperty("nextCursor", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task More_than_a_hundred_tools_come_in_pages_in_the_order_of_the_configuration()
    {
        await using var gateway = await StartAsync(ListPaging.OnePage, Tools("a", 60), Tools("b", 141));

        var pages = await PagesAsync(gateway);

        pages.Select(page => page.Length).ShouldBe([100, 100, 1]);
        pages.SelectMany(page => page).ShouldBe([.. Names("a", 60), .. Names("b", 141)]);
    }

    [Fact]
    public async Task Paged_per_target_each_target_has_pages_of_its_own()
    {
        await using var gateway = await StartAsync(ListPaging.PerTarget, Tools("a", 2), Tools("b", 1), Tools("c", 130));

        var pages = await PagesAsync(gateway);

        pages.Select(page => page.Length).ShouldBe([2, 1, 100, 30]);
        pages[1].ShouldBe(["b___tool_0"]);
    }

    [Fact]
    public async Task A_thousand_tools_are_listed_completely_in_both_eras()
    {
        await using var gateway = await StartAsync(ListPaging.OnePage, Tools("a", 1000));

        (await PagesAsync(gateway)).SelectMany(page => page).ShouldBe(Names("a", 1000));
        (await PagesAsync(gateway, stateless: true)).SelectMany(page => page).ShouldBe(Names("a", 1000));
    }

    [Fact]
    public async Task A_gateway_without_tools_lists_none()
    {
        await using var gateway = await StartAsync(ListPaging.PerTarget);

        (await ListAsync(gateway)).Body.ShouldBe("""{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}""");
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"made-up\"")]
    [InlineData("\"MQ==\"")]
    [InlineData("7")]
    [InlineData("null")]
    public async Task A_cursor_that_was_not_handed_out_is_invalid_params(string cursor)
    {
        await using var gateway = await StartAsync(ListPaging.OnePage, Tools("a", 150));

        var answer = await ListAsync(gateway, cursor);

        answer.Code.ShouldBe(-32602);
        answer.Message.ShouldContain("cursor");
    }

    [Fact]
    public async Task A_cursor_of_another_listing_or_changed_by_one_character_is_refused_and_one_of_a_replica_works()
    {
        await using var one = await StartAsync(ListPaging.OnePage, Tools("a", 150));
        await using var replica = await StartAsync(ListPaging.OnePage, Tools("a", 150));
        await using var other = await StartAsync(ListPaging.OnePage, Tools("a", 151));
        var cursor = (await ListAsync(one)).Result.GetProperty("nextCursor").GetString()!;

        (await ListAsync(replica, $"\"{cursor}\"")).Result.GetProperty("tools").GetArrayLength().ShouldBe(50);
        (await ListAsync(other, $"\"{cursor}\"")).Code.ShouldBe(-32602);
        (await ListAsync(one, $"\"{(cursor[0] == 'A' ? 'B' : 'A')}{cursor[1..]}\"")).Code.ShouldBe(-32602);
    }

    [Fact]
    public async Task A_tool_is_listed_with_its_schema_as_given_and_nothing_made_up()
    {
        await using var gateway = await TestGateway.StartAsync();

        var tool = (await ListAsync(gateway)).Result.GetProperty("tools")[0];

        tool.EnumerateObject().Select(member => member.Name).ShouldBe(["name", "description", "inputSchema"]);
        tool.GetProperty("description").GetString().ShouldBe("Does echo.");
        tool.GetProperty("inputSchema").GetProperty("properties").GetProperty("message").GetProperty("description").GetString().ShouldBe("What to say.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_output_schema_is_listed_exactly_where_structured_content_is_sent(bool structured)
    {
        var tool = TestGateway.Tool("echo", output: """{"type":"object"}""");
        var config = TestGateway.Config(TestGateway.Target("ec2", tool)) with { Switches = new() { StructuredContent = structured } };
        await using var gateway = await TestGateway.StartAsync(TestGateway.Options(config));
        (string, string) version = ("MCP-Protocol-Version", "2025-06-18");

        var list = await gateway.Http.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", version);
        var call = await gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""), version);

        list.Result.GetProperty("tools")[0].TryGetProperty("outputSchema", out _).ShouldBe(structured);
        call.Result.TryGetProperty("structuredContent", out _).ShouldBe(structured);
        call.Text.ShouldBe("""{"message":"hi"}""");
    }

    [Fact]
    public async Task A_name_over_64_characters_is_warned_of_and_served()
    {
        var logs = new TestLogs();
        var fits = new string('a', 64 - "ec2___".Length);
        var config = TestGateway.Config(TestGateway.Target("ec2", TestGateway.Tool(fits), TestGateway.Tool(fits + "b")));
        await using var gateway = await TestGateway.StartAsync(TestGateway.Options(config) with { Logging = logs });

        var warning = logs.Lines.Where(line => line.Level == LogLevel.Warning).ShouldHaveSingleItem();
        warning.Text.ShouldContain($"ec2___{fits}b");
        (await gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}""", tool: $"ec2___{fits}b"))).IsError.ShouldBeFalse();
    }

    private static TargetConfig Tools(string target, int count) =>
        TestGateway.Target(target, [.. Enumerable.Range(0, count).Select(i => TestGateway.Tool($"tool_{i}"))]);

    private static IEnumerable<string> Names(string target, int count) => Enumerable.Range(0, count).Select(i => $"{target}___tool_{i}");

    private static Task<TestGateway> StartAsync(ListPaging paging, params TargetConfig[] targets) =>
        TestGateway.StartAsync(TestGateway.Options(TestGateway.Config(targets) with { Switches = new() { ListPaging = paging } }));

    private static Task<McpAnswer> ListAsync(TestGateway gateway, string? cursor = null, bool stateless = false)
    {
        var parameters = cursor is null ? "" : $"\"cursor\":{cursor}";
        return stateless
            ? gateway.Http.PostStatelessAsync("tools/list", parameters)
            : gateway.Http.PostAsync("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{" + parameters + "}}");
    }

    private static async Task<List<string[]>> PagesAsync(TestGateway gateway, bool stateless = false)
    {
        var pages = new List<string[]>();
        for (string? cursor = null; ;)
        {
            var result = (await ListAsync(gateway, cursor, stateless)).Result;
            pages.Add([.. result.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()!)]);
            if (!result.TryGetProperty("nextCursor", out var next))
            {
                return pages;
            }

            cursor = next.GetRawText();
        }
    }
}
