using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CentralOps.Text.Shaping;

namespace CentralOps.Agent.Fencing;

/// <summary>
/// What a tool answered, made fit for a model to read as data. It stands between two marks with a number that nobody outside this process has
/// seen, and it holds no angle bracket: no content can close it, or open another.
/// </summary>
/// <param name="numbers">Gives 32 hexadecimal digits that cannot be guessed, others at every call.</param>
public sealed class Fence(Func<string> numbers)
{
    private const int MaxDepth = 128;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };

    /// <summary>A text as <see cref="Content"/> makes it, between marks.</summary>
    /// <param name="text">It goes through here last: whoever cut or summarized it may have written its brackets out again.</param>
    public string Around(string tool, string text)
    {
        var (number, content) = (numbers(), Content(text));
        return $"<tool_answer fence=\"{number}\" tool=\"{ForeignText.Line(tool, 128).Replace('"', '\'').Replace('<', '(').Replace('>', ')')}\">\n{content}\n</tool_answer fence=\"{number}\">";
    }

    /// <summary>
    /// JSON without angle brackets (they are escaped) and without characters that act, hidden ones included. What is no JSON becomes a JSON string.
    /// </summary>
    public static string Content(string text)
    {
        var json = new ArrayBufferWriter<byte>(text.Length + 64);
        try
        {
            using var writer = new Utf8JsonWriter(json, Readable);
            Copy(Encoding.UTF8.GetBytes(text), writer);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or ArgumentException)
        {
            json.Clear();
            using var writer = new Utf8JsonWriter(json, Readable);
            writer.WriteStringValue(Clean(text));
        }

        // Outside of strings JSON has none of these.
        return Encoding.UTF8.GetString(json.WrittenSpan).Replace("<", "\\u003C", StringComparison.Ordinal).Replace(">", "\\u003E", StringComparison.Ordinal);
    }

    /// <summary>Text without characters that act; lines stay.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!ActingCharacter.Is(rune.Value))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    private static void Copy(byte[] json, Utf8JsonWriter writer)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    writer.WriteStartObject();
                    break;
                case JsonTokenType.EndObject:
                    writer.WriteEndObject();
                    break;
                case JsonTokenType.StartArray:
                    writer.WriteStartArray();
                    break;
                case JsonTokenType.EndArray:
                    writer.WriteEndArray();
                    break;
                case JsonTokenType.PropertyName:
                    writer.WritePropertyName(Clean(reader.GetString()!));
                    break;
                case JsonTokenType.String:
                    writer.WriteStringValue(Clean(reader.GetString()!));
                    break;
                default:
                    writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                    break;
            }
        }
    }
}
