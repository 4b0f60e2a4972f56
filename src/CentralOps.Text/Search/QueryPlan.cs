namespace CentralOps.Text.Search;

/// <summary>What is looked for: every word of a query that the index knows something for, in the query's order.</summary>
internal sealed record QueryPlan(IReadOnlyList<QueryWord> Words);

/// <summary>One word of a query: the terms that count as it, each with its weight. The best one that a document has counts, once.</summary>
/// <param name="Rarity">Of the word, whichever of its terms a document has.</param>
internal sealed record QueryWord(IReadOnlyList<WeightedTerm> Terms, float Rarity);

internal readonly record struct WeightedTerm(int Term, float Weight);
