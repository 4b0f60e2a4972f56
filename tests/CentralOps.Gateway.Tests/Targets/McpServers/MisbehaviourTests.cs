using System.Net;
using System.Net.Sockets;
using System.Text;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Gateway.Tests.Targets.McpServers;

/// <summary>Servers that do not keep the protocol, and callers that go away.</summary>
public sealed class MisbehaviourTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(200, "", TargetFailureKind.BadAnswer)]
    [InlineData(200, "nonsense", TargetFailureKind.BadAnswer)]
    [InlineData(200, "[]", TargetFailureKind.BadAnswer)]
    [InlineData(200, """{"jsonrpc":"2.0","id":ID}""", TargetFailureKind.BadAnswer)]
    [InlineData(200, """{"jsonrpc":"2.0","id":ID,"result":7}""", TargetFailureKind.BadAnswer)]
    [InlineData(200, """{"jsonrpc":"2.0","id":"ID","result":{}}""", TargetFailureKind.BadAnswer)]
    [InlineData(200, """{"jsonrpc":"2.0","id":424242,"result":{}}""", TargetFailureKind.BadAnswer)]
    [InlineData(200, """{"jsonrpc":"2.0","id":ID,"result":{},"error":{}}""", TargetFailureKind.BadAnswer)]
    [InlineData(200, """{"jsonrpc":"2.0","id":ID,"result":{},"result":{}}""", TargetFailureKind.BadAnswer)]
    [InlineData(200, """{"jsonrpc":"2.0","id":ID,"result":{"a":1,"\u0061":2}}""", TargetFailureKind.BadAnswer)]
    [InlineData(200, """{"jsonrpc":"2.0","id":ID,"result":{"resultType":"magic"}}""", TargetFailureKind.BadAnswer)]
    [InlineData(200, """{"jsonrpc":"2.0","id":ID,"result":{"resultType":7}}""", TargetFailureKind.BadAnswer)]
    [InlineData(200, """{"jsonrpc":"2.0","id":ID,"result":{}} {}""", TargetFailureKind.BadAnswer)]
    [InlineData(202, "", TargetFailureKind.BadAnswer)]
    [InlineData(301, "", TargetFailureKind.Service)]
    [InlineData(307, "", TargetFailureKind.Service)]
    [InlineData(401, """{"jsonrpc":"2.0","id":ID,"error":{"code":1,"message":"m"}}""", TargetFailureKind.Access)]
    [InlineData(403, "", TargetFailureKind.Access)]
    [InlineData(413, "", TargetFailureKind.TooLarge)]
    [InlineData(418, "", TargetFailureKind.Service)]
    [InlineData(429, """{"jsonrpc":"2.0","id":ID,"error":{"code":1,"message":"m"}}""", TargetFailureKind.Throttled)]
    [InlineData(500, "stack trace at Secret.Class", TargetFailureKind.Service)]
    [InlineData(500, """{"jsonrpc":"2.0","id":ID,"result":{}}""", TargetFailureKind.Service)]
    public async Task An_answer_that_cannot_be_passed_on_is_a_failure_of_its_kind(int status, string body, TargetFailureKind kind)
    {
        await using var peer = await Stateless((received, context) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "http://example.com/elsewhere";
            return context.Response.WriteAsync(body.Replace("ID", received.Id, StringComparison.Ordinal));
        });

        var failure = (await peer.Open().CallAsync()).Failure;

        failure!.Kind.ShouldBe(kind, failure.Detail);
        failure.Detail.ShouldNotContain("Secret");
        failure.Detail.ShouldStartWith(kind == TargetFailureKind.TooLarge ? "The request is larger" : $"The MCP server at {new Uri(peer.Url).Authority} ");
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_are_not_passed_on()
    {
        await using var peer = await Stateless((received, context) =>
            context.Response.Body.WriteAsync((byte[])[.. Encoding.UTF8.GetBytes($"{{\"jsonrpc\":\"2.0\",\"id\":{received.Id},\"result\":{{\"a\":\""), 0xC3, 0x28, .. "\"}}"u8]).AsTask());

        (await peer.Open().CallAsync()).Failure!.Kind.ShouldBe(TargetFailureKind.BadAnswer);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(400, false)]
    public async Task Depth_is_bounded(int depth, bool passes)
    {
        await using var peer = await Stateless((received, context) => context.ResultAsync(received, $$"""{"a":{{new string('[', depth)}}{{new string(']', depth)}} }"""));

        ((await peer.Open().CallAsync()).Failure is null).ShouldBe(passes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Six_megabytes_pass_and_more_do_not(bool announced)
    {
        var size = 0;
        await using var peer = await Stateless(async (received, context) =>
        {
            var body = Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":{{received.Id}},"result":{"resultType":"complete","a":"{{new string('x', size)}}"} }""");
            context.Response.ContentLength = announced ? body.Length : null;
            await context.Response.Body.WriteAsync(body);
        });
        var target = peer.Open();

        size = (6 * 1024 * 1024) - 200;
        (await target.CallAsync()).Failure.ShouldBeNull();
        size = 6 * 1024 * 1024;
        (await target.CallAsync()).Failure!.Kind.ShouldBe(TargetFailureKind.TooLarge);
        size = 7 * 1024 * 1024;
        (await target.CallAsync()).Failure!.Kind.ShouldBe(TargetFailureKind.TooLarge);
        (await target.CallAsync(arguments: $$"""{"a":"{{new string('x', 6 * 1024 * 1024)}}"}""")).Failure!.Kind.ShouldBe(TargetFailureKind.TooLarge);
    }

    [Theory]
    [InlineData(-32602, "Unknown \\u0007tool\\u202e", """{"code":-32602,"message":"Unknown tool"}""")]
    [InlineData(0, "", """{"code":-32603,"message":"The MCP server gave no reason."}""")]
    public async Task An_error_of_the_server_passes_with_its_text_shaped(int code, string message, string passed)
    {
        await using var peer = await Stateless((received, context) => context.ErrorAsync(received, 200, code, message));

        var answer = await peer.Open().CallAsync();

        answer.Form.ShouldBe(TargetAnswerForm.Error);
        answer.Text().ShouldBe(passed);
    }

    [Fact]
    public async Task An_errors_data_passes_with_every_text_in_it_shaped()
    {
        await using var peer = await Stateless((received, context) => context.MessageAsync($$$"""
            {"jsonrpc":"2.0","id":{{{received.Id}}},"error":{"code":-32042,"message":"m","data":{"elicitations":[{"url":"https://x/\u202ey","n":1.50}]}} }
            """));

        (await peer.Open().CallAsync()).Text().ShouldBe("""{"code":-32042,"message":"m","data":{"elicitations":[{"url":"https://x/y","n":1.50}]}}""");
    }

    [Theory]
    [InlineData("2025-11-25", "2026-07-28", -32002, -32602)]
    [InlineData("2025-11-25", "2025-11-25", -32002, -32002)]
    [InlineData("2026-07-28", "2025-11-25", -32602, -32602)]
    public async Task A_resource_that_is_not_there_has_the_code_of_the_callers_era(string server, string caller, int code, int told)
    {
        await using var peer = await McpPeer.SpeakingAsync(server, _ => $"\"error\":{{\"code\":{code},\"message\":\"Resource not found\"}}");

        (await peer.Open().ForwardAsync("resources/read", """{"uri":"a:b"}""", caller)).Element().GetProperty("code").GetInt32().ShouldBe(told);
    }

    [Theory]
    [InlineData(-32020)]
    [InlineData(-32021)]
    public async Task What_a_server_holds_against_the_gateway_is_not_told_the_caller_as_his_mistake(int code)
    {
        await using var peer = await Stateless((received, context) => context.ErrorAsync(received, 400, code, "You did it wrong"));

        (await peer.Open().CallAsync()).Failure!.Kind.ShouldBe(TargetFailureKind.Service);
    }

    [Fact]
    public async Task A_server_that_hangs_is_left_at_the_deadline_and_told_so()
    {
        var time = new ManualTime();
        await using var peer = await McpPeer.StartAsync(async (received, context) =>
        {
            if (received.Method == "tools/call")
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            }

            await Greet(received, context);
        });
        var target = peer.Open(targets: McpPeer.Targets(time: time, timeout: TimeSpan.FromSeconds(40)));
        var call = target.CallAsync().AsTask();
        await UntilAsync(() => peer.Calls.Any());

        time.Advance(TimeSpan.FromSeconds(40));

        var failure = (await call.WaitAsync(Patience)).Failure;
        failure!.Kind.ShouldBe(TargetFailureKind.TimedOut);
        failure.Detail.ShouldContain("did not answer within 40 seconds");
        await UntilAsync(() => peer.Received.Any(received => received.Method == "notifications/cancelled"));
    }

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2026-07-28")]
    public async Task A_caller_that_goes_away_cancels_the_call_at_the_server(string version)
    {
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var peer = await McpPeer.StartAsync(async (received, context) =>
        {
            if (received.Method == "tools/call")
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                aborted.TrySetResult();
                return;
            }

            await (version == "2026-07-28" ? context.ResultAsync(received, """{"supportedVersions":["2026-07-28"]}""") : Greet(received, context));
        });
        using var caller = new CancellationTokenSource();
        var call = peer.Open().CallAsync(cancellationToken: caller.Token).AsTask();
        await UntilAsync(() => peer.Calls.Any());

        await caller.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call.WaitAsync(Patience));
        await aborted.Task.WaitAsync(Patience);
        if (version != "2026-07-28")
        {
            await UntilAsync(() => peer.Received.Any(received => received.Method == "notifications/cancelled"));
            var told = peer.Received.First(received => received.Method == "notifications/cancelled");
            told.Params.GetProperty("requestId").GetRawText().ShouldBe(peer.Calls.Single().Id);
        }
    }

    [Fact]
    public async Task A_caller_that_goes_away_while_versions_are_agreed_does_not_spoil_it_for_the_others()
    {
        var greeted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var peer = await McpPeer.StartAsync(async (received, context) =>
        {
            await greeted.Task.WaitAsync(Patience);
            await context.ResultAsync(received, """{"supportedVersions":["2026-07-28"],"resultType":"complete"}""");
        });
        var target = peer.Open();
        using var first = new CancellationTokenSource();
        var left = target.CallAsync(cancellationToken: first.Token).AsTask();
        await UntilAsync(() => !peer.Received.IsEmpty);
        var stays = target.CallAsync().AsTask();

        await first.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(left.WaitAsync(Patience));
        greeted.SetResult();

        (await stays.WaitAsync(Patience)).Failure.ShouldBeNull();
        peer.Received.Count(received => received.Method == "server/discover").ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nContent-Type: application/json\r\n\r\n{")]
    [InlineData("NOT HTTP AT ALL\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public async Task A_connection_that_breaks_is_a_failure_without_anything_of_ours_in_it(string raw)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, raw);
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/mcp";

        var failure = (await McpPeer.Open(url).CallAsync()).Failure;

        failure!.Kind.ShouldBe(TargetFailureKind.Network);
        failure.Detail.ShouldNotContain("Exception");
        failure.Detail.ShouldNotContain("System.");
        listener.Stop();
        await serving;
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_failure_that_says_so()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        (await McpPeer.Open($"http://127.0.0.1:{port}/mcp").CallAsync()).Failure!.Detail.ShouldContain("refused the connection");
    }

    [Fact]
    public async Task A_url_that_cannot_be_used_makes_a_target_whose_every_call_says_why()
    {
        var target = McpPeer.Open("https://user:pw@example.com/mcp");

        var failure = (await target.CallAsync()).Failure;

        failure!.Detail.ShouldBe("The target's endpoint cannot be used: it must not hold a user name or password; use a credential provider.");
        (await target.ForwardAsync("prompts/get")).Failure.ShouldBe(failure);
    }

    private static async Task ServeAsync(TcpListener listener, string raw)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await using var stream = client.GetStream();
                await stream.ReadAtLeastAsync(new byte[1024 * 16], 16);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(raw));
            }
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            return;
        }
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private static Task<McpPeer> Stateless(Func<McpReceived, HttpContext, Task> answer) => McpPeer.StartAsync((received, context) =>
        received.Method == "server/discover" ? context.ResultAsync(received, """{"supportedVersions":["2026-07-28"]}""") : answer(received, context));

    private static Task Greet(McpReceived received, HttpContext context)
    {
        context.Response.StatusCode = received switch { { Method: "server/discover" } => 400, { Id: "" } => 202, _ => 200 };
        return received.Method == "initialize" ? context.ResultAsync(received, """{"protocolVersion":"2025-06-18","capabilities":{}}""") : Task.CompletedTask;
    }
}
