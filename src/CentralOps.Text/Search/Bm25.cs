namespace CentralOps.Text.Search;

/// <summary>
/// The scoring, BM25F (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, section 3.6): the frequencies of a word in all
/// fields are added up, each weighted and set against its field's length, before they saturate once.
/// </summary>
internal static class Bm25
{
    private const float Saturation = 1.2f;

    /// <summary>What each word that a document lacks takes from its score: one that has them all stands before one that has a single one often.</summary>
    private const float WholenessShare = 0.5f;

    /// <summary>What one field adds to a word's frequency.</summary>
    public static float Frequency(SearchField field, int count, int length, float averageLength) =>
        count == 0 ? 0 : field.Weight * count / (1 - field.LengthPenalty + (field.LengthPenalty * length / Math.Max(averageLength, 1)));

    /// <summary>How much a document says about a word that it has: 0 to 1.</summary>
    public static float Impact(float frequency) => frequency / (Saturation + frequency);

    /// <summary>How much a word tells of <paramref name="documents"/>, <paramref name="having"/> of which have it; over 0.</summary>
    public static float Rarity(int documents, int having) => MathF.Log(1 + ((documents - having + 0.5f) / (having + 0.5f)));

    /// <param name="sum">Over the query's words.</param>
    /// <param name="words">Of the query, that the index knows.</param>
    /// <param name="met">Of these, that the document has in some form.</param>
    public static float Score(float sum, int words, int met) => sum * (1 - WholenessShare + (WholenessShare * met / words));
}
