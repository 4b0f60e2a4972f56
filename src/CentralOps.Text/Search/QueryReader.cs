using CentralOps.Text.Words;

namespace CentralOps.Text.Search;

/// <summary>Reads queries against the terms of one index: word forms, meanings, words begun, written apart or together, typing mistakes.</summary>
internal sealed class QueryReader(TermTable terms, SpellingTable spellings, SynonymTable synonyms, Func<int, float> rarityOf)
{
    private const float BegunWeight = 0.6f;
    private const float OneMistakeWeight = 0.75f;
    private const float TwoMistakesWeight = 0.5f;
    private const int ShortestBeginning = 3;
    private const int ShortestHalf = 2;
    private const int ShortestLongerHalf = 5;

    public QueryPlan Read(string query)
    {
        var words = ReadWords(query);
        var said = words.Exists(word => !word.IsFiller) ? words.FindAll(word => !word.IsFiller) : words;
        var plan = new List<QueryWord>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var mistakes = 0;

        // 1. Phrases, over all words: "who am i" is made of fillers.
        AddPhrases(words, plan);
        for (var i = 0; i < said.Count; i++)
        {
            // 2. Two words that the index writes as one.
            if (i + 1 < said.Count && terms.TryFind(said[i].Stem + said[i + 1].Stem, out var joined) && seen.Add(terms[joined]))
            {
                Add([new(joined, 1)], plan);
            }

            if (!seen.Add(said[i].Stem))
            {
                continue;
            }

            // 3. The word itself and what it means.
            var meanings = Meanings(said[i].Stem, 1);
            if (meanings.Count > 0 || said[i].IsJoined)
            {
                Add(meanings, plan);
                continue;
            }

            // 4. A word that is not known: two in one, a beginning, or a typing mistake.
            if (TryPart(said[i].Stem, plan))
            {
                continue;
            }

            Add(Begun(said[i].Stem) is { Count: > 0 } begun ? begun : ++mistakes <= QueryLimits.MaxMistakes ? Mistaken(said[i]) : [], plan);
        }

        return new(plan);
    }

    private static List<Said> ReadWords(string query)
    {
        var reader = new WordReader();
        reader.Open(query.AsMemory(0, Math.Min(query.Length, QueryLimits.MaxChars)));
        var words = new List<Said>();
        Span<char> letters = stackalloc char[WordReader.MaxWord];
        while (words.Count < QueryLimits.MaxWords && reader.Next(out var word))
        {
            word.CopyTo(letters);
            var filler = EnglishStopWords.Has(word);
            words.Add(new(word.ToString(), letters[..EnglishStem.Of(letters[..word.Length])].ToString(), filler, reader.IsJoined));
        }

        return words;
    }

    private void AddPhrases(List<Said> words, List<QueryWord> plan)
    {
        for (var length = SynonymTable.MaxPhrase; length > 1; length--)
        {
            for (var i = 0; i + length <= words.Count; i++)
            {
                var phrase = string.Join(' ', words.Skip(i).Take(length).Select(word => word.Stem));
                Add(Known(synonyms.Of(phrase), 1), plan);
            }
        }
    }

    private List<WeightedTerm> Meanings(string stem, float weight)
    {
        var found = Known(synonyms.Of(stem), weight);
        if (terms.TryFind(stem, out var term))
        {
            found.Insert(0, new(term, weight));
        }

        return found;
    }

    private List<WeightedTerm> Known(IReadOnlyList<WeightedStem> stems, float weight)
    {
        var found = new List<WeightedTerm>(stems.Count + 1);
        foreach (var stem in stems)
        {
            if (terms.TryFind(stem.Stem, out var term))
            {
                found.Add(new(term, weight * stem.Weight));
            }
        }

        return found;
    }

    private bool TryPart(string stem, List<QueryWord> plan)
    {
        for (var at = stem.Length - ShortestHalf; at >= ShortestHalf; at--)
        {
            if (Math.Max(at, stem.Length - at) >= ShortestLongerHalf && terms.TryFind(stem.AsSpan(0, at), out var first) && terms.TryFind(stem.AsSpan(at), out var second))
            {
                Add([new(first, 1)], plan);
                Add([new(second, 1)], plan);
                return true;
            }
        }

        return false;
    }

    private List<WeightedTerm> Begun(string stem)
    {
        if (stem.Length < ShortestBeginning)
        {
            return [];
        }

        var ids = new List<int>();
        terms.BeginningWith(stem, QueryLimits.MaxCandidates, ids);
        return ids.ConvertAll(id => new WeightedTerm(id, BegunWeight));
    }

    private List<WeightedTerm> Mistaken(Said said)
    {
        // First as it was typed, because a mistake can hide the ending that a stem goes without; then without the ending.
        var stems = new List<string>();
        var distance = Near(said.Word, stems) is var typed && stems.Count > 0 ? typed : Near(said.Stem, stems);
        var weight = distance == 1 ? OneMistakeWeight : TwoMistakesWeight;
        var found = new Dictionary<int, float>();
        foreach (var term in stems.Distinct(StringComparer.Ordinal).Take(QueryLimits.MaxCandidates).SelectMany(stem => Meanings(stem, weight)))
        {
            found[term.Term] = Math.Max(term.Weight, found.GetValueOrDefault(term.Term));
        }

        return [.. found.OrderBy(term => term.Key).Select(term => new WeightedTerm(term.Key, term.Value))];
    }

    private int Near(string word, List<string> stems) => word.Length switch
    {
        < 4 => 0,
        < 8 => spellings.Near(word, 1, stems),
        _ => spellings.Near(word, 2, stems),
    };

    // A word and its meanings are one notion: it is as common as its most common term, so that none of them wins by being rare.
    private void Add(List<WeightedTerm> alternatives, List<QueryWord> plan)
    {
        if (alternatives.Count > 0)
        {
            plan.Add(new(alternatives, alternatives.Min(term => rarityOf(term.Term))));
        }
    }

    private readonly record struct Said(string Word, string Stem, bool IsFiller, bool IsJoined);
}
