using System.Text;

namespace CentralOps.Text.Words;

/// <summary>
/// Reads text word by word, in lower case: runs of letters and digits, parted where a name in snake, kebab or camel case parts
/// (<c>ec2___DescribeDBInstances</c> is ec2, describe, db, instances). Behind a run that was parted come its neighbours joined and the run as a
/// whole (describedb, dbinstances, describedbinstances), so that <c>cloudwatch</c> finds <c>CloudWatch</c>. One reader is for one thread.
/// </summary>
public sealed class WordReader
{
    /// <summary>What is longer is cut: nobody looks for it whole.</summary>
    public const int MaxWord = 64;

    private const int MaxRun = 160;
    private const int MaxParts = 12;

    private readonly char[] _run = new char[MaxRun];
    private readonly int[] _ends = new int[MaxParts];
    private ReadOnlyMemory<char> _text;
    private int _at;
    private int _parts;
    private int _next;

    /// <summary>Whether the word just read is made of parts that were read before.</summary>
    public bool IsJoined { get; private set; }

    /// <summary>Begins to read <paramref name="text"/>.</summary>
    public void Open(ReadOnlyMemory<char> text)
    {
        _text = text;
        _at = _parts = _next = 0;
    }

    /// <param name="word">Valid until the next call.</param>
    /// <returns>Whether there was a word.</returns>
    public bool Next(out ReadOnlySpan<char> word)
    {
        if (_next >= Words(_parts) && !NextRun())
        {
            word = default;
            return false;
        }

        // First the parts, then each two neighbours, then all.
        var index = _next++;
        IsJoined = index >= _parts;
        var (first, last) = index < _parts ? (index, index)
            : index < _parts + _parts - 1 ? (index - _parts, index - _parts + 1)
            : (0, _parts - 1);
        var start = first == 0 ? 0 : _ends[first - 1];
        word = _run.AsSpan(start, Math.Min(_ends[last] - start, MaxWord));
        return true;
    }

    private static int Words(int parts) => parts switch
    {
        < 2 => parts,
        2 => 3,
        _ => parts + parts,
    };

    private bool NextRun()
    {
        var text = _text.Span;
        var previous = Kind.None;
        var length = _parts = _next = 0;
        while (_at < text.Length)
        {
            Rune.DecodeFromUtf16(text[_at..], out var rune, out var size);
            var kind = KindOf(rune);
            if (kind == Kind.None)
            {
                if (length > 0)
                {
                    break;
                }

                _at += size;
                continue;
            }

            if (length > 0 && _parts < MaxParts - 1 && Parts(previous, kind, text[(_at + size)..]))
            {
                _ends[_parts++] = length;
            }

            _at += size;
            previous = kind;
            if (length + 2 <= MaxRun)
            {
                length += Rune.ToLowerInvariant(rune).EncodeToUtf16(_run.AsSpan(length));
            }
        }

        if (length == 0)
        {
            return false;
        }

        if (_parts == 0 || _ends[_parts - 1] < length)
        {
            _ends[_parts++] = length;
        }

        return true;
    }

    // An acronym ends before the capital of the next word, but not before the s of its own plural: DBInstance, VPCs.
    private static bool Parts(Kind previous, Kind current, ReadOnlySpan<char> rest) => (previous, current) switch
    {
        (Kind.Lower or Kind.Digit, Kind.Upper) => true,
        (Kind.Upper, Kind.Upper) => rest.Length > 0 && char.IsLower(rest[0]) && !IsPluralOnly(rest),
        _ => false,
    };

    private static bool IsPluralOnly(ReadOnlySpan<char> rest) => rest[0] == 's' && (rest.Length == 1 || !char.IsLower(rest[1]));

    private static Kind KindOf(Rune rune)
    {
        if (Rune.IsUpper(rune))
        {
            return Kind.Upper;
        }

        if (Rune.IsLetter(rune))
        {
            return Kind.Lower;
        }

        return Rune.IsDigit(rune) ? Kind.Digit : Kind.None;
    }

    private enum Kind
    {
        None,
        Lower,
        Upper,
        Digit,
    }
}
