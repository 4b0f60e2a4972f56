using System.Buffers;
using System.Text.Json;
using CentralOps.Tools.Answers;

namespace CentralOps.Tools.Shaping;

/// <summary>What is made of an answer's items.</summary>
internal sealed record RowShape(FieldSelection? Fields, RowQuery? Query, RowFormat Format)
{
    /// <summary>Items stay where they are, though they may have fewer fields.</summary>
    public bool IsList => Query is null && Format == RowFormat.Json;

    /// <summary>The items with the fields that were asked for.</summary>
    /// <param name="items">JSON objects separated by commas.</param>
    public ReadOnlyMemory<byte> Project(ReadOnlyMemory<byte> items)
    {
        if (Fields is null || items.IsEmpty)
        {
            return items;
        }

        var output = new ArrayBufferWriter<byte>(items.Length);
        var rest = items.Span;
        using var json = new Utf8JsonWriter(output, RefusalAnswer.Json);
        while (JsonRows.TryTake(ref rest, out var item))
        {
            Fields.Write(JsonElement.Parse(item), json);
        }

        json.Flush();
        return output.WrittenMemory;
    }
}
