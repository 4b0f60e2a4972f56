using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace CentralOps.Proxy.Tests.Fixtures;

/// <summary>An MCP server that takes signed requests only, with sessions that belong to whoever began them and quotas of an account.</summary>
internal sealed class SigningServer : IAsyncDisposable
{
    public const string Handshake = "2025-11-25";
    public const string Stateless = "2026-07-28";

    public const string UsualTools = """
        [{"name":"aws___run_script","description":"Runs Python","inputSchema":{"type":"object","properties":{"code":{"type":"string"}},"required":["code"],"additionalProperties":false}},
         {"name":"aws___list_regions","title":"Regions","inputSchema":{"type":"object"},"annotations":{"readOnlyHint":true}},
         {"name":"aws___get_presigned_url","inputSchema":{"type":"object","properties":{"bucket":{"type":"string"}}},"annotations":{"readOnlyHint":true}},
         {"name":"share_object","inputSchema":{"type":"object","properties":{"as_presigned_url":{"type":"boolean"}}}},
         {"name":"audit","description":"Never gives presigned URLs","inputSchema":{"type":"object","properties":{"account_id":{"type":"integer"}},"required":["account_id"],"maxProperties":1},"annotations":{"readOnlyHint":true}}]
        """;

    private readonly WebApplication _app;
    private readonly IAccessKeys _keys;
    private readonly ConcurrentDictionary<string, string> _sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private int _lastSession;

    private SigningServer(WebApplication app, IAccessKeys keys) => (_app, _keys) = (app, keys);

    public string Version { get; set; } = Handshake;

    public string Service { get; init; } = "aws-mcp";

    public string Tools { get; set; } = UsualTools;

    /// <summary>The <c>"result":…</c> or <c>"error":…</c> of a tool call; null for who called and what.</summary>
    public Func<ServerCall, Task<string>>? Answer { get; set; }

    /// <summary>Comes first; true where it has answered.</summary>
    public Func<ServerCall, HttpContext, Task<bool>>? Before { get; set; }

    /// <summary>Requests a second that an account may make; null for any number.</summary>
    public int? PerSecond { get; set; }

    public int MaxSessions { get; set; } = 180;

    /// <summary>Requests that an account may have under way at once; null for any number.</summary>
    public int? MaxConcurrent { get; set; }

    private readonly ConcurrentDictionary<string, int> _underWay = new(StringComparer.Ordinal);

    private int _mostAtOnce;
    private int _ran;

    /// <summary>Requests that an account had under way at once.</summary>
    public int MostAtOnce => _mostAtOnce;

    /// <summary>Tool calls that were not turned away.</summary>
    public int Ran => _ran;

    public bool Key(string id, out AccessKey? key) => _keys.TryFind(id, out key);

    public ConcurrentQueue<ServerCall> Received { get; } = [];

    public IEnumerable<ServerCall> Calls => Received.Where(call => call.Method is "tools/call");

    public int Throttled;

    public int OpenSessions => _sessions.Count;

    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/mcp";

    public static async Task<SigningServer> StartAsync(IAccessKeys keys, string service = "aws-mcp")
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new SigningServer(app, keys) { Service = service };
        app.Run(server.HandleAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>A restart: what was agreed is forgotten.</summary>
    public void ForgetSessions() => _sessions.Clear();

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new MemoryStream();
        await context.Request.Body.CopyToAsync(reader);
        var verdict = SignatureV4.Verify(Wire(context, reader.ToArray()), _keys, DateTimeOffset.UtcNow, new() { Services = [Service], Region = "us-east-1" });
        if (!verdict.Accepted)
        {
            context.Response.StatusCode = 403;
            await context.Response.WriteAsync($$"""{"message":"{{verdict.Code}}"}""");
            return;
        }

        var call = ServerCall.Of(context, reader.ToArray(), verdict.Key!);
        Received.Enqueue(call);
        if (Before is { } before && await before(call, context))
        {
            return;
        }

        var atOnce = _underWay.AddOrUpdate(call.Account, 1, static (_, now) => now + 1);
        try
        {
            await TakeAsync(call, context, atOnce);
        }
        finally
        {
            _underWay.AddOrUpdate(call.Account, 0, static (_, now) => now - 1);
        }
    }

    private async Task TakeAsync(ServerCall call, HttpContext context, int atOnce)
    {
        for (var most = _mostAtOnce; atOnce > most && Interlocked.CompareExchange(ref _mostAtOnce, atOnce, most) != most; most = _mostAtOnce)
        {
        }

        if (atOnce > MaxConcurrent)
        {
            Interlocked.Increment(ref Throttled);
            context.Response.StatusCode = 429;
            return;
        }

        if (PerSecond is { } rate && !_buckets.GetOrAdd(call.Account, _ => new Bucket(rate)).TryTake())
        {
            Interlocked.Increment(ref Throttled);
            context.Response.StatusCode = 429;
            return;
        }

        await (Version is Stateless ? StatelessAsync(call, context) : HandshakeAsync(call, context));
    }

    private async Task StatelessAsync(ServerCall call, HttpContext context)
    {
        if (context.Request.Headers["MCP-Protocol-Version"] != Stateless || context.Request.Headers["Mcp-Method"] != call.Method)
        {
            await ErrorAsync(context, call, 400, -32020, "Header mismatch");
            return;
        }

        await (call.Method switch
        {
            "server/discover" => ResultAsync(context, call, """{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{}},"ttlMs":0,"cacheScope":"private"}"""),
            "tools/list" => ResultAsync(context, call, $$"""{"resultType":"complete","ttlMs":0,"cacheScope":"private","tools":{{Tools}}}"""),
            "tools/call" => CallAsync(context, call),
            _ => ErrorAsync(context, call, 404, -32601, "Method not found"),
        });
    }

    private async Task HandshakeAsync(ServerCall call, HttpContext context)
    {
        var session = context.Request.Headers["Mcp-Session-Id"].ToString();
        if (call.Method is "initialize")
        {
            if (_sessions.Values.Count(owner => owner == call.Account) >= MaxSessions)
            {
                context.Response.StatusCode = 429;
                return;
            }

            var id = $"session-{Interlocked.Increment(ref _lastSession)}";
            _sessions[id] = call.Principal;
            context.Response.Headers["Mcp-Session-Id"] = id;
            await ResultAsync(context, call, """{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"signing","version":"1"}}""");
            return;
        }

        if (!_sessions.TryGetValue(session, out var owner) || owner != call.Principal)
        {
            // Of a session of somebody else, the server says what it says of none.
            await ErrorAsync(context, call, session.Length == 0 ? 400 : 404, session.Length == 0 ? -32000 : -32001, "Session not found");
            return;
        }

        if (context.Request.Method is "DELETE")
        {
            _sessions.TryRemove(session, out _);
            return;
        }

        await (call.Method switch
        {
            _ when call.Id.Length == 0 => Accepted(context),
            "tools/list" => ResultAsync(context, call, $$"""{"tools":{{Tools}}}"""),
            "tools/call" => CallAsync(context, call),
            _ => ErrorAsync(context, call, 200, -32601, "Method not found"),
        });
    }

    private async Task CallAsync(HttpContext context, ServerCall call)
    {
        Interlocked.Increment(ref _ran);
        var told = new Dictionary<string, object?>
        {
            ["account"] = call.Account,
            ["principal"] = call.Principal,
            ["arguments"] = call.Params.TryGetProperty("arguments", out var arguments) ? arguments : null,
            ["meta"] = call.Params.TryGetProperty("_meta", out var meta) ? meta : null,
        };
        var type = Version is Stateless ? "\"resultType\":\"complete\"," : "";
        var answer = Answer is { } own ? await own(call) : $$"""
            "result":{{{type}}"content":[{"type":"text","text":{{JsonSerializer.Serialize(JsonSerializer.Serialize(told))}} }]}
            """;
        context.Response.ContentType = "application/json";
        // As some servers write it: on several lines.
        await context.Response.WriteAsync($"{{\n  \"jsonrpc\": \"2.0\",\r\n  \"id\": {call.Id},\n  {answer}\n}}");
    }

    private static Task Accepted(HttpContext context)
    {
        context.Response.StatusCode = 202;
        return Task.CompletedTask;
    }

    private static Task ResultAsync(HttpContext context, ServerCall call, string result)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($$"""{"jsonrpc":"2.0","id":{{call.Id}},"result":{{result}} }""");
    }

    private static Task ErrorAsync(HttpContext context, ServerCall call, int status, int code, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($$$"""{"jsonrpc":"2.0","id":{{{(call.Id.Length > 0 ? call.Id : "null")}}},"error":{"code":{{{code}}},"message":"{{{message}}}"}}""");
    }

    private static WireRequest Wire(HttpContext context, byte[] body)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        var wire = new WireRequest { Method = context.Request.Method, Path = mark < 0 ? target : target[..mark], Query = mark < 0 ? "" : target[(mark + 1)..], Body = body };
        foreach (var (name, values) in context.Request.Headers)
        {
            wire.Headers.Add(name, values.ToString());
        }

        return wire;
    }

    /// <summary>So many, and then so many a second.</summary>
    private sealed class Bucket(int perSecond)
    {
        private readonly Lock _gate = new();
        private double _left = perSecond;
        private long _at = TimeProvider.System.GetTimestamp();

        public bool TryTake()
        {
            lock (_gate)
            {
                var now = TimeProvider.System.GetTimestamp();
                _left = Math.Min(perSecond, _left + (TimeProvider.System.GetElapsedTime(_at, now).TotalSeconds * perSecond));
                _at = now;
                if (_left < 1)
                {
                    return false;
                }

                _left--;
                return true;
            }
        }
    }
}

/// <summary>One request as the server got it.</summary>
internal sealed record ServerCall(string Method, string Id, JsonElement Params, string Session, string KeyId, string Principal, DateTimeOffset? Expiration, string RawTarget)
{
    /// <summary>The signer's.</summary>
    public string Account => Principal.Split(':')[4];

    public string Tool => Params.GetProperty("name").GetString()!;

    public static ServerCall Of(HttpContext context, byte[] body, AccessKey key)
    {
        var json = body.Length > 0 ? JsonDocument.Parse(body).RootElement : default;
        var isObject = json.ValueKind == JsonValueKind.Object;
        return new(
            isObject && json.TryGetProperty("method", out var method) ? method.GetString()! : context.Request.Method,
            isObject && json.TryGetProperty("id", out var id) ? id.GetRawText() : "",
            isObject && json.TryGetProperty("params", out var parameters) ? parameters : default,
            context.Request.Headers["Mcp-Session-Id"].ToString(),
            key.Id,
            key.PrincipalArn,
            key.Expiration,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
    }
}
