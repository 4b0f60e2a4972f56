using System.Text.Json;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Targets.McpServers;

/// <summary>Callers of every revision on servers of every revision.</summary>
public sealed class VersionTests
{
    private static readonly string[] Versions = ["2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"];

    public static TheoryData<string, string, bool> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string, bool>();
            foreach (var server in Versions)
            {
                foreach (var caller in Versions)
                {
                    pairs.Add(server, caller, false);
                    pairs.Add(server, caller, true);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Arguments_and_results_pass_whole_whichever_revisions_meet(string server, string caller, bool streams)
    {
        await using var peer = await McpPeer.SpeakingAsync(server, sessions: server != "2026-07-28", streams: streams);
        var target = peer.Open();
        const string Arguments = """{ "n" : 12345678901234567890.10, "u":"\u00fc\ud83d\ude00", "nested":[{"a":null}] }""";

        var answer = await target.CallAsync(arguments: Arguments, version: caller);

        var call = peer.Calls.ShouldHaveSingleItem();
        call.Body.ShouldContain("\"arguments\":" + Arguments, Case.Sensitive);
        call.Params.GetProperty("name").GetString().ShouldBe("echo");
        answer.Form.ShouldBe(TargetAnswerForm.Result);
        answer.Text().ShouldContain("""
            "x-kept":{"ü":[1.0,1e5]}
            """, Case.Sensitive);
        answer.Element().TryGetProperty("resultType", out _).ShouldBe(caller == "2026-07-28");
        call.Header("User-Agent").ShouldMatch(@"^CentralOps-Gateway/\d+\.\d+$");
        call.Header("Accept").ShouldBe("application/json, text/event-stream");
        call.Header("Content-Type").ShouldBe("application/json");
        call.Header("MCP-Protocol-Version").ShouldBe(server == "2025-03-26" ? "" : server);
        call.Header("Mcp-Session-Id").ShouldBe(server == "2026-07-28" ? "" : "session-1");
    }

    [Fact]
    public async Task A_stateless_server_gets_every_header_and_the_meta_of_its_revision_with_each_request()
    {
        await using var peer = await McpPeer.SpeakingAsync("2026-07-28");

        await peer.Open().CallAsync("peer___größe");

        peer.Received.Select(received => received.Method).ShouldBe(["server/discover", "tools/call"]);
        foreach (var received in peer.Received)
        {
            received.Header("MCP-Protocol-Version").ShouldBe("2026-07-28");
            received.Header("Mcp-Method").ShouldBe(received.Method);
            received.Header("Host").ShouldBe(new Uri(peer.Url).Authority);
            received.Header("User-Agent").ShouldStartWith("CentralOps-Gateway/");
            var meta = received.Params.GetProperty("_meta");
            meta.GetProperty("io.modelcontextprotocol/protocolVersion").GetString().ShouldBe("2026-07-28");
            meta.GetProperty("io.modelcontextprotocol/clientInfo").GetProperty("name").GetString().ShouldBe("CentralOps-Gateway");
            meta.GetProperty("io.modelcontextprotocol/clientCapabilities").GetRawText().ShouldBe("{}");
        }

        peer.Received.Last().Header("Mcp-Name").ShouldBe("=?base64?" + Convert.ToBase64String("größe"u8) + "?=");
        peer.Received.ShouldAllBe(received => received.Header("Mcp-Session-Id") == "");
    }

    [Fact]
    public async Task A_server_of_the_handshake_era_is_greeted_once_however_many_call_at_the_same_time()
    {
        await using var peer = await McpPeer.SpeakingAsync("2025-06-18", sessions: true);
        var target = peer.Open();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => target.CallAsync().AsTask()));

        answers.ShouldAllBe(answer => answer.Failure == null);
        peer.Received.Count(received => received.Method == "initialize").ShouldBe(1);
        peer.Received.Count(received => received.Method == "notifications/initialized").ShouldBe(1);
        var ids = peer.Calls.Select(call => call.Id).ToList();
        ids.Distinct().Count().ShouldBe(50);
    }

    [Fact]
    public async Task What_a_caller_says_about_the_hop_to_the_gateway_stays_there_and_the_rest_of_its_meta_passes()
    {
        await using var peer = await McpPeer.SpeakingAsync("2026-07-28");
        const string Params = """
            {"name":"peer___echo","arguments":{},"task":{"ttl":1},"requestState":"s","inputResponses":{"a":{}},"_meta":{"progressToken":7,"com.example/x":{"y":1},
            "io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"caller"},
            "io.modelcontextprotocol/clientCapabilities":{"elicitation":{}},"io.modelcontextprotocol/logLevel":"debug"}}
            """;

        await peer.Open().CallAsync(version: "2026-07-28", parameters: Params);

        var sent = peer.Calls.Single().Params;
        sent.EnumerateObject().Select(member => member.Name).ShouldBe(["name", "arguments", "requestState", "inputResponses", "_meta"], ignoreOrder: true);
        sent.GetProperty("requestState").GetString().ShouldBe("s");
        var meta = sent.GetProperty("_meta");
        meta.EnumerateObject().Select(member => member.Name).ShouldBe(
            ["com.example/x", "io.modelcontextprotocol/protocolVersion", "io.modelcontextprotocol/clientInfo", "io.modelcontextprotocol/clientCapabilities"], ignoreOrder: true);
        meta.GetProperty("io.modelcontextprotocol/clientInfo").GetProperty("name").GetString().ShouldBe("CentralOps-Gateway");
        meta.GetProperty("io.modelcontextprotocol/clientCapabilities").GetRawText().ShouldBe("""{"elicitation":{}}""");
    }

    [Fact]
    public async Task A_server_of_the_handshake_era_never_sees_members_of_the_stateless_one()
    {
        await using var peer = await McpPeer.SpeakingAsync("2025-11-25");

        await peer.Open().CallAsync(version: "2026-07-28", parameters: """{"requestState":"s","inputResponses":{},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}""");

        peer.Calls.Single().Params.EnumerateObject().Select(member => member.Name).ShouldBe(["name", "arguments"]);
    }

    [Theory]
    [InlineData("prompts/get", """{"name":"peer___hello","arguments":{"a":"b"}}""", "hello", """{"name":"hello","arguments":{"a":"b"}}""")]
    [InlineData("resources/read", """{"uri":"file:///ä"}""", "file:///ä", """{"uri":"file:///ä"}""")]
    [InlineData("resources/list", """{"cursor":"c"}""", null, """{"cursor":"c"}""")]
    [InlineData("resources/templates/list", "{}", null, "{}")]
    public async Task Prompts_and_resources_pass_too(string method, string parameters, string? name, string sent)
    {
        foreach (var version in Versions)
        {
            await using var peer = await McpPeer.SpeakingAsync(version, _ => "\"result\":{\"messages\":[]}");

            var answer = await peer.Open().ForwardAsync(method, parameters);

            answer.Element().GetProperty("messages").GetArrayLength().ShouldBe(0);
            var received = peer.Received.Last();
            received.Method.ShouldBe(method);
            var plain = received.Params.EnumerateObject().Where(member => member.Name != "_meta").ToDictionary(member => member.Name, member => member.Value);
            JsonElement.DeepEquals(JsonSerializer.SerializeToElement(plain), JsonDocument.Parse(sent).RootElement).ShouldBeTrue(received.Body);
            received.Header("Mcp-Name").ShouldBe(version != "2026-07-28" || name is null ? "" : name == "hello" ? name : "=?base64?" + Convert.ToBase64String("file:///ä"u8) + "?=");
        }
    }

    [Theory]
    [InlineData("tools/list", "{}")]
    [InlineData("resources/read", """{"uri":"a:b"}""")]
    public async Task A_stateless_caller_is_told_to_keep_nothing(string method, string parameters)
    {
        await using var old = await McpPeer.SpeakingAsync("2025-06-18", _ => "\"result\":{\"tools\":[]}");
        await using var open = await McpPeer.SpeakingAsync("2026-07-28", _ => "\"result\":{\"tools\":[],\"ttlMs\":60000,\"cacheScope\":\"public\",\"resultType\":\"complete\"}");

        foreach (var peer in new[] { old, open })
        {
            var result = (await peer.Open().ForwardAsync(method, parameters, "2026-07-28")).Element();

            result.GetProperty("ttlMs").GetInt32().ShouldBe(0);
            result.GetProperty("cacheScope").GetString().ShouldBe("private");
            result.GetProperty("resultType").GetString().ShouldBe("complete");
            (await peer.Open().ForwardAsync(method, parameters)).Text().ShouldBe("""{"tools":[]}""");
        }
    }

    [Theory]
    [InlineData("2025-03-26", """{"a":1}""", false, """{"a":1}""")]
    [InlineData("2025-06-18", """{"a":1}""", true, "kept")]
    [InlineData("2025-11-25", """[1]""", false, "[1]")]
    [InlineData("2026-07-28", """[1]""", true, "kept")]
    public async Task Structured_content_stays_where_the_callers_revision_knows_it_and_is_text_otherwise(string caller, string structure, bool stays, string text)
    {
        await using var peer = await McpPeer.SpeakingAsync("2026-07-28", _ => $"\"result\":{{\"resultType\":\"complete\",\"content\":[],\"structuredContent\":{structure}}}");

        var result = (await peer.Open().CallAsync(version: caller)).Element();

        result.TryGetProperty("structuredContent", out _).ShouldBe(stays);
        if (!stays)
        {
            result.GetProperty("content")[0].GetProperty("text").GetString().ShouldBe(text);
        }
    }

    [Fact]
    public async Task A_server_that_asks_for_input_is_heard_by_a_stateless_caller_and_a_tool_error_to_another()
    {
        const string Asks = """{"resultType":"input_required","inputRequests":{"a":{"method":"elicitation/create","params":{}}},"requestState":"r"}""";
        await using var peer = await McpPeer.SpeakingAsync("2026-07-28", _ => "\"result\":" + Asks);
        var target = peer.Open();

        (await target.CallAsync(version: "2026-07-28")).Text().ShouldBe(Asks);
        var told = (await target.CallAsync(version: "2025-11-25")).Element();
        told.GetProperty("isError").GetBoolean().ShouldBeTrue();
        told.GetProperty("content")[0].GetProperty("text").GetString()!.ShouldContain("2026-07-28");
        (await target.ForwardAsync("prompts/get", """{"name":"peer___p"}""")).Form.ShouldBe(TargetAnswerForm.Error);
        (await target.ForwardAsync("resources/list")).Failure!.Kind.ShouldBe(TargetFailureKind.BadAnswer);
    }
}
