using System.Text.Json;

namespace CentralOps.Tools.Aggregation;

/// <summary>Rows, or those of them that have a value.</summary>
internal sealed class CountTally(bool isOfRows) : Tally
{
    private long _count;

    public override void Add(JsonElement value) => _count += isOfRows || !IsNothing(value) ? 1 : 0;

    public override void Merge(Tally other) => _count += ((CountTally)other)._count;

    public override void Write(Utf8JsonWriter json) => json.WriteNumberValue(_count);

    public override int OrderAgainst(Tally other) => _count.CompareTo(((CountTally)other)._count);
}
