namespace CentralOps.Text.Search;

/// <summary>How an index reads documents and queries.</summary>
public sealed record SearchRules
{
    /// <summary>One to eight.</summary>
    public required IReadOnlyList<SearchField> Fields { get; init; }

    public SynonymTable Synonyms { get; init; } = SynonymTable.Empty;

    /// <summary>Words of one text that are read; the rest is not searchable.</summary>
    public int MaxWordsPerText { get; init; } = 4000;
}

/// <summary>What a query is read of, at most: a longer one is answered by its beginning.</summary>
public static class QueryLimits
{
    public const int MaxChars = 4096;

    /// <summary>Different words.</summary>
    public const int MaxWords = 32;

    /// <summary>Words that are looked up as typing mistakes.</summary>
    public const int MaxMistakes = 8;

    /// <summary>Known words that one unknown word may stand for.</summary>
    public const int MaxCandidates = 8;

    public const int MaxHits = 1000;
}
