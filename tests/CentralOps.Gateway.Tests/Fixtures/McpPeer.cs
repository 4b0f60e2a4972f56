using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Targets.McpServers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace CentralOps.Gateway.Tests.Fixtures;

/// <summary>An MCP server on loopback that keeps what it was sent and answers what a test says.</summary>
internal sealed class McpPeer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private McpPeer(WebApplication app) => _app = app;

    public ConcurrentQueue<McpReceived> Received { get; } = [];

    /// <summary>Without a slash at the end.</summary>
    public string Origin => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public string Url => Origin + "/mcp";

    public IEnumerable<McpReceived> Calls => Received.Where(received => received.Method is "tools/call");

    public static async Task<McpPeer> StartAsync(Func<McpReceived, HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null).UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var peer = new McpPeer(app);
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            var received = new McpReceived(
                context.Request.Method,
                context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
                context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
                body);
            peer.Received.Enqueue(received);
            await answer(received, context);
        });
        await app.StartAsync();
        return peer;
    }

    /// <summary>A well-behaved server of one revision.</summary>
    /// <param name="answer">The <c>"result":…</c> or <c>"error":…</c> to a request that is not the protocol's own; null for an echo of params.</param>
    public static Task<McpPeer> SpeakingAsync(string version, Func<McpReceived, string>? answer = null, bool sessions = false, bool streams = false)
    {
        answer ??= received => $$$"""
            "result":{{{{(version == "2026-07-28" ? "\"resultType\":\"complete\"," : "")}}}"content":[{"type":"text","text":{{{JsonSerializer.Serialize(received.Params.GetRawText())}}} }],"x-kept":{"ü":[1.0,1e5]}}
            """;
        return StartAsync((received, context) => version == "2026-07-28" ? StatelessAsync(received, context, answer, streams) : HandshakeAsync(received, context, version, answer, sessions, streams));
    }

    private static Task StatelessAsync(McpReceived received, HttpContext context, Func<McpReceived, string> answer, bool streams) => received switch
    {
        _ when received.Header("MCP-Protocol-Version") != "2026-07-28" || received.Header("Mcp-Method") != received.Method =>
            context.ErrorAsync(received, 400, -32020, "Header mismatch"),
        { Method: "server/discover" } => context.ResultAsync(
            received, """{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{},"prompts":{},"resources":{}},"ttlMs":0,"cacheScope":"private"}""", streams),
        _ => context.MessageAsync($$"""{"jsonrpc":"2.0","id":{{received.Id}},{{answer(received)}} }""", streams),
    };

    private static Task HandshakeAsync(McpReceived received, HttpContext context, string version, Func<McpReceived, string> answer, bool sessions, bool streams)
    {
        switch (received)
        {
            case { HttpMethod: not "POST" }:
                context.Response.StatusCode = 405;
                return Task.CompletedTask;
            case { Method: "initialize" }:
                if (sessions)
                {
                    context.Response.Headers["Mcp-Session-Id"] = "session-1";
                }

                return context.ResultAsync(
                    received, $$$"""{"protocolVersion":"{{{version}}}","capabilities":{"tools":{},"prompts":{},"resources":{}},"serverInfo":{"name":"peer","version":"1"}}""", streams);
            case { Id: "" }:
                context.Response.StatusCode = 202;
                return Task.CompletedTask;
            case { Method: "server/discover" }:
                return context.ErrorAsync(received, sessions ? 400 : 200, sessions ? -32000 : -32601, sessions ? "Bad Request: Server not initialized" : "Method not found");
            case not null when sessions && received.Header("Mcp-Session-Id") != "session-1":
                return context.ErrorAsync(received, 404, -32001, "Session not found");
            default:
                return context.MessageAsync($$"""{"jsonrpc":"2.0","id":{{received!.Id}},{{answer(received)}} }""", streams);
        }
    }

    /// <summary>What reaches servers of loopback.</summary>
    public static McpTargets Targets(
        OutboundRules? rules = null, TimeProvider? time = null, TimeSpan? timeout = null, ICredentialProviders? providers = null, HttpMessageInvoker? http = null) => new(new()
    {
        Http = http ?? OutboundHttp.Create(rules ?? new() { AllowLoopback = true }, TimeProvider.System),
        RoleCredentials = _ => new(new Aws.Credentials.AwsCredentials("ASIAGATEWAYROLE00000", "gateway-role-secret", "gateway-role-token")),
        Providers = providers ?? new TestProviders(),
        Time = time ?? TimeProvider.System,
        Timeout = timeout ?? TimeSpan.FromSeconds(60),
    });

    public IMcpTarget Open(Func<TargetConfig, TargetConfig>? configure = null, McpTargets? targets = null) => Open(Url, configure, targets);

    public static IMcpTarget Open(string url, Func<TargetConfig, TargetConfig>? configure = null, McpTargets? targets = null)
    {
        var target = Config(url);
        return (targets ?? Targets()).Open(TestGateway.Config(), configure is null ? target : configure(target));
    }

    public static TargetConfig Config(string url) => new()
    {
        TargetId = TestGateway.TargetId,
        Name = "peer",
        Endpoint = new TargetEndpoint.McpServer(url),
        Credential = new OutboundCredential.None(),
    };

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}

/// <summary>One HTTP request as a server got it.</summary>
internal sealed record McpReceived(string HttpMethod, string RawTarget, IReadOnlyDictionary<string, string> Headers, string Body)
{
    private JsonElement Json => Body.Length > 0 && Body[0] == '{' ? JsonDocument.Parse(Body).RootElement : default;

    public string Method => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("method", out var method) ? method.GetString()! : "";

    public JsonElement Params => Json.TryGetProperty("params", out var value) ? value : default;

    /// <summary>Raw text of the id; empty where there is none.</summary>
    public string Id => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("id", out var id) ? id.GetRawText() : "";

    public string Header(string name) => Headers.TryGetValue(name, out var value) ? value : "";
}

internal static class McpPeerAnswers
{
    public static Task ResultAsync(this HttpContext context, McpReceived received, string result, bool streams = false) =>
        context.MessageAsync($$"""{"jsonrpc":"2.0","id":{{received.Id}},"result":{{result}} }""", streams);

    public static Task ErrorAsync(this HttpContext context, McpReceived received, int status, int code, string message)
    {
        context.Response.StatusCode = status;
        return context.MessageAsync($$$"""{"jsonrpc":"2.0","id":{{{(received.Id.Length > 0 ? received.Id : "null")}}},"error":{"code":{{{code}}},"message":"{{{message}}}"}}""");
    }

    public static Task MessageAsync(this HttpContext context, string json, bool streams = false)
    {
        context.Response.ContentType = streams ? "text/event-stream" : "application/json";
        return context.Response.WriteAsync(streams ? $"event: message\ndata: {json}\n\n" : json);
    }

    public static async Task EventsAsync(this HttpContext context, string text)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "text/event-stream";
        }

        await context.Response.WriteAsync(text);
        await context.Response.Body.FlushAsync();
    }
}

internal static class TargetCalls
{
    public static ValueTask<TargetAnswer> CallAsync(
        this ITarget target, string tool = "peer___echo", string arguments = "{}", string version = "2025-11-25", string parameters = "", CancellationToken cancellationToken = default) =>
        target.CallAsync(
            new ToolInvocation(tool, Encoding.UTF8.GetBytes(arguments), "1"u8.ToArray(), TestCallers.Somebody) { ProtocolVersion = version, Params = Encoding.UTF8.GetBytes(parameters) },
            cancellationToken);

    public static ValueTask<TargetAnswer> ForwardAsync(this IMcpTarget target, string method, string parameters = "{}", string version = "2025-11-25") =>
        target.ForwardAsync(new McpForward(method, Encoding.UTF8.GetBytes(parameters), TestCallers.Somebody) { ProtocolVersion = version }, default);

    public static string Text(this TargetAnswer answer)
    {
        answer.Failure.ShouldBeNull(answer.Failure?.Detail);
        return Encoding.UTF8.GetString(answer.Json.Span);
    }

    public static JsonElement Element(this TargetAnswer answer) => JsonDocument.Parse(answer.Text()).RootElement;
}
