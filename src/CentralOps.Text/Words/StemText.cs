using System.Buffers;

namespace CentralOps.Text.Words;

/// <summary>A word while it is stemmed, with the regions that Porter2's rules speak of.</summary>
internal ref struct StemText
{
    // Words whose stem would otherwise swallow what tells them from others: general and generate, organ and organization.
    private static readonly string[] LongerBeginnings = ["gener", "commun", "arsen", "univers", "organ", "emerg", "later", "past", "inter"];

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    private readonly Span<char> _letters;
    private readonly int _r1;
    private readonly int _r2;

    /// <param name="letters">Lower-case a to z; changed in place.</param>
    public StemText(Span<char> letters)
    {
        _letters = letters;
        Length = letters.Length;
        MarkConsonantYs();
        _r1 = Beginning() is > 0 and var beginning ? beginning : AfterVowelAndConsonant(0);
        _r2 = AfterVowelAndConsonant(_r1);
    }

    public int Length { get; private set; }

    public readonly ReadOnlySpan<char> Text => _letters[..Length];

    public readonly bool EndsIn(ReadOnlySpan<char> suffix) => Text.EndsWith(suffix);

    public readonly bool InR1(int suffixLength) => Length - suffixLength >= _r1;

    public readonly bool InR2(int suffixLength) => Length - suffixLength >= _r2;

    /// <summary>Whether there is a vowel before the last <paramref name="suffixLength"/> letters.</summary>
    public readonly bool HasVowelBefore(int suffixLength) => HasVowel(_letters[..Math.Max(0, Length - suffixLength)]);

    /// <summary>The letter so many places from the end, 1 being the last; NUL where there is none.</summary>
    public readonly char FromEnd(int place) => place <= Length ? _letters[Length - place] : '\0';

    public void Cut(int count) => Length -= count;

    public void Append(char letter) => _letters[Length++] = letter;

    /// <summary>Puts <paramref name="replacement"/>, which is no longer, in place of the last letters.</summary>
    public void Replace(int suffixLength, ReadOnlySpan<char> replacement)
    {
        Length -= suffixLength;
        replacement.CopyTo(_letters[Length..]);
        Length += replacement.Length;
    }

    /// <summary>A short syllable ends at <paramref name="end"/>: consonant, vowel, consonant other than w, x and Y; or, at the beginning, vowel and consonant.</summary>
    public readonly bool EndsInShortSyllable(int end)
    {
        if (end == 2)
        {
            return IsVowel(_letters[0]) && !IsVowel(_letters[1]);
        }

        return end > 2 && !IsVowel(_letters[end - 3]) && IsVowel(_letters[end - 2]) && !IsVowel(_letters[end - 1]) && _letters[end - 1] is not ('w' or 'x' or 'Y');
    }

    public readonly bool IsShort => _r1 >= Length && EndsInShortSyllable(Length);

    public static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    /// <summary>The finished stem.</summary>
    public readonly int Finish()
    {
        _letters[..Length].Replace('Y', 'y');
        return Length;
    }

    private readonly void MarkConsonantYs()
    {
        for (var i = 0; i < Length; i++)
        {
            if (_letters[i] == 'y' && (i == 0 || IsVowel(_letters[i - 1])))
            {
                _letters[i] = 'Y';
            }
        }
    }

    private readonly int Beginning()
    {
        foreach (var beginning in LongerBeginnings)
        {
            if (Text.StartsWith(beginning))
            {
                return beginning.Length;
            }
        }

        return 0;
    }

    private readonly int AfterVowelAndConsonant(int from)
    {
        var i = from;
        while (i < Length && !IsVowel(_letters[i]))
        {
            i++;
        }

        while (i < Length && IsVowel(_letters[i]))
        {
            i++;
        }

        return Math.Min(i + 1, Length);
    }

    public static bool HasVowel(ReadOnlySpan<char> letters) => letters.ContainsAny(Vowels);
}
