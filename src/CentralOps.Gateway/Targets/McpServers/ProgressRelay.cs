using System.Buffers;
using System.Text.Json;
using CentralOps.Gateway.Mcp;
using ModelContextProtocol.Protocol;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>
/// Passes a server's progress on to the caller of one call. The server is given a token of the gateway's own, the request's number: callers choose
/// theirs without knowing of each other.
/// </summary>
/// <param name="token">The caller's.</param>
internal sealed class ProgressRelay(JsonToken token, CallProgress tell)
{
    private const int MaxTold = 10_000;
    private const int MaxText = 1000;

    private int _told;

    /// <param name="id">The number of the request whose stream the notification came in.</param>
    public ValueTask PassOnAsync(RpcMessage notification, long id, CancellationToken cancellationToken) =>
        notification.Method is NotificationMethods.ProgressNotification && _told < MaxTold && Write(notification.Payload, id) is { } told
            ? TellAsync(told, cancellationToken)
            : ValueTask.CompletedTask;

    private ValueTask TellAsync(ReadOnlyMemory<byte> told, CancellationToken cancellationToken)
    {
        _told++;
        return tell(told, cancellationToken);
    }

    /// <returns>Null where it is no progress of this request.</returns>
    private ReadOnlyMemory<byte>? Write(JsonToken parameters, long id)
    {
        if (!parameters.IsObject)
        {
            return null;
        }

        var (of, progress, total, text) = Read(parameters.Raw);
        if (!RpcMessage.IsNumber(of, id) || progress.Kind != JsonTokenType.Number)
        {
            return null;
        }

        var bytes = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(bytes, Reply.WriterOptions);
        json.WriteStartObject();
        json.WriteString("jsonrpc"u8, "2.0"u8);
        json.WriteString("method"u8, NotificationMethods.ProgressNotification);
        json.WriteStartObject("params"u8);
        WriteRaw(json, "progressToken", token);
        WriteRaw(json, "progress", progress);
        if (total.Kind == JsonTokenType.Number)
        {
            WriteRaw(json, "total", total);
        }

        if (text.IsString)
        {
            json.WritePropertyName("message"u8);
            ShapedJson.Write(json, text.Raw, MaxText);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }

    private static void WriteRaw(Utf8JsonWriter json, string name, JsonToken value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value.Raw.Span, skipInputValidation: true);
    }

    private static (JsonToken Token, JsonToken Progress, JsonToken Total, JsonToken Text) Read(ReadOnlyMemory<byte> parameters)
    {
        var (of, progress, total, text) = (default(JsonToken), default(JsonToken), default(JsonToken), default(JsonToken));
        var reader = new Utf8JsonReader(parameters.Span, new JsonReaderOptions { MaxDepth = RpcMessage.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = reader.ValueTextEquals("progressToken"u8) ? 1 : reader.ValueTextEquals("progress"u8) ? 2 : reader.ValueTextEquals("total"u8) ? 3 : reader.ValueTextEquals("message"u8) ? 4 : 0;
            var value = RpcMessage.Take(ref reader, parameters);
            switch (member)
            {
                case 1: of = value; break;
                case 2: progress = value; break;
                case 3: total = value; break;
                case 4: text = value; break;
                default: break;
            }
        }

        return (of, progress, total, text);
    }
}
