using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Scalars;
using CentralOps.Aws.Protocols.Transcoding;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Forms;

/// <summary>
/// A form as a body. The pairs are sorted by the parts of their names, numbers as numbers, so that what belongs together stands
/// together: a value is then a range of pairs, and no tree is built.
/// </summary>
internal sealed class FormReader : IWireReader
{
    private readonly FormDialect _dialect;
    private readonly Pair[] _pairs;
    private readonly List<Frame> _frames = [];
    private Range _at;

    public FormReader(List<KeyValuePair<string, string>> form, FormDialect dialect)
    {
        _dialect = dialect;
        _pairs = new Pair[form.Count];
        for (var i = 0; i < _pairs.Length; i++)
        {
            var parts = form[i].Key.Split('.');
            if (parts.Length > WireLimits.MaxDepth)
            {
                throw new WireFormatException($"A name in the form has more than {WireLimits.MaxDepth} parts.");
            }

            _pairs[i] = new(parts, form[i].Value, i);
        }

        Array.Sort(_pairs, Compare);
        _at = new(0, _pairs.Length, 0);
    }

    public int Enter(Shape shape)
    {
        var range = _at;
        if (shape.Kind is ShapeKind.List or ShapeKind.Map)
        {
            range = InsideWrapper(range);
        }

        _frames.Add(new(range, range.Start));
        return _frames.Count - 1;
    }

    public Member? NextMember(int scope, Shape shape)
    {
        while (NextGroup(scope, out var name))
        {
            if (_dialect.Find(shape, name) is { } member)
            {
                return member;
            }
        }

        return null;
    }

    public bool NextElement(int scope) => NextGroup(scope, out _);

    public bool NextEntry(int scope) => NextGroup(scope, out _);

    public int EnterEntry(Shape map, out string key, out bool hasValue)
    {
        var keyName = map.Key?.LocationName ?? "key";
        var valueName = map.Value?.LocationName ?? "value";
        string? found = null;
        hasValue = false;
        _frames.Add(new(_at, _at.Start));
        var entry = _frames.Count - 1;
        while (NextGroup(entry, out var name))
        {
            if (string.Equals(name, keyName, StringComparison.Ordinal))
            {
                found = _pairs[_at.Start].Value;
            }
            else if (string.Equals(name, valueName, StringComparison.Ordinal))
            {
                _frames.Add(new(_at, _at.Start));
                hasValue = true;
            }
        }

        key = found ?? throw new WireFormatException($"An entry of {map.Name} has no key.");
        if (hasValue)
        {
            // The value's range waits on the frame that was put up for it.
            _at = _frames[^1].Range;
            _frames.RemoveRange(entry, _frames.Count - entry);
        }

        return 0;
    }

    public void LeaveEntry(int entry)
    {
    }

    public bool TakeNull(Member member) =>
        member.Shape.IsScalar && member.Shape.Kind is not (ShapeKind.String or ShapeKind.Blob) && ReadText(member).Length == 0;

    public void WriteScalar(Member member, Utf8JsonWriter writer)
    {
        if (!ScalarText.TryWrite(writer, member.Shape.Kind, ReadText(member)))
        {
            throw new WireFormatException($"'{string.Join('.', _pairs[_at.Start].Parts)}' does not hold a {member.Shape.Kind}.");
        }
    }

    public string ReadText(Member member)
    {
        var pair = _pairs[_at.Start];
        return pair.Parts.Length == _at.Depth
            ? pair.Value
            : throw new WireFormatException($"'{string.Join('.', pair.Parts)}' goes on where '{member.Name}' is one value.");
    }

    public void Skip()
    {
    }

    public bool Splits(Member member) => false;

    /// <summary>Moves to the pairs that share the next part of their names.</summary>
    private bool NextGroup(int scope, out string name)
    {
        var (range, next) = _frames[scope];
        while (next < range.End && _pairs[next].Parts.Length <= range.Depth)
        {
            next++;
        }

        if (next == range.End)
        {
            name = "";
            if (scope == _frames.Count - 1)
            {
                _frames.RemoveAt(scope);
            }

            return false;
        }

        name = _pairs[next].Parts[range.Depth];
        var end = next + 1;
        while (end < range.End && string.Equals(_pairs[end].Parts[range.Depth], name, StringComparison.Ordinal))
        {
            end++;
        }

        _frames[scope] = new(range, end);
        _at = new(next, end, range.Depth + 1);
        return true;
    }

    /// <summary>Past <c>member</c>, <c>entry</c> or the element's name, where there is one before the number.</summary>
    private Range InsideWrapper(Range range)
    {
        var last = _pairs[range.End - 1].Parts;
        if (last.Length <= range.Depth || TryNumber(last[range.Depth], out _))
        {
            return range;
        }

        // Names are in order: where the first with such a part agrees with the last, all do.
        var first = range.Start;
        while (_pairs[first].Parts.Length <= range.Depth)
        {
            first++;
        }

        return string.Equals(_pairs[first].Parts[range.Depth], last[range.Depth], StringComparison.Ordinal)
            ? range with { Depth = range.Depth + 1 }
            : throw new WireFormatException($"'{string.Join('.', _pairs[first].Parts)}' and '{string.Join('.', last)}' cannot be of one list.");
    }

    private static bool TryNumber(string part, out int number) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static int Compare(Pair left, Pair right)
    {
        for (var i = 0; i < left.Parts.Length && i < right.Parts.Length; i++)
        {
            var order = Compare(left.Parts[i], right.Parts[i]);
            if (order != 0)
            {
                return order;
            }
        }

        var length = left.Parts.Length.CompareTo(right.Parts.Length);
        return length != 0 ? length : left.Order.CompareTo(right.Order);
    }

    // Numbers before words: mixed in ordinal order, 2 < 10 < 1a < 2 would be no order at all.
    private static int Compare(string left, string right)
    {
        var isNumber = TryNumber(left, out var leftNumber);
        if (isNumber != TryNumber(right, out var rightNumber))
        {
            return isNumber ? -1 : 1;
        }

        var order = leftNumber.CompareTo(rightNumber);
        return order != 0 ? order : string.CompareOrdinal(left, right);
    }

    private sealed record Pair(string[] Parts, string Value, int Order);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Range(int Start, int End, int Depth);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Frame(Range Range, int Next);
}
