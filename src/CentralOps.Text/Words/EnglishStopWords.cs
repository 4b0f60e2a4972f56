using System.Collections.Frozen;

namespace CentralOps.Text.Words;

/// <summary>Words that say nothing about what somebody looks for; they count only where a query has no others.</summary>
internal static class EnglishStopWords
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = new[]
    {
        "a", "about", "all", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "could", "d", "did", "do", "does", "each", "every", "for", "from", "had",
        "has", "have", "how", "i", "if", "in", "into", "is", "it", "its", "ll", "m", "many", "me", "much", "my", "need", "of", "on", "or", "our", "please", "re", "s", "should", "so", "some",
        "t", "than", "that", "the", "their", "them", "there", "these", "they", "this", "those", "to", "tool", "tools", "up", "us", "ve", "want", "was", "we", "were", "what", "when", "where", "which",
        "who", "whose", "why", "will", "with", "would", "you", "your",
    }.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Has(ReadOnlySpan<char> word) => Words.Contains(word);
}
