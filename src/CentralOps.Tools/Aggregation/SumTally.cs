using System.Text.Json;

namespace CentralOps.Tools.Aggregation;

/// <summary>A sum, exact in up to 28 decimal digits, or the mean of what was summed, rounded to 6 places behind the point; null without a number.</summary>
internal sealed class SumTally(bool isMean) : Tally
{
    private const int Places = 6;

    private decimal _sum;
    private long _count;
    private bool _isTooLarge;

    public override TallyFlaw Flaw => _isTooLarge ? TallyFlaw.TooLarge : TallyFlaw.None;

    private decimal? Value => _count == 0 || _isTooLarge ? null : isMean ? Math.Round(_sum / _count, Places) : _sum;

    public override void Add(JsonElement value)
    {
        if (IsNothing(value))
        {
            return;
        }

        if (value.ValueKind != JsonValueKind.Number)
        {
            Ignored++;
            return;
        }

        // What has more digits than a decimal holds would be rounded on its way in.
        if (value.TryGetDecimal(out var number))
        {
            Add(number, 1);
            return;
        }

        _isTooLarge = true;
    }

    public override void Merge(Tally other)
    {
        var theirs = (SumTally)other;
        Ignored += theirs.Ignored;
        _isTooLarge |= theirs._isTooLarge;
        Add(theirs._sum, theirs._count);
    }

    public override void Write(Utf8JsonWriter json)
    {
        if (Value is not { } value)
        {
            json.WriteNullValue();
            return;
        }

        // Divided by one with all its places, a decimal loses the zeros at its end.
        json.WriteNumberValue(value / 1.0000000000000000000000000000m);
    }

    public override int OrderAgainst(Tally other) => Nullable.Compare(Value, ((SumTally)other).Value);

    private void Add(decimal number, long count)
    {
        try
        {
            _sum += number;
            _count += count;
        }
        catch (OverflowException)
        {
            _isTooLarge = true;
        }
    }
}
