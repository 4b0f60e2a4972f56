using System.Buffers;
using System.Text.Json;
using CentralOps.Gateway.Mcp;
using ModelContextProtocol;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>JSON-RPC errors, read from servers and written to them.</summary>
internal static class RpcError
{
    private const int MaxMessage = 2048;
    private const int MaxData = 16 * 1024;

    /// <returns>0 where there is none that is an integer.</returns>
    public static int CodeOf(RpcMessage message) => message.Kind == RpcKind.Error && Member(message, "code"u8) is { Kind: JsonTokenType.Number } code
        && System.Buffers.Text.Utf8Parser.TryParse(code.Raw.Span, out int number, out var read) && read == code.Raw.Length ? number : 0;

    /// <summary>Shaped; empty where there is none.</summary>
    public static string TextOf(RpcMessage message) =>
        message.Kind == RpcKind.Error && Member(message, "message"u8) is { IsString: true } text ? Shaped(text, MaxMessage) : "";

    /// <summary>The versions that an unsupported-version error offers; none where it does not.</summary>
    public static IReadOnlyList<string> SupportedVersions(RpcMessage message)
    {
        if (Member(message, "data"u8) is not { IsObject: true } data)
        {
            return [];
        }

        using var document = JsonDocument.Parse(data.Raw, new JsonDocumentOptions { MaxDepth = RpcMessage.MaxDepth });
        return document.RootElement.TryGetProperty("supported", out var supported) && supported.ValueKind == JsonValueKind.Array
            ? [.. supported.EnumerateArray().Where(version => version.ValueKind == JsonValueKind.String).Take(32).Select(version => version.GetString()!)]
            : [];
    }

    /// <summary>An error as it is passed on: its code, its text shaped, its data with every string shaped.</summary>
    public static byte[] Shape(RpcMessage message, int code)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes, Reply.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteNumber("code"u8, code);
            json.WriteString("message"u8, TextOf(message) is { Length: > 0 } text ? text : "The MCP server gave no reason.");
            if (Member(message, "data"u8) is { IsAbsent: false, Raw.Length: <= MaxData } data)
            {
                json.WritePropertyName("data"u8);
                ShapedJson.Write(json, data.Raw, MaxMessage);
            }

            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>What is told to a server that asks: a ping is answered, anything else cannot be passed on.</summary>
    public static byte[] Answer(RpcMessage asked)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes, Reply.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc"u8, "2.0"u8);
            json.WritePropertyName("id"u8);
            json.WriteRawValue(asked.Id.Raw.Span, skipInputValidation: true);
            if (string.Equals(asked.Method, "ping", StringComparison.Ordinal))
            {
                json.WriteStartObject("result"u8);
                json.WriteEndObject();
            }
            else
            {
                json.WriteStartObject("error"u8);
                json.WriteNumber("code"u8, (int)McpErrorCode.MethodNotFound);
                json.WriteString("message"u8, "This client is a gateway shared by many callers; it takes no requests from servers."u8);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static string Shaped(JsonToken text, int maxLength)
    {
        try
        {
            return Printable.Text(text.Text(), maxLength);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: no text that could be told.
            return "";
        }
    }

    private static JsonToken Member(RpcMessage message, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(message.Payload.Raw.Span, new JsonReaderOptions { MaxDepth = RpcMessage.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            var (kind, start) = (reader.TokenType, (int)reader.TokenStartIndex);
            reader.Skip();
            if (found)
            {
                return new(kind, message.Payload.Raw[start..(int)reader.BytesConsumed]);
            }
        }

        return default;
    }
}
