using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Gateway.Tests.Targets.McpServers;

public sealed class SessionTests
{
    private const string Done = """{"content":[]}""";

    [Theory]
    [InlineData(404, -32001, "Session not found")]
    [InlineData(404, 0, "")]
    [InlineData(400, -32000, "Bad Request: No valid session ID provided")]
    [InlineData(400, -32000, "Bad Request: Server not initialized")]
    public async Task A_session_that_the_server_has_lost_is_remade_once_and_nobody_notices(int status, int code, string message)
    {
        await using var server = await ForgetfulServer.StartAsync((received, context) => code == 0 ? Plain(context, status) : context.ErrorAsync(received, status, code, message));
        var target = server.Peer.Open();
        (await target.CallAsync()).Text().ShouldBe(Done);

        server.Forget();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => target.CallAsync().AsTask()));

        answers.ShouldAllBe(answer => answer.Failure == null);
        server.Peer.Received.Count(received => received.Method == "initialize").ShouldBe(2);
        server.Ran.ShouldBe(21, "each call has run once");
    }

    [Fact]
    public async Task A_server_that_forgets_every_session_is_not_asked_for_ever()
    {
        await using var peer = await McpPeer.StartAsync((received, context) => received switch
        {
            { Method: "initialize" } => Begin(received, context, "s"),
            { Id: "" } => Plain(context, 202),
            _ => Plain(context, 404),
        });

        var failure = (await peer.Open().CallAsync()).Failure;

        failure!.Kind.ShouldBe(TargetFailureKind.NotFound);
        peer.Calls.Count().ShouldBe(2);
    }

    [Fact]
    public async Task An_error_of_the_tool_under_status_400_is_an_error_and_the_tool_does_not_run_twice()
    {
        await using var peer = await McpPeer.StartAsync((received, context) => received switch
        {
            { Method: "initialize" } => Begin(received, context, "s"),
            { Id: "" } => Plain(context, 202),
            { Method: "server/discover" } => Plain(context, 404),
            _ => context.ErrorAsync(received, 400, -32000, "The disk is full"),
        });

        var answer = await peer.Open().CallAsync();

        answer.Form.ShouldBe(TargetAnswerForm.Error);
        answer.Text().ShouldBe("""{"code":-32000,"message":"The disk is full"}""");
        peer.Calls.Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_was_updated_to_the_stateless_revision_is_asked_anew()
    {
        var stateless = false;
        await using var peer = await McpPeer.StartAsync((received, context) => (stateless, received) switch
        {
            (false, { Method: "server/discover" }) => Plain(context, 404),
            (false, { Method: "initialize" }) => Begin(received, context, null),
            (_, { Id: "" }) => Plain(context, 202),
            (true, { Method: "server/discover" }) => context.ResultAsync(received, """{"supportedVersions":["2026-07-28"],"resultType":"complete"}"""),
            (true, _) when received.Header("MCP-Protocol-Version") != "2026-07-28" => context.ErrorAsync(received, 400, -32022, "Unsupported protocol version"),
            _ => context.ResultAsync(received, Done),
        });
        var target = peer.Open();
        (await target.CallAsync()).Text().ShouldBe(Done);

        stateless = true;

        (await target.CallAsync()).Text().ShouldBe(Done);
        peer.Calls.Last().Header("MCP-Protocol-Version").ShouldBe("2026-07-28");
    }

    [Fact]
    public async Task A_session_belongs_to_the_authorization_that_began_it()
    {
        await using var server = await ForgetfulServer.StartAsync((_, context) => Plain(context, 404));
        var target = server.Peer.Open();
        async Task CallAsync(string? authorization) => (await target.CallAsync(
            new ToolInvocation("peer___t", "{}"u8.ToArray(), "1"u8.ToArray(), TestCallers.Somebody) { Authorization = authorization }, default)).Failure.ShouldBeNull();

        await CallAsync("Bearer anna");
        await CallAsync("Bearer ben");
        await CallAsync(null);
        await CallAsync("Bearer anna");

        server.Peer.Calls.Select(call => (call.Header("Authorization"), call.Header("Mcp-Session-Id"))).ShouldBe(
            [("Bearer anna", "s1"), ("Bearer ben", "s2"), ("", "s3"), ("Bearer anna", "s1")]);
    }

    [Fact]
    public async Task A_target_that_is_closed_ends_its_sessions()
    {
        await using var server = await ForgetfulServer.StartAsync((_, context) => Plain(context, 404));
        var target = server.Peer.Open();
        await target.CallAsync();

        await ((IAsyncDisposable)target).DisposeAsync();

        var last = server.Peer.Received.Last();
        (last.HttpMethod, last.Header("Mcp-Session-Id")).ShouldBe(("DELETE", "s1"));
    }

    [Fact]
    public async Task A_session_id_that_is_no_visible_ascii_is_refused()
    {
        await using var peer = await McpPeer.StartAsync((received, context) => received.Method == "initialize" ? Begin(received, context, "two words") : Plain(context, 404));

        (await peer.Open().CallAsync()).Failure!.Detail.ShouldContain("session id");
    }

    private static Task Begin(McpReceived received, HttpContext context, string? session)
    {
        if (session is not null)
        {
            context.Response.Headers["Mcp-Session-Id"] = session;
        }

        return context.ResultAsync(received, """{"protocolVersion":"2025-11-25","capabilities":{"tools":{}}}""");
    }

    private static Task Plain(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private sealed class ForgetfulServer : IAsyncDisposable
    {
        private readonly HashSet<string> _sessions = [];
        private int _begun;
        private int _ran;

        public required McpPeer Peer { get; set; }

        public int Ran => _ran;

        public static async Task<ForgetfulServer> StartAsync(Func<McpReceived, HttpContext, Task> unknown)
        {
            var server = new ForgetfulServer { Peer = null! };
            server.Peer = await McpPeer.StartAsync((received, context) => server.AnswerAsync(received, context, unknown));
            return server;
        }

        public void Forget()
        {
            lock (_sessions)
            {
                _sessions.Clear();
            }
        }

        public ValueTask DisposeAsync() => Peer.DisposeAsync();

        private Task AnswerAsync(McpReceived received, HttpContext context, Func<McpReceived, HttpContext, Task> unknown)
        {
            if (received.Method == "server/discover" || received.HttpMethod != "POST")
            {
                return Plain(context, received.HttpMethod == "DELETE" ? 200 : 404);
            }

            lock (_sessions)
            {
                if (received.Method == "initialize")
                {
                    var session = $"s{++_begun}";
                    _sessions.Add(session);
                    return Begin(received, context, session);
                }

                if (!_sessions.Contains(received.Header("Mcp-Session-Id")))
                {
                    return unknown(received, context);
                }
            }

            if (received.Id.Length == 0)
            {
                return Plain(context, 202);
            }

            Interlocked.Increment(ref _ran);
            return context.ResultAsync(received, Done);
        }
    }
}
