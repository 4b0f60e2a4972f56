using System.Buffers;
using System.Text.Json;
using CentralOps.Aws.Wire;
using CentralOps.Sandbox.Operations;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Sandbox.AwsMcp;

/// <summary>Answers on the wire: AWS's own errors, and JSON-RPC's.</summary>
internal static class McpReply
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int UnknownMethod = -32601;
    public const int InvalidParameters = -32602;

    /// <summary>What was not let in: an error of AWS's JSON services.</summary>
    public static WireResponse Refusal(ServiceError error, string requestId)
    {
        var response = Json(error.Status, json =>
        {
            json.WriteStartObject();
            json.WriteString("message", error.Message);
            json.WriteEndObject();
        });
        response.Headers.Add("x-amzn-ErrorType", error.Code);
        response.Headers.Add("x-amzn-RequestId", requestId);
        return response;
    }

    /// <summary>Taken, and nothing to say.</summary>
    public static WireResponse Accepted() => new() { Status = StatusCodes.Status202Accepted };

    /// <param name="id">The request's id; null where it could not be read.</param>
    public static WireResponse Error(JsonElement? id, int code, string message, int status = StatusCodes.Status200OK) => Json(status, json =>
    {
        Begin(json, id);
        json.WriteStartObject("error");
        json.WriteNumber("code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <param name="write">Writes the members of the result.</param>
    public static WireResponse Result(JsonElement id, Action<Utf8JsonWriter> write) => Json(StatusCodes.Status200OK, json =>
    {
        Begin(json, id);
        json.WriteStartObject("result");
        write(json);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>The same answer as a stream of one event.</summary>
    public static void ToEvents(WireResponse response)
    {
        if (response.Body.IsEmpty)
        {
            return;
        }

        response.Headers.Set("Content-Type", "text/event-stream");
        response.Headers.Set("Cache-Control", "no-cache");
        response.Body = (byte[])[.. "event: message\ndata: "u8, .. response.Body.Span, .. "\n\n"u8];
    }

    private static void Begin(Utf8JsonWriter json, JsonElement? id)
    {
        json.WriteStartObject();
        json.WriteString("jsonrpc", "2.0");
        json.WritePropertyName("id");
        if (id is { } known)
        {
            known.WriteTo(json);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    private static WireResponse Json(int status, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(body))
        {
            write(json);
        }

        var response = new WireResponse { Status = status, Body = body.WrittenMemory };
        response.Headers.Add("Content-Type", "application/json");
        return response;
    }
}
