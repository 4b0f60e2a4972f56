using System.Collections.Frozen;

namespace CentralOps.Text.Search;

/// <summary>The stems that an index knows, in Ordinal order; found exactly or by their beginning. Immutable.</summary>
internal sealed class TermTable
{
    private readonly string[] _terms;
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids;

    /// <param name="terms">Distinct; sorted by Ordinal.</param>
    public TermTable(string[] terms)
    {
        _terms = terms;
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
}
