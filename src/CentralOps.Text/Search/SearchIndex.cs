using System.Buffers;

namespace CentralOps.Text.Search;

/// <summary>
/// Ranked search by words over documents that are known beforehand: word forms, meanings, beginnings and typing mistakes count, each less than the
/// word itself. Immutable, for any number of threads; the same documents and query always give the same answer.
/// </summary>
public sealed class SearchIndex
{
    private const int MaxFields = 8;

    private readonly string[] _ids;
    private readonly Postings _postings;
    private readonly QueryReader _queries;

    private SearchIndex(string[] ids, TermTable terms, SpellingTable spellings, Postings postings, SynonymTable synonyms)
    {
        _ids = ids;
        Terms = terms;
        _postings = postings;
        _queries = new(terms, spellings, synonyms, term => Bm25.Rarity(_ids.Length, _postings.Count(term)));
    }

    public int Count => _ids.Length;

    internal TermTable Terms { get; }

    /// <exception cref="ArgumentException">Two documents have one id, or one has not a text for each field.</exception>
    public static SearchIndex Build(IEnumerable<SearchDocument> documents, SearchRules rules, CancellationToken cancellationToken = default)
    {
        if (rules.Fields.Count is < 1 or > MaxFields)
        {
            throw new ArgumentException($"An index has 1 to {MaxFields} fields.", nameof(rules));
        }

        // In the order of their ids, so that a document's number breaks ties as its id does.
        var sorted = documents.OrderBy(document => document.Id, StringComparer.Ordinal).ToArray();
        for (var i = 0; i < sorted.Length; i++)
        {
            if (sorted[i].Texts.Count != rules.Fields.Count)
            {
                throw new ArgumentException($"The document '{sorted[i].Id}' has {sorted[i].Texts.Count} texts; there are {rules.Fields.Count} fields.", nameof(documents));
            }

            if (i > 0 && string.Equals(sorted[i].Id, sorted[i - 1].Id, StringComparison.Ordinal))
            {
                throw new ArgumentException($"Two documents have the id '{sorted[i].Id}'.", nameof(documents));
            }
        }

        var (terms, spellings, postings) = new IndexBuilder(rules).Build(sorted, cancellationToken);
        return new(Array.ConvertAll(sorted, document => document.Id), terms, spellings, postings, rules.Synonyms);
    }

    /// <summary>The best documents for a query, the best first; equal ones by id. None where no word of the query is known.</summary>
    /// <param name="query">Any text; read within <see cref="QueryLimits"/>.</param>
    /// <param name="limit">1 to <see cref="QueryLimits.MaxHits"/>.</param>
    public IReadOnlyList<SearchHit> Search(string query, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, QueryLimits.MaxHits);
        var plan = Plan(query);
        if (plan.Words.Count == 0)
        {
            return [];
        }

        var sums = ArrayPool<float>.Shared.Rent(_ids.Length);
        var best = ArrayPool<float>.Shared.Rent(_ids.Length);
        var met = ArrayPool<int>.Shared.Rent(_ids.Length);
        Array.Clear(sums, 0, _ids.Length);
        Array.Clear(best, 0, _ids.Length);
        Array.Clear(met, 0, _ids.Length);
        foreach (var word in plan.Words)
        {
            AddUp(word, sums, best, met);
        }

        var hits = Rank(sums.AsSpan(0, _ids.Length), met, plan.Words.Count, limit);
        ArrayPool<float>.Shared.Return(sums);
        ArrayPool<float>.Shared.Return(best);
        ArrayPool<int>.Shared.Return(met);
        return hits;
    }

    internal QueryPlan Plan(string query) => _queries.Read(query);

    private void AddUp(QueryWord word, float[] sums, float[] best, int[] met)
    {
        if (word.Terms is [var only])
        {
            var documents = _postings.DocumentsOf(only.Term);
            var impacts = _postings.ImpactsOf(only.Term);
            for (var i = 0; i < documents.Length; i++)
            {
                sums[documents[i]] += only.Weight * impacts[i] * word.Rarity;
                met[documents[i]]++;
            }

            return;
        }

        // Of several terms the best one counts. The second walk over the same runs takes it, once, and leaves zeros.
        foreach (var term in word.Terms)
        {
            var documents = _postings.DocumentsOf(term.Term);
            var impacts = _postings.ImpactsOf(term.Term);
            for (var i = 0; i < documents.Length; i++)
            {
                best[documents[i]] = Math.Max(best[documents[i]], term.Weight * impacts[i] * word.Rarity);
            }
        }

        foreach (var term in word.Terms)
        {
            foreach (var document in _postings.DocumentsOf(term.Term))
            {
                if (best[document] > 0)
                {
                    sums[document] += best[document];
                    met[document]++;
                    best[document] = 0;
                }
            }
        }
    }

    private SearchHit[] Rank(ReadOnlySpan<float> sums, int[] met, int words, int limit)
    {
        var top = new TopHits(Math.Min(limit, sums.Length));
        for (var document = 0; document < sums.Length; document++)
        {
            if (sums[document] > 0)
            {
                top.Offer(Bm25.Score(sums[document], words, met[document]), document);
            }
        }

        return Array.ConvertAll(top.Ranked(), hit => new SearchHit(_ids[hit.Document], hit.Score));
    }
}
