using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Cli.Tests.Asking;

/// <summary>An HTTP server on loopback that answers each MCP method as a test says; what it says need not be MCP.</summary>
internal sealed class StrangeGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StrangeGateway(WebApplication app) => _app = app;

    public string Url => _app.Urls.First() + "/mcp";

    /// <summary>Every request gets this.</summary>
    public static Task<StrangeGateway> Always(int status, string body) => StartAsync((_, _) => (status, body));

    /// <summary>A gateway with one tool 't' whose lists and calls have these results, written as JSON.</summary>
    public static Task<StrangeGateway> With(string list, string call) => With(() => list, call);

    /// <summary>A gateway whose list may be another each time.</summary>
    public static Task<StrangeGateway> With(Func<string> list, string call) => StartAsync((method, id) => method switch
    {
        "initialize" => Result(id, """{"protocolVersion": "2025-11-25", "capabilities": {"tools": {}}, "serverInfo": {"name": "strange", "version": "1"}}"""),
        "tools/list" => Result(id, list()),
        "tools/call" => Result(id, call),
        _ when id is null => (202, ""),
        _ => (200, $$$"""{"jsonrpc": "2.0", "id": {{{id.ToJsonString()}}}, "error": {"code": -32601, "message": "no such method"}}"""),
    });

    /// <summary>A gateway with a tool of that name that answers this text.</summary>
    public static Task<StrangeGateway> Answering(string tool, string text) => With(
        $$$"""{"tools": [{"name": "{{{tool}}}", "inputSchema": {"type": "object"}}]}""",
        new JsonObject { ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }) }.ToJsonString());

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static (int Status, string Body) Result(JsonNode? id, string result) =>
        (200, new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id!.DeepClone(), ["result"] = JsonNode.Parse(result) }.ToJsonString());

    /// <param name="answer">Status and body for a method and its request id.</param>
    private static async Task<StrangeGateway> StartAsync(Func<string, JsonNode?, (int Status, string Body)> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context => AnswerAsync(context, answer));
        await app.StartAsync();
        return new(app);
    }

    private static async Task AnswerAsync(HttpContext context, Func<string, JsonNode?, (int Status, string Body)> answer)
    {
        var (status, body) = (StatusCodes.Status405MethodNotAllowed, "");
        if (HttpMethods.IsPost(context.Request.Method))
        {
            var message = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            (status, body) = answer(message?["method"]?.GetValue<string>() ?? "", message?["id"]);
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body), context.RequestAborted);
    }
}
