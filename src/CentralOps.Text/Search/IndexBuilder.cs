using CentralOps.Text.Words;

namespace CentralOps.Text.Search;

/// <summary>Reads documents once and lays out what a search needs of them.</summary>
internal sealed class IndexBuilder(SearchRules rules)
{
    private readonly Dictionary<string, int> _termOfWord = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _terms = new(StringComparer.Ordinal);
    private readonly WordReader _reader = new();
    private readonly List<int> _words = [];

    /// <summary>(term, count in each field) of every document in turn.</summary>
    private readonly List<(int Document, int Term, int[] Counts)> _occurrences = [];

    public (TermTable Terms, SpellingTable Spellings, Postings Postings) Build(IReadOnlyList<SearchDocument> documents, CancellationToken cancellationToken)
    {
        var fields = rules.Fields.Count;
        var lengths = new int[documents.Count * fields];
        for (var document = 0; document < documents.Count; document++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Read(documents[document], document, lengths.AsSpan(document * fields, fields));
        }

        var averages = new float[fields];
        for (var field = 0; field < fields; field++)
        {
            var sum = 0L;
            for (var document = 0; document < documents.Count; document++)
            {
                sum += lengths[(document * fields) + field];
            }

            averages[field] = (float)sum / documents.Count;
        }

        var (terms, postings) = Lay(lengths, averages);
        return (terms, new SpellingTable(Spellings().Concat(rules.Synonyms.Spellings)), postings);
    }

    private void Read(SearchDocument document, int number, Span<int> lengths)
    {
        var counts = new Dictionary<int, int[]>();
        for (var field = 0; field < rules.Fields.Count; field++)
        {
            ReadText(document.Texts[field]);
            lengths[field] = _words.Count;
            foreach (var term in _words)
            {
                if (!counts.TryGetValue(term, out var perField))
                {
                    counts[term] = perField = new int[rules.Fields.Count];
                }

                perField[field]++;
            }
        }

        foreach (var (term, perField) in counts)
        {
            _occurrences.Add((number, term, perField));
        }
    }

    private void ReadText(string text)
    {
        _words.Clear();
        _reader.Open(text.AsMemory());
        while (_words.Count < rules.MaxWordsPerText && _reader.Next(out var word))
        {
            _words.Add(TermOf(word));
        }
    }

    // Each different word is stemmed once.
    private int TermOf(ReadOnlySpan<char> word)
    {
        var byWord = _termOfWord.GetAlternateLookup<ReadOnlySpan<char>>();
        if (byWord.TryGetValue(word, out var known))
        {
            return known;
        }

        Span<char> letters = stackalloc char[WordReader.MaxWord];
        word.CopyTo(letters);
        var stem = letters[..EnglishStem.Of(letters[..word.Length])];
        var byStem = _terms.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!byStem.TryGetValue(stem, out var term))
        {
            byStem[stem] = term = _terms.Count;
        }

        byWord[word] = term;
        return term;
    }

    private IEnumerable<(string Word, string Stem)> Spellings()
    {
        var stems = new string[_terms.Count];
        foreach (var (stem, term) in _terms)
        {
            stems[term] = stem;
        }

        return _termOfWord.Select(word => (word.Key, stems[word.Value])).Concat(stems.Select(stem => (stem, stem)));
    }

    private (TermTable Terms, Postings Postings) Lay(int[] lengths, float[] averages)
    {
        // 1. Terms in Ordinal order: their beginnings are looked up in it.
        var sorted = _terms.Keys.ToArray();
        Array.Sort(sorted, StringComparer.Ordinal);
        var place = new int[sorted.Length];
        for (var id = 0; id < sorted.Length; id++)
        {
            place[_terms[sorted[id]]] = id;
        }

        // 2. Room for each term's run.
        var starts = new int[sorted.Length + 1];
        foreach (var (_, term, _) in _occurrences)
        {
            starts[place[term] + 1]++;
        }

        for (var id = 0; id < sorted.Length; id++)
        {
            starts[id + 1] += starts[id];
        }

        // 3. The runs, by document, since the occurrences are.
        var (documents, impacts) = (new int[_occurrences.Count], new float[_occurrences.Count]);
        var next = starts.AsSpan(0, sorted.Length).ToArray();
        foreach (var (document, term, counts) in _occurrences)
        {
            var at = next[place[term]]++;
            documents[at] = document;
            impacts[at] = Impact(counts, lengths.AsSpan(document * counts.Length, counts.Length), averages);
        }

        return (new TermTable(sorted), new Postings(starts, documents, impacts));
    }

    private float Impact(int[] counts, ReadOnlySpan<int> lengths, float[] averages)
    {
        var frequency = 0f;
        for (var field = 0; field < counts.Length; field++)
        {
            frequency += Bm25.Frequency(rules.Fields[field], counts[field], lengths[field], averages[field]);
        }

        return Bm25.Impact(frequency);
    }
}
