namespace CentralOps.Text.Search;

/// <summary>Something that can be found.</summary>
/// <param name="Id">Unique in its index; breaks ties, by Ordinal.</param>
/// <param name="Texts">A text for each of the index's fields, in their order.</param>
public sealed record SearchDocument(string Id, IReadOnlyList<string> Texts);

/// <summary>A part that all documents of an index have.</summary>
/// <param name="Weight">How much a word in it counts; over 0.</param>
/// <param name="LengthPenalty">How much less it counts in a text longer than the average: 0 (no less) to 1 (in proportion).</param>
public sealed record SearchField(float Weight, float LengthPenalty);

/// <summary>A document that was found.</summary>
/// <param name="Score">Over 0; comparable within one answer only.</param>
public readonly record struct SearchHit(string Id, float Score);
