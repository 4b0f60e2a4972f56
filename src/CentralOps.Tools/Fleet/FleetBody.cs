using System.Buffers;
using System.Text.Json;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Fleet;

/// <summary>What one answer over many accounts holds, as JSON.</summary>
/// <param name="rows">Where all items go, for what is made of them as a whole; null where they stay in places.</param>
internal sealed class FleetBody(RowNames names, ShapedRows? rows)
{
    private readonly ArrayBufferWriter<byte> _results = new(4096);
    private readonly ArrayBufferWriter<byte> _failures = new(1024);

    /// <summary>JSON objects separated by commas, as <see cref="Failures"/>.</summary>
    public ReadOnlyMemory<byte> Results => _results.WrittenMemory;

    public ReadOnlyMemory<byte> Failures => _failures.WrittenMemory;

    public ShapedRows? Rows => rows;

    public static ReadOnlyMemory<byte> Written(Action<Utf8JsonWriter> value)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(output, RefusalAnswer.Json))
        {
            value(json);
        }

        return output.WrittenMemory;
    }

    /// <param name="failure">As JSON.</param>
    public void AddFailure(ReadOnlySpan<byte> failure) => Append(_failures, failure);

    /// <param name="pieces">JSON objects separated by commas, in order.</param>
    public void AddPlace(PlaceSlot place, List<ReadOnlyMemory<byte>> pieces, int count)
    {
        if (count == 0)
        {
            return;
        }

        var region = place.Answered?.RegionText ?? place.Place.RegionText;
        if (Rows is not null)
        {
            var head = FlatRows.Head(place.Place.Account.Id.ToString(), place.Place.Account.Name, region);
            pieces.ForEach(items => Rows.Add(head, items.Span));
            return;
        }

        var written = Written(json =>
        {
            json.WriteStartObject();
            json.WriteString("account_id"u8, place.Place.Account.Id.ToString());
            json.WriteString("account_name"u8, place.Place.Account.Name);
            json.WriteString("region"u8, region);
            place.Answered?.WriteStanding(json);
            WriteItems(pieces, count, json);
            json.WriteEndObject();
        });
        Append(_results, written.Span);
    }

    private void WriteItems(List<ReadOnlyMemory<byte>> pieces, int count, Utf8JsonWriter json)
    {
        if (names.IsOne)
        {
            json.WritePropertyName(names.Member);
            json.WriteRawValue(pieces[0].Span, skipInputValidation: true);
            return;
        }

        json.WriteNumber(names.Count, count);
        json.WriteStartArray(names.Member);
        foreach (var items in pieces)
        {
            json.WriteRawValue(items.Span, skipInputValidation: true);
        }

        json.WriteEndArray();
    }

    private static void Append(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> value)
    {
        if (output.WrittenCount > 0)
        {
            output.Write(","u8);
        }

        output.Write(value);
    }
}
