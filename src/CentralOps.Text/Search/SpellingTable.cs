using System.Numerics;
using CentralOps.Text.Nearness;

namespace CentralOps.Text.Search;

/// <summary>Words as they are written, and their stems: what a mistyped word may have been meant as. Immutable.</summary>
internal sealed class SpellingTable
{
    private readonly (string Word, string Stem, ulong Letters)[] _words;

    /// <param name="words">Every form that occurs; each is found once, whichever comes first.</param>
    public SpellingTable(IEnumerable<(string Word, string Stem)> words) =>
        _words = [.. words.DistinctBy(word => word.Word, StringComparer.Ordinal).OrderBy(word => word.Word, StringComparer.Ordinal).Select(word => (word.Word, word.Stem, LettersOf(word.Word)))];

    /// <summary>The stems of the words nearest to <paramref name="word"/>, at most <paramref name="reach"/> typing mistakes away; by the words' Ordinal.</summary>
    /// <returns>How far away these are; over <paramref name="reach"/> when there are none.</returns>
    public int Near(string word, int reach, List<string> stems)
    {
        // A letter put in or left out changes one bit of the set of letters, another letter two: most words are ruled out without comparing.
        var letters = LettersOf(word);
        var (nearest, any) = (reach, false);
        foreach (var (known, stem, itsLetters) in _words)
        {
            if (BitOperations.PopCount(letters ^ itsLetters) > 2 * nearest || Math.Abs(known.Length - word.Length) > nearest)
            {
                continue;
            }

            var distance = EditDistance.Within(word, known, nearest);
            if (distance > nearest)
            {
                continue;
            }

            if (distance < nearest || !any)
            {
                stems.Clear();
                (nearest, any) = (distance, true);
            }

            stems.Add(stem);
        }

        return any ? nearest : reach + 1;
    }

    private static ulong LettersOf(string word)
    {
        var letters = 0UL;
        foreach (var letter in word)
        {
            letters |= 1UL << (letter % 64);
        }

        return letters;
    }
}
