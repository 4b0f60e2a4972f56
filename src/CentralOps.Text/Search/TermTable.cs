using System.Collections.Frozen;
using System.Numerics;
using CentralOps.Text.Nearness;

namespace CentralOps.Text.Search;

/// <summary>The stems that an index knows, in Ordinal order; found exactly, by their beginning, or near a typing mistake. Immutable.</summary>
internal sealed class TermTable
{
    private readonly string[] _terms;
    private readonly ulong[] _letters;
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids;

    /// <param name="terms">Distinct; sorted by Ordinal.</param>
    public TermTable(string[] terms)
    {
        _terms = terms;
        _letters = Array.ConvertAll(terms, term => LettersOf(term));
        _ids = terms.Select((term, id) => KeyValuePair.Create(term, id)).ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public int Count => _terms.Length;

    public string this[int id] => _terms[id];

    public bool TryFind(ReadOnlySpan<char> term, out int id) => _ids.TryGetValue(term, out id);

    /// <summary>The first terms, by Ordinal, that begin with <paramref name="beginning"/>.</summary>
    public void BeginningWith(string beginning, int most, List<int> found)
    {
        var at = Array.BinarySearch(_terms, beginning, StringComparer.Ordinal);
        for (var id = at < 0 ? ~at : at; id < _terms.Length && found.Count < most && _terms[id].StartsWith(beginning, StringComparison.Ordinal); id++)
        {
            found.Add(id);
        }
    }

    /// <summary>The terms nearest to <paramref name="word"/>, at most <paramref name="reach"/> typing mistakes away; by Ordinal.</summary>
    /// <returns>How far away these are; over <paramref name="reach"/> when there are none.</returns>
    public int Near(string word, int reach, List<string> found)
    {
        // A letter put in or left out changes one bit of the set of letters, another letter two: most terms are ruled out without comparing.
        var letters = LettersOf(word);
        var nearest = reach;
        var any = false;
        for (var id = 0; id < _terms.Length; id++)
        {
            if (BitOperations.PopCount(letters ^ _letters[id]) > 2 * nearest || Math.Abs(_terms[id].Length - word.Length) > nearest)
            {
                continue;
            }

            var distance = EditDistance.Within(word, _terms[id], nearest);
            if (distance > nearest)
            {
                continue;
            }

            if (distance < nearest || !any)
            {
                found.Clear();
                nearest = distance;
            }

            any = true;
            found.Add(_terms[id]);
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
