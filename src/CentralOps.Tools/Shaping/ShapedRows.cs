using System.Buffers;
using System.Text.Json;
using CentralOps.Accounts.Refusals;

namespace CentralOps.Tools.Shaping;

/// <summary>An answer's items as one list of rows, for what is made of the list as a whole: a query's value, or text.</summary>
/// <param name="maxBytes">What comes out may come to.</param>
internal sealed class ShapedRows(RowShape shape, int maxBytes)
{
    private readonly ArrayBufferWriter<byte> _rows = new(4096);

    /// <param name="head">Of each row: <see cref="FlatRows.Head"/>.</param>
    /// <param name="items">JSON objects separated by commas.</param>
    public void Add(ReadOnlySpan<byte> head, ReadOnlySpan<byte> items) => FlatRows.Append(head, items, _rows);

    /// <summary>Writes an answer with the value in it: <c>result</c>, <c>table</c> or <c>csv</c>.</summary>
    /// <returns>Why there is none; nothing is written then.</returns>
    public Refusal? Write(Utf8JsonWriter json, Action<Utf8JsonWriter> before, Action<Utf8JsonWriter> after, CancellationToken cancellationToken)
    {
        var (value, refusal) = Value(cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        var member = new ArrayBufferWriter<byte>(4096);
        using (var written = new Utf8JsonWriter(member, Answers.RefusalAnswer.Json))
        {
            written.WriteStartObject();
            if (shape.Format != RowFormat.Json && RowText.WriteMember(shape.Format, value, Columns(), maxBytes, written) is { } unwritable)
            {
                return unwritable;
            }

            written.WriteEndObject();
        }

        json.WriteStartObject();
        before(json);
        if (shape.Format == RowFormat.Json)
        {
            json.WritePropertyName("result"u8);
            value.WriteTo(json);
        }
        else
        {
            var text = JsonElement.Parse(member.WrittenSpan).EnumerateObject().First();
            json.WriteString(text.Name, text.Value.GetString());
        }

        after(json);
        json.WriteEndObject();
        return null;
    }

    /// <summary>Known without a query, which makes something else of the rows.</summary>
    private List<string>? Columns() => shape is { Query: null, Fields: { } fields } ? [.. FlatRows.PlaceNames, .. fields.Names.Except(FlatRows.PlaceNames, StringComparer.Ordinal)] : null;

    private (JsonElement Value, Refusal? Refusal) Value(CancellationToken cancellationToken)
    {
        var rows = JsonElement.Parse([(byte)'[', .. _rows.WrittenSpan.TrimEnd((byte)','), (byte)']']);
        if (shape.Query is not { } query)
        {
            return (rows, null);
        }

        var output = new ArrayBufferWriter<byte>(1024);
        return query.Write(rows, maxBytes, output, cancellationToken) is { } refusal ? (default, refusal) : (JsonElement.Parse(output.WrittenSpan), null);
    }
}
