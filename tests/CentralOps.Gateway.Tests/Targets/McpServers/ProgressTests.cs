using System.Text;
using System.Text.Json;
using CentralOps.Gateway.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Gateway.Tests.Targets.McpServers;

/// <summary>What a server tells while a call runs, from socket to socket.</summary>
public sealed class ProgressTests
{
    private const string Both = "application/json, text/event-stream";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("2026-07-28", "\"mine\"")]
    [InlineData("2025-06-18", "7")]
    public async Task Progress_reaches_the_caller_before_the_answer_under_the_token_that_he_gave(string server, string token)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var peer = await PeerAsync(server, async (given, context) =>
        {
            await context.EventsAsync(Progress(given, "\"progress\":0.50,\"total\":2,\"message\":\"half\\u0007 of it\",\"more\":1"));
            await seen.Task.WaitAsync(Patience);
        });
        await using var gateway = await StartAsync(peer, streaming: true);

        using var response = await SendAsync(gateway, token, Both);
        var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var told = await NextAsync(reader);
        seen.SetResult();
        var answer = await NextAsync(reader);

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        told.GetRawText().ShouldBe(
            $$$"""{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":{{{token}}},"progress":0.50,"total":2,"message":"half of it"}}""");
        answer.GetProperty("id").GetInt32().ShouldBe(9);
        answer.GetProperty("result").GetProperty("content").GetArrayLength().ShouldBe(0);
        (await reader.ReadToEndAsync()).ShouldBeEmpty();
        peer.Calls.Single().Params.GetProperty("_meta").GetProperty("progressToken").ValueKind.ShouldBe(JsonValueKind.Number);
    }

    [Theory]
    [InlineData(true, Both, null)]
    [InlineData(true, "application/json", "1")]
    [InlineData(false, Both, "1")]
    public async Task A_caller_who_did_not_ask_or_cannot_be_told_gets_the_answer_alone_and_the_server_no_token(bool streaming, string accept, string? token)
    {
        await using var peer = await PeerAsync("2026-07-28", (given, context) =>
        {
            given.ShouldBe("");
            return context.EventsAsync(Progress("1", "\"progress\":1"));
        });
        await using var gateway = await StartAsync(peer, streaming);

        using var response = await SendAsync(gateway, token, accept);

        var body = await response.Content.ReadAsStringAsync();
        body.ShouldNotContain("notifications/progress");
        body.ShouldContain("\"result\":");
    }

    [Theory]
    [InlineData("999999", "\"progress\":1")]
    [InlineData("\"1\"", "\"progress\":1")]
    [InlineData("GIVEN", "\"progress\":\"1\"")]
    [InlineData("GIVEN", "\"done\":1")]
    public async Task What_is_no_progress_of_this_call_is_dropped(string of, string members)
    {
        await using var peer = await PeerAsync("2026-07-28", (given, context) =>
            context.EventsAsync(Progress(of.Replace("GIVEN", given, StringComparison.Ordinal), members) + "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":1}}\n\n"));
        await using var gateway = await StartAsync(peer, streaming: true);

        using var response = await SendAsync(gateway, "1", Both);

        (await response.Content.ReadAsStringAsync()).Split("data: ").Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_server_that_breaks_off_after_progress_leaves_an_answer_in_the_stream()
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var peer = await PeerAsync("2026-07-28", async (given, context) =>
        {
            await context.EventsAsync(Progress(given, "\"progress\":1"));
            await seen.Task.WaitAsync(Patience);
            context.Abort();
        });
        await using var gateway = await StartAsync(peer, streaming: true);

        using var response = await SendAsync(gateway, "1", Both);
        var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        (await NextAsync(reader)).GetProperty("method").GetString().ShouldBe("notifications/progress");
        seen.SetResult();
        var answer = await NextAsync(reader);
        answer.GetProperty("id").GetInt32().ShouldBe(9);
        answer.GetProperty("result").GetProperty("isError").GetBoolean().ShouldBeTrue();
    }

    private static string Progress(string token, string members) =>
        $"data: {{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{{\"progressToken\":{token},{members}}}}}\n\n";

    /// <param name="tell">What is done before the answer, with the token that the server was given; empty where it was given none.</param>
    private static Task<McpPeer> PeerAsync(string version, Func<string, HttpContext, Task> tell) => McpPeer.StartAsync(async (received, context) =>
    {
        if (received.Method is "tools/call")
        {
            var token = received.Params.TryGetProperty("_meta", out var meta) && meta.TryGetProperty("progressToken", out var given) ? given.GetRawText() : "";
            await tell(token, context);
            await context.EventsAsync($$$"""data: {"jsonrpc":"2.0","id":{{{received.Id}}},"result":{"resultType":"complete","content":[]}}""" + "\n\n");
            return;
        }

        if (received.Id.Length == 0)
        {
            context.Response.StatusCode = 202;
            return;
        }

        await ((received.Method, version) switch
        {
            ("server/discover", "2026-07-28") => context.ResultAsync(received, """{"supportedVersions":["2026-07-28"],"resultType":"complete"}"""),
            ("initialize", _) => context.ResultAsync(received, $$$"""{"protocolVersion":"{{{version}}}","capabilities":{}}"""),
            _ => context.ErrorAsync(received, 200, -32601, "Method not found"),
        });
    });

    private static Task<TestGateway> StartAsync(McpPeer peer, bool streaming)
    {
        var target = McpPeer.Config(peer.Url) with { Catalog = new() { Tools = [McpGateway.Tool("t")] } };
        var config = TestGateway.Config(target) with { ResponseStreaming = streaming };
        return TestGateway.StartAsync(TestGateway.Options(config) with { Gateway = config, McpServers = McpPeer.Targets().Open });
    }

    private static async Task<HttpResponseMessage> SendAsync(TestGateway gateway, string? token, string accept)
    {
        var meta = token is null ? "" : $$$""","_meta":{"progressToken":{{{token}}}}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway.Server.McpUrl)
        {
            Content = new StringContent($$$"""{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"peer___t","arguments":{}{{{meta}}}}}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", "2025-11-25");
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patience);
    }

    private static HttpClient Http { get; } = new(new SocketsHttpHandler());

    private static async Task<JsonElement> NextAsync(StreamReader reader)
    {
        string? line;
        do
        {
            line = (await reader.ReadLineAsync().WaitAsync(Patience)).ShouldNotBeNull();
        }
        while (!line.StartsWith("data: ", StringComparison.Ordinal));

        await reader.ReadLineAsync();
        return JsonDocument.Parse(line["data: ".Length..]).RootElement;
    }
}
