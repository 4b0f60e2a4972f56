using System.Text.Json;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Gateway.Tests.Targets.McpServers;

/// <summary>Answers that come as server-sent events.</summary>
public sealed class StreamTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Forms => new()
    {
        "data: {0}\n\n",
        "data:{0}\r\n\r\n",
        "data: {0}\r\r",
        "\uFEFF: a comment\n\nevent: message\nid: 7\ndata: {0}\n\n",
        "retry: 5\nid: 1\ndata:\n\n:\n:\n\ndata: {0}\n\n",
        "event: other\ndata: not for us\n\ndata: {0}\n\ndata: {\"jsonrpc\":\"2.0\",\"id\":\"late\",\"result\":{}}\n\n",
        "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{}}\n\ndata: {\"jsonrpc\":\"2.0\",\"id\":999999,\"result\":{}}\n\nunknown: x\ndata: {0}\n\n",
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Every_form_of_a_stream_is_read(string form)
    {
        await using var peer = await Handshake((received, context) => context.EventsAsync(form.Replace("{0}", $$$"""{"jsonrpc":"2.0","id":{{{received.Id}}},"result":{"content":["ü"]}}""", StringComparison.Ordinal)));

        (await peer.Open().CallAsync()).Text().ShouldBe("""{"content":["ü"]}""");
    }

    [Fact]
    public async Task An_answer_over_several_data_lines_and_small_pieces_is_one_answer()
    {
        await using var peer = await Handshake(async (received, context) =>
        {
            context.Response.ContentType = "text/event-stream";
            foreach (var piece in $"data: {{\"jsonrpc\":\"2.0\",\ndata: \"id\":{received.Id},\r\ndata: \"result\":{{\"content\":[]}}}}\r\n\r\n".Chunk(3))
            {
                await context.Response.WriteAsync(new string(piece));
                await context.Response.Body.FlushAsync();
            }
        });

        (await peer.Open().CallAsync()).Text().ShouldBe("""{"content":[]}""");
    }

    [Fact]
    public async Task What_a_server_asks_on_the_way_is_declined_a_ping_is_answered_and_the_call_goes_on()
    {
        var declined = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var pinged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var peer = await McpPeer.StartAsync(async (received, context) =>
        {
            if (received.Body.Contains("\"id\":\"ask\"", StringComparison.Ordinal) || received.Body.Contains("\"id\":77", StringComparison.Ordinal))
            {
                (received.Body.Contains("ask", StringComparison.Ordinal) ? declined : pinged).TrySetResult();
                context.Response.StatusCode = 202;
                return;
            }

            if (received.Method != "tools/call")
            {
                await Greet(received, context);
                return;
            }

            await context.EventsAsync("data: {\"jsonrpc\":\"2.0\",\"id\":\"ask\",\"method\":\"elicitation/create\",\"params\":{}}\n\n");
            await declined.Task.WaitAsync(Patience);
            await context.EventsAsync("data: {\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"ping\"}\n\n");
            await pinged.Task.WaitAsync(Patience);
            await context.EventsAsync($$"""data: {"jsonrpc":"2.0","id":{{received.Id}},"result":{"content":[]} }""" + "\n\n");
        });

        (await peer.Open().CallAsync()).Text().ShouldBe("""{"content":[]}""");
        var answers = peer.Received.Where(received => received.Method.Length == 0 && received.Body.Length > 0).Select(received => JsonDocument.Parse(received.Body).RootElement).ToList();
        answers[0].GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-32601);
        answers[1].GetRawText().ShouldBe("""{"jsonrpc":"2.0","id":77,"result":{}}""");
    }

    [Fact]
    public async Task A_stream_that_breaks_off_is_resumed_after_the_pause_that_the_server_wants()
    {
        var time = new ManualTime();
        var id = "";
        await using var peer = await McpPeer.StartAsync(async (received, context) =>
        {
            switch (received)
            {
                case { HttpMethod: "GET" } when received.Header("Last-Event-ID") == "e2":
                    await context.EventsAsync($$"""data: {"jsonrpc":"2.0","id":{{id}},"result":{"content":[]} }""" + "\n\n");
                    break;
                case { HttpMethod: "GET" }:
                    await context.EventsAsync("id: e2\ndata:\n\n");
                    break;
                case { Method: "tools/call" }:
                    id = received.Id;
                    await context.EventsAsync("id: e1\nretry: 3000\ndata:\n\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}\n\ndata: {\"jsonrpc\":\"2.0\",\"id\":1");
                    break;
                default:
                    await Greet(received, context);
                    break;
            }
        });
        var call = peer.Open(targets: McpPeer.Targets(time: time)).CallAsync().AsTask();
        using var patience = new CancellationTokenSource(Patience);
        await time.UntilAwaitedAsync(TimeSpan.FromSeconds(3), patience.Token);
        peer.Received.ShouldNotContain(received => received.HttpMethod == "GET");
        time.Advance(TimeSpan.FromSeconds(3));
        await UntilAsync(() => peer.Received.Any(received => received.HttpMethod == "GET"));
        await time.UntilAwaitedAsync(TimeSpan.FromSeconds(3), patience.Token);
        time.Advance(TimeSpan.FromSeconds(3));

        (await call.WaitAsync(patience.Token)).Text().ShouldBe("""{"content":[]}""");
        var resumed = peer.Received.Where(received => received.HttpMethod == "GET").ToList();
        resumed.Select(received => received.Header("Last-Event-ID")).ShouldBe(["e1", "e2"]);
        resumed.ShouldAllBe(received => received.Header("Accept") == "text/event-stream" && received.Header("Mcp-Session-Id") == "s");
        peer.Calls.Count().ShouldBe(1, "a call that may have run is not sent again");
    }

    [Fact]
    public async Task A_stateless_stream_that_breaks_off_is_a_failure()
    {
        await using var peer = await McpPeer.StartAsync(async (received, context) =>
        {
            if (received.Method == "server/discover")
            {
                await context.ResultAsync(received, """{"supportedVersions":["2026-07-28"]}""");
                return;
            }

            await context.EventsAsync("id: e1\ndata:\n\n");
            context.Abort();
        });

        var failure = (await peer.Open().CallAsync()).Failure;

        failure!.Kind.ShouldBe(TargetFailureKind.Network);
        failure.Detail.ShouldContain("closed the connection before its answer was complete");
        peer.Received.ShouldNotContain(received => received.HttpMethod == "GET");
    }

    [Theory]
    [InlineData("data: nonsense\n\n", TargetFailureKind.BadAnswer)]
    [InlineData("data: [1]\n\n", TargetFailureKind.BadAnswer)]
    [InlineData("", TargetFailureKind.Network)]
    public async Task A_stream_without_an_answer_is_a_failure(string events, TargetFailureKind kind)
    {
        await using var peer = await Handshake((_, context) => context.EventsAsync(events));

        (await peer.Open().CallAsync()).Failure!.Kind.ShouldBe(kind);
    }

    [Fact]
    public async Task A_stream_that_never_comes_to_an_answer_is_left_at_its_bound()
    {
        await using var peer = await Handshake(async (_, context) =>
        {
            context.Response.ContentType = "text/event-stream";
            var line = new byte[64 * 1024];
            Array.Fill(line, (byte)'x');
            line[0] = (byte)':';
            line[^1] = (byte)'\n';
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(line, context.RequestAborted);
            }
        });

        (await peer.Open().CallAsync()).Failure!.Kind.ShouldBe(TargetFailureKind.TooLarge);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private static Task<McpPeer> Handshake(Func<McpReceived, HttpContext, Task> answer) =>
        McpPeer.StartAsync((received, context) => received.Method == "tools/call" ? answer(received, context) : Greet(received, context));

    private static Task Greet(McpReceived received, HttpContext context)
    {
        context.Response.StatusCode = received switch { { Method: "server/discover" } => 400, { Id: "" } => 202, _ => 200 };
        if (received.Method != "initialize")
        {
            return Task.CompletedTask;
        }

        context.Response.Headers["Mcp-Session-Id"] = "s";
        return context.ResultAsync(received, """{"protocolVersion":"2025-11-25","capabilities":{"tools":{}}}""");
    }
}
