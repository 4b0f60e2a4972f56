using System.Text.Json;
using CentralOps.Gateway.Synchronizing;
using CentralOps.Gateway.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Gateway.Tests.Targets.McpServers;

/// <summary>MCP servers behind a gateway, from socket to socket.</summary>
public sealed class FrontDoorTests
{
    [Theory]
    [InlineData(ListingMode.Default)]
    [InlineData(ListingMode.Dynamic)]
    public async Task Of_three_servers_one_is_dead_and_the_others_are_listed_found_and_called_unharmed(ListingMode mode)
    {
        await using var stateless = await McpPeer.SpeakingAsync("2026-07-28", received => Tools(received, "volume_list"));
        await using var handshake = await McpPeer.SpeakingAsync("2025-06-18", received => Tools(received, "bucket_list"), sessions: true, streams: true);
        var dead = await McpPeer.SpeakingAsync("2026-07-28", received => Tools(received, "bucket_gone"));
        await using var gateway = await StartAsync(mode, debug: true, ("one", stateless.Url), ("dead", dead.Url), ("two", handshake.Url));
        await dead.DisposeAsync();

        var listed = await ListAsync(gateway);
        listed.ShouldContain("one___volume_list");
        listed.ShouldContain("two___bucket_list");
        listed.Contains("dead___bucket_gone").ShouldBe(mode == ListingMode.Default);

        foreach (var (tool, peer) in new[] { ("one___volume_list", stateless), ("two___bucket_list", handshake) })
        {
            var call = await gateway.Http.PostAsync(McpHttp.Call("""{"a":1}""", tool: tool));
            call.Text.ShouldBe("""{"a":1}""");
            peer.Calls.Last().Params.GetProperty("name").GetString().ShouldBe(tool[6..]);
        }

        if (mode == ListingMode.Default)
        {
            var failed = await gateway.Http.PostAsync(McpHttp.Call("{}", tool: "dead___bucket_gone"));
            failed.IsError.ShouldBeTrue();
            failed.Text.ShouldContain("could not be reached: it refused the connection");
            var found = await gateway.Http.PostAsync(McpHttp.Call("""{"query":"buckets"}""", tool: "x_amz_bedrock_agentcore_search"));
            found.Text.ShouldContain("two___bucket_list");
        }
    }

    [Fact]
    public async Task What_is_wrong_with_a_server_is_told_in_debug_only()
    {
        await using var peer = await McpPeer.StartAsync((_, context) =>
        {
            context.Response.StatusCode = 500;
            return context.Response.WriteAsync("secret inside");
        });
        var target = McpPeer.Config(peer.Url) with { Catalog = new() { Tools = [McpGateway.Tool("t")] } };
        var config = TestGateway.Config(target);
        await using var gateway = await TestGateway.StartAsync(TestGateway.Options(config) with { Gateway = config, McpServers = McpPeer.Targets().Open });

        var answer = await gateway.Http.PostAsync(McpHttp.Call("{}", tool: "peer___t"));

        answer.IsError.ShouldBeTrue();
        answer.Text.ShouldBe("An internal error occurred. Please retry later.");
    }

    [Fact]
    public async Task Stateless_clients_and_headers_that_come_back_pass_from_socket_to_socket()
    {
        await using var peer = await McpPeer.StartAsync((received, context) =>
        {
            context.Response.Headers["X-Trace"] = "t-1";
            return context.ResultAsync(received, received.Method == "server/discover"
                ? """{"supportedVersions":["2026-07-28"]}"""
                : """{"resultType":"input_required","requestState":"s","inputRequests":{"a":{"method":"elicitation/create","params":{}}}}""");
        });
        var target = McpPeer.Config(peer.Url) with { Propagation = new(["X-Tenant"], ["q"], ["X-Trace"]), Catalog = new() { Tools = [McpGateway.Tool("t")] } };
        var config = TestGateway.Config(target);
        await using var gateway = await TestGateway.StartAsync(TestGateway.Options(config) with { Gateway = config, McpServers = McpPeer.Targets().Open });
        using var http = new McpHttp(new Uri(gateway.Url + "?q=1&r=2"));

        var answer = await http.PostStatelessAsync("tools/call", "\"name\":\"peer___t\",\"arguments\":{},\"requestState\":\"mine\"", "peer___t", ("X-Tenant", "acme"));

        answer.Body.ShouldContain("\"resultType\":\"input_required\"");
        var call = peer.Calls.Single();
        (call.RawTarget, call.Header("X-Tenant"), call.Params.GetProperty("requestState").GetString()).ShouldBe(("/mcp?q=1", "acme", "mine"));
    }

    private static async Task<TestGateway> StartAsync(ListingMode mode, bool debug, params (string Name, string Url)[] servers)
    {
        var open = McpPeer.Targets();
        var synchronizer = new TargetSynchronizer(open, TimeProvider.System);
        var targets = new List<TargetConfig>();
        foreach (var (name, url) in servers)
        {
            var target = McpPeer.Config(url) with { TargetId = $"TARGET{targets.Count:D4}", Name = name, Endpoint = new TargetEndpoint.McpServer(url, mode) };
            var outcome = await synchronizer.SynchronizeAsync(TestGateway.Config(), target, default);
            targets.Add(target with { Catalog = outcome.ShouldBeOfType<SyncOutcome.Synchronized>().Catalog });
        }

        var config = TestGateway.Config([.. targets]) with { Debug = debug, Search = mode == ListingMode.Default };
        return await TestGateway.StartAsync(TestGateway.Options(config) with { Gateway = config, McpServers = open.Open });
    }

    private static async Task<List<string>> ListAsync(TestGateway gateway)
    {
        var names = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = await gateway.Http.PostAsync(McpGateway.Request("tools/list", cursor is null ? "{}" : $$"""{"cursor":{{JsonSerializer.Serialize(cursor)}} }"""));
            names.AddRange(page.Result.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()!));
            if (!page.Result.TryGetProperty("nextCursor", out var next))
            {
                return names;
            }

            cursor = next.GetString();
        }
    }

    private static string Tools(McpReceived received, string name) => received.Method switch
    {
        "tools/list" => $$"""
            "result":{"resultType":"complete","tools":[{"name":"{{name}}","description":"Lists.","inputSchema":{"type":"object"} }]}
            """,
        "tools/call" => $$"""
            "result":{"content":[{"type":"text","text":{{JsonSerializer.Serialize(received.Params.GetProperty("arguments").GetRawText())}} }],"isError":false}
            """,
        _ => "\"result\":{\"prompts\":[],\"resources\":[],\"resourceTemplates\":[]}",
    };
}
