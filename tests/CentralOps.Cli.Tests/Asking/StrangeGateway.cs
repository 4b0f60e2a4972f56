using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Cli.Tests.Asking;

/// <summary>An HTTP server on loopback that answers each MCP method as a test says; what it says need not be MCP.</summary>
internal sealed class StrangeGateway : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<string, JsonNode?, (int Status, string Body)> _answer;
    private readonly Task _serving;

    /// <param name="answer">Status and body for a method and its request id.</param>
    private StrangeGateway(Func<string, JsonNode?, (int Status, string Body)> answer)
    {
        _answer = answer;
        Url = $"http://127.0.0.1:{FreePort()}/mcp";
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url { get; }

    /// <summary>Every request gets this.</summary>
    public static StrangeGateway Always(int status, string body) => new((_, _) => (status, body));

    /// <summary>A gateway with one tool 't' whose lists and calls have these results, written as JSON.</summary>
    public static StrangeGateway With(string list, string call) => With(() => list, call);

    /// <summary>A gateway whose list may be another each time.</summary>
    public static StrangeGateway With(Func<string> list, string call) => new((method, id) => method switch
    {
        "initialize" => Result(id, """{"protocolVersion": "2025-11-25", "capabilities": {"tools": {}}, "serverInfo": {"name": "strange", "version": "1"}}"""),
        "tools/list" => Result(id, list()),
        "tools/call" => Result(id, call),
        _ when id is null => (202, ""),
        _ => (200, $$$"""{"jsonrpc": "2.0", "id": {{{id.ToJsonString()}}}, "error": {"code": -32601, "message": "no such method"}}"""),
    });

    /// <summary>A gateway with a tool of that name that answers this text.</summary>
    public static StrangeGateway Answering(string tool, string text) => With(
        $$$"""{"tools": [{"name": "{{{tool}}}", "inputSchema": {"type": "object"}}]}""",
        new JsonObject { ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }) }.ToJsonString());

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }


    private static (int Status, string Body) Result(JsonNode? id, string result) =>
        (200, new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id!.DeepClone(), ["result"] = JsonNode.Parse(result) }.ToJsonString());

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                var (status, body) = context.Request.HttpMethod == "POST" ? Answer(await JsonNode.ParseAsync(context.Request.InputStream)) : (405, "");
                context.Response.StatusCode = status;
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                context.Response.Close();
            }
            catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or JsonException or IOException)
            {
                if (!_listener.IsListening)
                {
                    return;
                }
            }
        }
    }

    private (int Status, string Body) Answer(JsonNode? message) => _answer(message?["method"]?.GetValue<string>() ?? "", message?["id"]);

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
