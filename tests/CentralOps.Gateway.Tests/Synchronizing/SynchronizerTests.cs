using CentralOps.Gateway.Synchronizing;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Synchronizing;

public sealed class SynchronizerTests
{
    private const string Words = "Failed to connect and fetch tools from the provided MCP target server. Error - ";

    [Theory]
    [InlineData("2026-07-28", false)]
    [InlineData("2025-11-25", true)]
    [InlineData("2025-06-18", false)]
    [InlineData("2025-03-26", true)]
    public async Task Everything_that_a_server_lists_is_read_to_the_last_page_and_kept_whole(string version, bool streams)
    {
        await using var peer = await McpPeer.SpeakingAsync(version, Listed, sessions: version != "2026-07-28", streams: streams);

        var catalog = (await SynchronizeAsync(peer.Url)).ShouldBeOfType<SyncOutcome.Synchronized>().Catalog;

        catalog.Tools.Select(tool => tool.Name).ShouldBe(Enumerable.Range(0, 1000).Select(i => $"tool-{i}"));
        catalog.Tools[7].Description.ShouldBe("Does ü.");
        catalog.Tools[7].Listed!.Value.GetProperty("annotations").GetProperty("readOnlyHint").GetBoolean().ShouldBeTrue();
        catalog.Tools[7].OutputSchema!.Value.GetProperty("type").GetString().ShouldBe("object");
        catalog.Prompts.Single().Name.ShouldBe("hello");
        catalog.Resources.Single().Uri.ShouldBe("file:///a");
        catalog.ResourceTemplates.Single().Listed.GetProperty("title").GetString().ShouldBe("T");
        if (version != "2026-07-28")
        {
            peer.Received.Last().HttpMethod.ShouldBe("DELETE");
        }
    }

    [Fact]
    public async Task A_server_without_prompts_and_resources_is_asked_for_neither_and_one_that_does_not_know_them_has_none()
    {
        await using var bare = await McpPeer.StartAsync((received, context) => context.ResultAsync(
            received, received.Method == "server/discover" ? """{"supportedVersions":["2026-07-28"],"capabilities":{"tools":{}}}""" : """{"tools":[]}"""));
        await using var boasting = await McpPeer.SpeakingAsync("2025-06-18", received => received.Method == "tools/list" ? "\"result\":{\"tools\":[]}" : "\"error\":{\"code\":-32601,\"message\":\"?\"}");

        (await SynchronizeAsync(bare.Url)).ShouldBeOfType<SyncOutcome.Synchronized>();
        bare.Received.Select(received => received.Method).ShouldBe(["server/discover", "tools/list"]);
        (await SynchronizeAsync(boasting.Url)).ShouldBeOfType<SyncOutcome.Synchronized>().Catalog.Prompts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"tools":[],"nextCursor":"again"}""", "for the second time")]
    [InlineData("""{"tools":[],"nextCursor":7}""", "not a string")]
    [InlineData("""{"tools":{}}""", "without a list of tools")]
    [InlineData("""{"tools":[{"name":"a","inputSchema":{"type":"object"}},{"name":"a","inputSchema":{"type":"object"}}]}""", "'a' is listed twice")]
    [InlineData("""{"tools":[TOOLS]}""", "more than 1000 tools")]
    public async Task A_list_that_cannot_be_served_fails_the_synchronization_with_the_reason(string page, string reason)
    {
        var tools = string.Join(',', Enumerable.Range(0, 1001).Select(i => $$"""{"name":"t{{i}}","inputSchema":{"type":"object"} }"""));
        await using var peer = await McpPeer.SpeakingAsync("2026-07-28", _ => "\"result\":" + page.Replace("TOOLS", tools, StringComparison.Ordinal));

        Failed((await SynchronizeAsync(peer.Url)).ShouldBeOfType<SyncOutcome.Failed>().Reason, reason);
    }

    [Fact]
    public async Task Lists_that_never_end_are_left_at_a_bound()
    {
        var page = 0;
        await using var peer = await McpPeer.SpeakingAsync("2026-07-28", _ => $"\"result\":{{\"tools\":[],\"nextCursor\":\"{page++}\",\"x\":\"{new string('x', 500_000)}\"}}");

        Failed((await SynchronizeAsync(peer.Url)).ShouldBeOfType<SyncOutcome.Failed>().Reason, "10 MB or 1000 pages");
        page.ShouldBeLessThan(30);
    }

    [Fact]
    public async Task Tools_that_cannot_be_called_are_left_out_with_a_warning_and_long_names_are_warned_of()
    {
        var longName = new string('n', 70);
        var tooLong = new string('n', 251);
        var page = $$"""
            {"tools":[{"name":"good","inputSchema":{"type":"object"} },{"name":"bad name\u202e","inputSchema":{"type":"object"} },{"name":"schemaless"},{"name":"array","inputSchema":{"type":"array"} },
            {"name":"{{longName}}","inputSchema":{"type":"object"} },{"name":"{{tooLong}}","inputSchema":{"type":"object"} },{"inputSchema":{} },7,
            {"name":"header","inputSchema":{"type":"object","properties":{"a":{"type":"number","x-mcp-header":"A"} } } }]}
            """;
        await using var peer = await McpPeer.SpeakingAsync("2026-07-28", received => "\"result\":" + (received.Method == "tools/list" ? page : """{"prompts":[],"resources":[{"x":1}],"resourceTemplates":[]}"""));

        var outcome = (await SynchronizeAsync(peer.Url)).ShouldBeOfType<SyncOutcome.Synchronized>();

        outcome.Catalog.Tools.Select(tool => tool.Name).ShouldBe(["good", longName]);
        outcome.Warnings.Count.ShouldBe(9);
        outcome.Warnings.ShouldContain(warning => warning.Contains("'bad name' is left out", StringComparison.Ordinal));
        outcome.Warnings.ShouldContain(warning => warning.Contains("has 77 characters. Agents on Bedrock take 64", StringComparison.Ordinal));
        outcome.Warnings.ShouldContain("The tool 'header' is left out: the x-mcp-header 'A' stands at a parameter that is no string, integer or boolean.");
    }

    [Fact]
    public async Task A_live_target_is_connected_to_and_nothing_of_it_is_kept()
    {
        await using var peer = await McpPeer.SpeakingAsync("2026-07-28", Listed);
        var target = McpPeer.Config(peer.Url) with { Endpoint = new TargetEndpoint.McpServer(peer.Url, ListingMode.Dynamic) };

        (await new TargetSynchronizer(McpPeer.Targets(), TimeProvider.System).SynchronizeAsync(TestGateway.Config(), target, default))
            .ShouldBeOfType<SyncOutcome.Synchronized>().Catalog.Tools.ShouldBeEmpty();
        peer.Received.ShouldContain(received => received.Method == "tools/list");
    }

    [Fact]
    public async Task A_server_that_is_not_there_or_hangs_fails_in_agentcores_words()
    {
        Failed((await SynchronizeAsync("http://127.0.0.1:1/mcp")).ShouldBeOfType<SyncOutcome.Failed>().Reason, "could not be reached: it refused the connection");
        Failed((await SynchronizeAsync("https://10.0.0.1/mcp")).ShouldBeOfType<SyncOutcome.Failed>().Reason, "leads to a private address");
        Failed((await SynchronizeAsync("nonsense")).ShouldBeOfType<SyncOutcome.Failed>().Reason, "endpoint cannot be used");

        var time = new ManualTime();
        await using var peer = await McpPeer.StartAsync((_, context) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        var synchronizer = new TargetSynchronizer(McpPeer.Targets(time: time, timeout: TimeSpan.FromMinutes(10)), time);
        var run = synchronizer.SynchronizeAsync(TestGateway.Config(), McpPeer.Config(peer.Url), default).AsTask();
        await Eventually.BecomesTrue(() => !peer.Received.IsEmpty);
        time.Advance(TimeSpan.FromMinutes(2));
        Failed((await run.WaitAsync(TimeSpan.FromSeconds(60))).ShouldBeOfType<SyncOutcome.Failed>().Reason, "longer than 120 seconds");
    }

    [Fact]
    public async Task Targets_with_a_schema_have_nothing_to_be_asked()
    {
        var target = TestGateway.Target("ec2", TestGateway.Tool("echo"));

        (await new TargetSynchronizer(McpPeer.Targets(), TimeProvider.System).SynchronizeAsync(TestGateway.Config(), target, default))
            .ShouldBeOfType<SyncOutcome.Synchronized>().Catalog.ShouldBeSameAs(target.Catalog);
    }

    private static string Listed(McpReceived received)
    {
        if (received.Method != "tools/list")
        {
            return "\"result\":" + received.Method switch
            {
                "prompts/list" => """{"prompts":[{"name":"hello"}]}""",
                "resources/list" => """{"resources":[{"uri":"file:///a","name":"a"}]}""",
                _ => """{"resourceTemplates":[{"uriTemplate":"file:///{x}","name":"a","title":"T"}]}""",
            };
        }

        var from = received.Params.TryGetProperty("cursor", out var cursor) ? int.Parse(cursor.GetString()!["ü".Length..]) : 0;
        var tools = Enumerable.Range(from, 250).Select(i => $$"""
            {"name":"tool-{{i}}","description":"Does ü.","inputSchema":{"type":"object","oneOf":[{}]},"outputSchema":{"type":"object"},"annotations":{"readOnlyHint":true} }
            """);
        return $$"""
            "result":{"tools":[{{string.Join(',', tools)}}]{{(from < 750 ? $",\"nextCursor\":\"ü{from + 250}\"" : "")}} }
            """;
    }

    private static void Failed(string reason, string part)
    {
        reason.ShouldStartWith(Words);
        reason.ShouldContain(part);
    }

    private static ValueTask<SyncOutcome> SynchronizeAsync(string url) =>
        new TargetSynchronizer(McpPeer.Targets(), TimeProvider.System).SynchronizeAsync(TestGateway.Config(), McpPeer.Config(url), default);
}
