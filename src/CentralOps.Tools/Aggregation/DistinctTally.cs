using System.Text.Json;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Aggregation;

/// <summary>Different values: how many, or the first of them in order. Exact while they fit the budget; beyond it there are at least as many.</summary>
internal sealed class DistinctTally(TallyBudget budget, bool tellsValues) : Tally
{
    /// <summary>More would make a long answer of a short one.</summary>
    public const int MaxTold = 50;

    private readonly HashSet<string> _values = new(StringComparer.Ordinal);
    private bool _isFull;

    public override TallyFlaw Flaw => _isFull || (tellsValues && _values.Count > MaxTold) ? TallyFlaw.AtLeast : TallyFlaw.None;

    public override void Add(JsonElement value)
    {
        if (!IsNothing(value))
        {
            Add(CompactJson.Of(value));
        }
    }

    public override void Merge(Tally other)
    {
        var theirs = (DistinctTally)other;
        _isFull |= theirs._isFull;
        foreach (var value in theirs._values)
        {
            Add(value);
        }
    }

    public override void Write(Utf8JsonWriter json)
    {
        if (!tellsValues)
        {
            json.WriteNumberValue(_values.Count);
            return;
        }

        json.WriteStartArray();
        foreach (var value in _values.Order(StringComparer.Ordinal).Take(MaxTold))
        {
            json.WriteRawValue(value, skipInputValidation: true);
        }

        json.WriteEndArray();
    }

    public override int OrderAgainst(Tally other) => _values.Count.CompareTo(((DistinctTally)other)._values.Count);

    private void Add(string value)
    {
        if (_values.Contains(value))
        {
            return;
        }

        if (!budget.TryTake(value.Length))
        {
            _isFull = true;
            return;
        }

        _values.Add(value);
    }
}
