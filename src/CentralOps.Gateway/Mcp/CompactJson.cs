using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CentralOps.Gateway.Mcp;

/// <summary>
/// Re-serialises JSON compactly: numbers keep the digits they came with, strings lose escapes that nobody needs (a model reads <c>ü</c> with
/// less effort than <c>\u00fc</c>), and there is nothing between the tokens.
/// </summary>
internal static class CompactJson
{
    /// <summary>Writes the value that <paramref name="reader"/> is on, and reads to the end of the bytes.</summary>
    public static void Write(ref Utf8JsonReader reader, PooledBuffer into)
    {
        var separate = false;
        do
        {
            var closes = reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
            if (separate && !closes)
            {
                into.Write(","u8);
            }

            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                into.Write("\""u8);
                WriteText(ref reader, into);
                into.Write(reader.TokenType == JsonTokenType.PropertyName ? "\":"u8 : "\""u8);
            }
            else
            {
                into.Write(reader.ValueSpan);
            }

            separate = reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.PropertyName);
        }
        while (reader.Read());
    }

    private static void WriteText(ref Utf8JsonReader reader, PooledBuffer into)
    {
        // Half a surrogate pair exists only as an escape.
        if (!reader.ValueIsEscaped || StrictJson.HasLoneSurrogate(reader.ValueSpan))
        {
            into.Write(reader.ValueSpan);
            return;
        }

        var escaped = reader.ValueSpan.Length;
        var text = ArrayPool<byte>.Shared.Rent(escaped);
        try
        {
            var plain = text.AsSpan(0, reader.CopyString(text));
            // What it escapes takes six bytes for one, and was escaped before.
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(plain, into.GetSpan(escaped * 6), out _, out var written);
            into.Advance(written);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }
}
