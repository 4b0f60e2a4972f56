using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Bench.Calls;

/// <summary>
/// A small, fast MCP server with one echo: the target that is measured directly, through the gateway and through a peer. It takes calls of
/// both eras, with or without a session.
/// </summary>
internal static class McpEcho
{
    public static async Task<int> ServeAsync(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(System.Net.IPAddress.Loopback, port);
        });
        var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        return await Served.UntilTerminatedAsync();
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        using var message = await JsonDocument.ParseAsync(context.Request.Body);
        if (!message.RootElement.TryGetProperty("id", out var id))
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }

        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("jsonrpc"u8, "2.0"u8);
        json.WritePropertyName("id"u8);
        id.WriteTo(json);
        WriteResult(json, message.RootElement);
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, JsonElement message)
    {
        switch (message.GetProperty("method").GetString())
        {
            case "initialize":
                WriteRaw(json, """{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"echo","version":"1.0"}}""");
                break;
            case "server/discover":
                WriteRaw(json, """{"supportedVersions":["2026-07-28","2025-11-25"],"capabilities":{"tools":{}},"resultType":"complete","ttlMs":0,"cacheScope":"private"}""");
                break;
            case "tools/list":
                WriteRaw(json, """{"tools":[{"name":"echo","description":"Answers its arguments.","inputSchema":{"type":"object"}}],"resultType":"complete","ttlMs":0,"cacheScope":"private"}""");
                break;
            case "tools/call":
                json.WriteStartObject("result"u8);
                json.WriteStartArray("content"u8);
                json.WriteStartObject();
                json.WriteString("type"u8, "text"u8);
                json.WriteString("text"u8, message.GetProperty("params").GetProperty("arguments").GetRawText());
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteString("resultType"u8, "complete"u8);
                json.WriteEndObject();
                break;
            default:
                json.WriteStartObject("error"u8);
                json.WriteNumber("code"u8, -32601);
                json.WriteString("message"u8, "Method not found"u8);
                json.WriteEndObject();
                break;
        }
    }

    private static void WriteRaw(Utf8JsonWriter json, string result)
    {
        json.WritePropertyName("result"u8);
        json.WriteRawValue(result);
    }
}
