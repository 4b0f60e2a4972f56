using System.Text.Json;

namespace CentralOps.Tools.Aggregation;

/// <summary>
/// The smallest or the largest value: of numbers by value, of texts by code unit, which is right for ids and for times as AWS writes them. Where there are both, numbers
/// count, whatever came first.
/// </summary>
/// <param name="sign">1 for the largest, -1 for the smallest.</param>
internal sealed class ExtremeTally(int sign) : Tally
{
    private decimal? _number;
    private string? _text;
    private long _texts;
    private long _others;

    public override void Add(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return;
            case JsonValueKind.Number when value.TryGetDecimal(out var number):
                Add(number);
                break;
            case JsonValueKind.String:
                _texts++;
                Add(value.GetString()!);
                break;
            default:
                _others++;
                break;
        }

        Ignored = _others + (_number is null ? 0 : _texts);
    }

    public override void Merge(Tally other)
    {
        var theirs = (ExtremeTally)other;
        if (theirs._number is { } number)
        {
            Add(number);
        }

        if (theirs._text is { } text)
        {
            Add(text);
        }

        _texts += theirs._texts;
        _others += theirs._others;
        Ignored = _others + (_number is null ? 0 : _texts);
    }

    public override void Write(Utf8JsonWriter json)
    {
        if (_number is { } number)
        {
            json.WriteNumberValue(number);
            return;
        }

        json.WriteStringValue(_text);
    }

    public override int OrderAgainst(Tally other)
    {
        var theirs = (ExtremeTally)other;
        return _number is null && theirs._number is null ? string.CompareOrdinal(_text, theirs._text) : Nullable.Compare(_number, theirs._number);
    }

    private void Add(decimal number) => _number = _number is { } best && number.CompareTo(best) * sign <= 0 ? best : number;

    private void Add(string text) => _text = _text is not null && string.CompareOrdinal(text, _text) * sign <= 0 ? _text : text;
}
