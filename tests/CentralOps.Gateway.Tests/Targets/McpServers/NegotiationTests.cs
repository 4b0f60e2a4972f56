using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Gateway.Tests.Targets.McpServers;

/// <summary>How it is found out what a server speaks.</summary>
public sealed class NegotiationTests
{
    private const string Ok = "\"result\":{\"content\":[]}";

    [Theory]
    [InlineData(400, "")]
    [InlineData(400, "Bad Request")]
    [InlineData(404, "")]
    [InlineData(405, "")]
    [InlineData(500, "{\"oops\":true}")]
    [InlineData(503, "<html>")]
    [InlineData(200, "not JSON")]
    [InlineData(202, "")]
    public async Task Whatever_is_no_answer_of_the_stateless_era_leads_to_the_handshake(int status, string body)
    {
        await using var peer = await McpPeer.StartAsync((received, context) => received.Method switch
        {
            "server/discover" => Answer(context, status, body),
            "initialize" => context.ResultAsync(received, """{"protocolVersion":"2025-06-18","capabilities":{}}"""),
            "tools/call" => context.MessageAsync($$"""{"jsonrpc":"2.0","id":{{received.Id}},{{Ok}} }"""),
            _ => Answer(context, 202, ""),
        });

        (await peer.Open().CallAsync()).Text().ShouldBe("""{"content":[]}""");
        peer.Received.Select(received => received.Method).ShouldBe(["server/discover", "initialize", "notifications/initialized", "tools/call"]);
        peer.Received.ElementAt(1).Params.GetProperty("protocolVersion").GetString().ShouldBe("2025-11-25");
        peer.Received.ElementAt(1).Header("MCP-Protocol-Version").ShouldBe("");
    }

    [Fact]
    public async Task A_server_that_names_its_versions_is_greeted_in_the_newest_that_both_speak()
    {
        await using var peer = await McpPeer.StartAsync((received, context) =>
        {
            context.Response.StatusCode = received.Method == "server/discover" ? 400 : received.Id.Length == 0 ? 202 : 200;
            return received.Method switch
            {
                "server/discover" => context.MessageAsync($$$"""
                    {"jsonrpc":"2.0","id":{{{received.Id}}},"error":{"code":-32022,"message":"Unsupported","data":{"supported":["2025-03-26","2025-06-18","2030-01-01"],"requested":"2026-07-28"} } }
                    """),
                "initialize" => context.ResultAsync(received, $$"""{"protocolVersion":"{{received.Params.GetProperty("protocolVersion").GetString()}}","capabilities":{} }"""),
                _ => context.MessageAsync($$"""{"jsonrpc":"2.0","id":{{(received.Id.Length > 0 ? received.Id : "0")}},{{Ok}} }"""),
            };
        });

        (await peer.Open().CallAsync()).Text().ShouldBe("""{"content":[]}""");
        peer.Calls.Single().Header("MCP-Protocol-Version").ShouldBe("2025-06-18");
    }

    [Fact]
    public async Task A_server_that_refuses_a_revision_and_offers_the_same_is_asked_once_more()
    {
        var probes = 0;
        await using var peer = await McpPeer.StartAsync((received, context) =>
        {
            if (received.Method == "server/discover" && probes++ == 0)
            {
                context.Response.StatusCode = 400;
                return context.MessageAsync($$$"""
                    {"jsonrpc":"2.0","id":{{{received.Id}}},"error":{"code":-32022,"message":"Unsupported","data":{"supported":["2026-07-28"],"requested":"2026-07-28"} } }
                    """);
            }

            return context.ResultAsync(received, received.Method == "server/discover" ? """{"supportedVersions":["2026-07-28"]}""" : """{"content":[]}""");
        });

        (await peer.Open().CallAsync()).Failure.ShouldBeNull();
        probes.ShouldBe(2);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task A_server_that_refuses_the_revision_and_names_it_all_the_same_is_asked_once_more(int refusals, bool agreed)
    {
        var left = refusals;
        await using var peer = await McpPeer.StartAsync((received, context) =>
        {
            if (received.Method == "server/discover" && left-- > 0)
            {
                context.Response.StatusCode = 400;
                return context.MessageAsync($$$"""
                    {"jsonrpc":"2.0","id":{{{received.Id}}},"error":{"code":-32022,"message":"Unsupported","data":{"supported":["2026-07-28"],"requested":"2026-07-28"} } }
                    """);
            }

            return received.Method == "server/discover"
                ? context.ResultAsync(received, """{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{} } }""")
                : context.MessageAsync($$"""{"jsonrpc":"2.0","id":{{received.Id}},{{Ok}} }""");
        });

        var answer = await peer.Open().CallAsync();

        (answer.Failure is null).ShouldBe(agreed);
        peer.Received.Count(received => received.Method == "server/discover").ShouldBe(2);
        peer.Received.ShouldNotContain(received => received.Method == "initialize");
    }

    [Theory]
    [InlineData("2024-11-05", "speaks MCP 2024-11-05, and the gateway speaks 2026-07-28")]
    [InlineData("2026-07-28", "speaks MCP 2026-07-28, and")]
    [InlineData("\\u202e\\n9", "speaks MCP  9, and")]
    public async Task A_server_that_agrees_on_what_nobody_offered_is_refused_in_words(string version, string words)
    {
        await using var peer = await McpPeer.StartAsync((received, context) => received.Method == "initialize"
            ? context.ResultAsync(received, $$"""{"protocolVersion":"{{version}}","capabilities":{} }""")
            : Answer(context, 404, ""));

        var failure = (await peer.Open().CallAsync()).Failure;

        failure!.Kind.ShouldBe(TargetFailureKind.Service);
        failure.Detail.ShouldContain(words, Case.Sensitive);
    }

    [Fact]
    public async Task A_server_that_never_answers_the_probe_is_greeted_after_ten_seconds()
    {
        var time = new ManualTime();
        await using var peer = await McpPeer.StartAsync(async (received, context) =>
        {
            if (received.Method == "server/discover")
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            }

            await (received.Id.Length == 0 ? Answer(context, 202, "")
                : received.Method == "initialize" ? context.ResultAsync(received, """{"protocolVersion":"2025-06-18","capabilities":{}}""")
                : context.MessageAsync($$"""{"jsonrpc":"2.0","id":{{received.Id}},{{Ok}} }"""));
        });
        var call = peer.Open(targets: McpPeer.Targets(time: time)).CallAsync().AsTask();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await time.UntilAwaitedAsync(TimeSpan.FromSeconds(10), patience.Token);
        while (peer.Received.IsEmpty)
        {
            await Task.Yield();
        }

        time.Advance(TimeSpan.FromSeconds(10));

        (await call.WaitAsync(patience.Token)).Text().ShouldBe("""{"content":[]}""");
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_server_that_does_not_let_us_in_is_not_greeted_and_asked_again_at_the_next_call(int status)
    {
        var locked = true;
        await using var peer = await McpPeer.StartAsync((received, context) => locked
            ? Answer(context, status, "go away")
            : context.ResultAsync(received, received.Method == "server/discover" ? """{"supportedVersions":["2026-07-28"]}""" : """{"content":[]}"""));
        var target = peer.Open();

        var failure = (await target.CallAsync()).Failure;
        failure!.Kind.ShouldBe(TargetFailureKind.Access);
        failure.Detail.ShouldContain($"status {status}");
        failure.Detail.ShouldNotContain("go away");
        peer.Received.Count.ShouldBe(1);

        locked = false;
        (await target.CallAsync()).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task A_refused_handshake_is_told_with_the_servers_words_shaped()
    {
        await using var peer = await McpPeer.StartAsync((received, context) => received.Method == "initialize"
            ? context.ErrorAsync(received, 200, -32603, "no \\u001b[31mroom\\u202e today")
            : Answer(context, 404, ""));

        (await peer.Open().CallAsync()).Failure!.Detail.ShouldContain("refused initialize (-32603): no [31mroom today", Case.Sensitive);
    }

    private static Task Answer(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    }
}
