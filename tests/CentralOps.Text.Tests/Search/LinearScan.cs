using CentralOps.Text.Search;
using CentralOps.Text.Words;

namespace CentralOps.Text.Tests.Search;

/// <summary>
/// The same scoring without an index: every word of every document is looked at. Documents are read into stems once, before; what is counted in a
/// document, its lengths and how common words are is found here on its own.
/// </summary>
internal sealed class LinearScan
{
    private readonly SearchRules _rules;
    private readonly (string Id, string[][] Texts)[] _documents;
    private readonly float[] _averages;

    public LinearScan(IEnumerable<SearchDocument> documents, SearchRules rules)
    {
        _rules = rules;
        _documents = [.. documents.OrderBy(document => document.Id, StringComparer.Ordinal).Select(document => (document.Id, document.Texts.Select(Stems).ToArray()))];
        _averages = [.. rules.Fields.Select((_, field) => (float)_documents.Sum(document => (long)document.Texts[field].Length) / _documents.Length)];
    }

    public int Count(string term) => _documents.Count(document => document.Texts.Any(text => text.Contains(term, StringComparer.Ordinal)));

    /// <summary>Scores every document.</summary>
    public IReadOnlyList<SearchHit> Search(QueryPlan plan, TermTable terms, int limit)
    {
        var wanted = new Dictionary<string, List<(int Word, int Slot, float Weight)>>(StringComparer.Ordinal);
        var slots = 0;
        for (var word = 0; word < plan.Words.Count; word++)
        {
            foreach (var term in plan.Words[word].Terms)
            {
                var uses = wanted.TryGetValue(terms[term.Term], out var known) ? known : wanted[terms[term.Term]] = [];
                uses.Add((word, slots++, term.Weight));
            }
        }

        var hits = new List<SearchHit>();
        var counts = new int[_rules.Fields.Count * slots];
        var best = new float[plan.Words.Count];
        foreach (var (id, texts) in _documents)
        {
            if (Score(texts, wanted, counts, best, plan) is > 0 and var score)
            {
                hits.Add(new(id, score));
            }
        }

        return [.. hits.OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Id, StringComparer.Ordinal).Take(limit)];
    }

    private float Score(string[][] texts, Dictionary<string, List<(int Word, int Slot, float Weight)>> wanted, int[] counts, float[] best, QueryPlan plan)
    {
        var fields = _rules.Fields.Count;
        Array.Clear(counts);
        for (var field = 0; field < fields; field++)
        {
            foreach (var stem in texts[field])
            {
                if (wanted.TryGetValue(stem, out var uses))
                {
                    foreach (var use in uses)
                    {
                        counts[(use.Slot * fields) + field]++;
                    }
                }
            }
        }

        Array.Clear(best);
        foreach (var use in wanted.Values.SelectMany(uses => uses))
        {
            var frequency = 0f;
            for (var field = 0; field < fields; field++)
            {
                frequency += Bm25.Frequency(_rules.Fields[field], counts[(use.Slot * fields) + field], texts[field].Length, _averages[field]);
            }

            best[use.Word] = Math.Max(best[use.Word], frequency > 0 ? use.Weight * Bm25.Impact(frequency) * plan.Words[use.Word].Rarity : 0);
        }

        var (sum, met) = (0f, 0);
        foreach (var score in best)
        {
            sum += score;
            met += score > 0 ? 1 : 0;
        }

        return sum > 0 ? Bm25.Score(sum, plan.Words.Count, met) : 0;
    }

    private string[] Stems(string text)
    {
        var reader = new WordReader();
        reader.Open(text.AsMemory());
        var stems = new List<string>();
        while (stems.Count < _rules.MaxWordsPerText && reader.Next(out var word))
        {
            var letters = word.ToArray();
            stems.Add(new string(letters, 0, EnglishStem.Of(letters)));
        }

        return [.. stems];
    }
}
