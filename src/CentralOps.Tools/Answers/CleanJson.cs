using System.Buffers;
using System.Text;
using System.Text.Json;
using CentralOps.Accounts;

namespace CentralOps.Tools.Answers;

/// <summary>
/// Takes characters that act out of the strings of JSON which AWS's data went into: it is read by models and shown in terminals. In a
/// name the place stays marked, and names that would come out alike are told apart, so that a hostile tag key cannot pass for another.
/// </summary>
internal static class CleanJson
{
    /// <summary>First bytes of every character that acts, in UTF-8, and the backslash that may escape one.</summary>
    private static readonly SearchValues<byte> Suspicious = SearchValues.Create([(byte)'\\', 0x7F, 0xC2, 0xD8, 0xE1, 0xE2, 0xEF, 0xF0, 0xF3]);

    private const string Mark = "\uFFFD";

    /// <param name="items">JSON values, separated by commas.</param>
    public static void AppendItems(ReadOnlyMemory<byte> items, IBufferWriter<byte> output)
    {
        if (!items.Span.ContainsAny(Suspicious))
        {
            output.Write(items.Span);
            return;
        }

        var array = new byte[items.Length + 2];
        array[0] = (byte)'[';
        items.Span.CopyTo(array.AsSpan(1));
        array[^1] = (byte)']';
        using var json = new Utf8JsonWriter(output, RefusalAnswer.Json);
        var reader = new Utf8JsonReader(array);
        var names = new Stack<HashSet<string>>();
        reader.Read();
        while (reader.Read() && reader.CurrentDepth > 0)
        {
            Copy(ref reader, names, json);
        }
    }

    private static void Copy(ref Utf8JsonReader reader, Stack<HashSet<string>> names, Utf8JsonWriter json)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                json.WritePropertyName(Name(Text(reader), names.Peek()));
                break;
            case JsonTokenType.String:
                json.WriteStringValue(PlainText.Data(Text(reader)));
                break;
            case JsonTokenType.StartObject:
                names.Push(new(StringComparer.Ordinal));
                json.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                names.Pop();
                json.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                json.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                json.WriteEndArray();
                break;
            default:
                json.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
        }
    }

    private static string Name(string text, HashSet<string> taken)
    {
        var name = PlainText.Data(text, Mark);
        while (!taken.Add(name))
        {
            name += Mark;
        }

        return name;
    }

    /// <summary>Half a surrogate pair, which JSON can escape, is no text: it becomes the replacement character.</summary>
    private static string Text(in Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }
}
