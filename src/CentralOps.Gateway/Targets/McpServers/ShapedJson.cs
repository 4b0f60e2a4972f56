using System.Text.Json;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>Foreign JSON written again with its texts shaped: one line, no acting characters, bounded.</summary>
internal static class ShapedJson
{
    /// <param name="value">Well-formed JSON, at most <see cref="RpcMessage.MaxDepth"/> deep.</param>
    public static void Write(Utf8JsonWriter json, ReadOnlyMemory<byte> value, int maxText)
    {
        var reader = new Utf8JsonReader(value.Span, new JsonReaderOptions { MaxDepth = RpcMessage.MaxDepth });
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject: json.WriteStartObject(); break;
                case JsonTokenType.EndObject: json.WriteEndObject(); break;
                case JsonTokenType.StartArray: json.WriteStartArray(); break;
                case JsonTokenType.EndArray: json.WriteEndArray(); break;
                case JsonTokenType.PropertyName: json.WritePropertyName(Text(ref reader, maxText)); break;
                case JsonTokenType.String: json.WriteStringValue(Text(ref reader, maxText)); break;
                default: json.WriteRawValue(reader.ValueSpan, skipInputValidation: true); break;
            }
        }
    }

    private static string Text(ref Utf8JsonReader reader, int maxText)
    {
        try
        {
            return Printable.Text(reader.GetString(), maxText);
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}
