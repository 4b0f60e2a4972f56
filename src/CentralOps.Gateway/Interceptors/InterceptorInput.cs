using System.Buffers;
using System.Text.Json;
using CentralOps.Access.Callers;
using CentralOps.Gateway.Mcp;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Gateway.Interceptors;

/// <summary>The event of an interceptor of an MCP gateway, as live gateways were seen to send it.</summary>
/// <param name="Json">The message as the client sent it.</param>
/// <param name="Answer">Null before the target was asked.</param>
internal readonly record struct InterceptorInput(ReadOnlyMemory<byte> Json, Request Request, InterceptedAnswer? Answer)
{
    // Every MCP gateway has its endpoint there; with several on one host the id before it is ours.
    private const string Path = "/mcp";

    public ReadOnlyMemory<byte> Write(InterceptorConfig config)
    {
        var bytes = new ArrayBufferWriter<byte>((Json.Length * 2) + 1024);
        using (var json = new Utf8JsonWriter(bytes, Reply.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("interceptorInputVersion"u8, "1.0"u8);
            json.WriteStartObject("mcp"u8);
            json.WriteStartObject("rawGatewayRequest"u8);
            json.WriteString("body"u8, Json.Span);
            json.WriteEndObject();
            WriteRequest(json, config.PassRequestHeaders);
            WriteAnswer(json, config.ExcludeResponseBody);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    private void WriteRequest(Utf8JsonWriter json, bool withHeaders)
    {
        json.WriteStartObject("gatewayRequest"u8);
        json.WriteString("path"u8, Path);
        json.WriteString("httpMethod"u8, "POST"u8);
        json.WriteStartObject("headers"u8);
        if (withHeaders)
        {
            WriteHeaders(json, Request.Headers);
        }

        json.WriteEndObject();
        json.WritePropertyName("body"u8);
        json.WriteRawValue(Json.Span, skipInputValidation: true);
        WriteContext(json, Request.Caller);
        json.WriteEndObject();
    }

    /// <summary>An IAM principal was seen in it; null otherwise.</summary>
    private static void WriteContext(Utf8JsonWriter json, Caller caller)
    {
        if (caller.Kind != CallerKind.Iam)
        {
            json.WriteNull("context"u8);
            return;
        }

        json.WriteStartObject("context"u8);
        json.WriteStartObject("identity"u8);
        json.WriteString("awsPrincipalArn"u8, caller.Principal);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteAnswer(Utf8JsonWriter json, bool withoutBody)
    {
        if (Answer is not { } answer)
        {
            json.WriteNull("gatewayResponse"u8);
            return;
        }

        json.WriteStartObject("gatewayResponse"u8);
        json.WriteString("path"u8, Path);
        json.WriteString("httpMethod"u8, "POST"u8);
        json.WriteNumber("statusCode"u8, answer.Status);
        json.WriteStartObject("headers"u8);
        WriteHeaders(json, answer.Headers);
        json.WriteEndObject();
        json.WritePropertyName("body"u8);
        json.WriteRawValue(withoutBody || answer.Body.IsEmpty ? "null"u8 : answer.Body.Span, skipInputValidation: true);
        json.WriteBoolean("isStreamingResponse"u8, false);
        json.WriteEndObject();
    }

    private static void WriteHeaders(Utf8JsonWriter json, IHeaderDictionary headers)
    {
        foreach (var (name, values) in headers)
        {
            json.WriteString(name, values.ToString());
        }
    }
}

/// <summary>An answer on its way to the client.</summary>
/// <param name="Body">One JSON-RPC response; empty where there is none.</param>
internal readonly record struct InterceptedAnswer(int Status, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body);
