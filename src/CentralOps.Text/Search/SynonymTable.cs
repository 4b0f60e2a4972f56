using CentralOps.Text.Words;

namespace CentralOps.Text.Search;

/// <summary>Words or phrases of people, and what they mean.</summary>
/// <param name="Words">Of one to three words each.</param>
/// <param name="Means">Single words.</param>
/// <param name="Weight">How much a document counts that has the meaning instead of the word: over 0, to 1.</param>
public sealed record SynonymRow(IReadOnlyList<string> Words, IReadOnlyList<string> Means, float Weight)
{
    public const float UsualWeight = 0.8f;

    /// <summary>Words that each mean all the others.</summary>
    public static SynonymRow Same(params string[] words) => new(words, words, UsualWeight);

    /// <summary>A word or phrase that means others, which do not mean it.</summary>
    public static SynonymRow OneWay(string words, params string[] means) => new([words], means, UsualWeight);
}

/// <summary>What words mean, ready to look up by their stems. Immutable.</summary>
public sealed class SynonymTable
{
    /// <summary>Words in the longest phrase.</summary>
    public const int MaxPhrase = 3;

    private readonly Dictionary<string, WeightedStem[]> _byStems;
    private readonly List<(string Word, string Stem)> _spellings = [];

    /// <exception cref="ArgumentException">A row has a phrase that is too long, or a meaning of several words.</exception>
    public SynonymTable(IEnumerable<SynonymRow> rows)
    {
        var meanings = new Dictionary<string, Dictionary<string, float>>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var means = row.Means.Select(SingleStem).ToArray();
            foreach (var words in row.Words)
            {
                var stems = Stems(words);
                var key = string.Join(' ', stems);
                if (stems.Length == 1)
                {
                    _spellings.Add((words.ToLowerInvariant(), key));
                    _spellings.Add((key, key));
                }

                var known = meanings.TryGetValue(key, out var found) ? found : meanings[key] = new(StringComparer.Ordinal);
                foreach (var stem in means)
                {
                    known[stem] = Math.Max(row.Weight, known.GetValueOrDefault(stem));
                }
            }
        }

        _byStems = meanings.ToDictionary(
            entry => entry.Key,
            entry => entry.Value.Where(meaning => !string.Equals(meaning.Key, entry.Key, StringComparison.Ordinal))
                .OrderBy(meaning => meaning.Key, StringComparer.Ordinal).Select(meaning => new WeightedStem(meaning.Key, meaning.Value)).ToArray(),
            StringComparer.Ordinal);
    }

    public static SynonymTable Empty { get; } = new([]);

    /// <summary>The single words that have a meaning; a typing mistake may be one of these.</summary>
    internal IReadOnlyList<(string Word, string Stem)> Spellings => _spellings;

    /// <summary>What a stem, or stems with a space between, mean; none for what the table does not know.</summary>
    internal IReadOnlyList<WeightedStem> Of(string stems) => _byStems.TryGetValue(stems, out var meanings) ? meanings : [];

    private static string SingleStem(string word) =>
        Stems(word) is [var stem] ? stem : throw new ArgumentException($"The meaning '{word}' has to be one word.", nameof(word));

    private static string[] Stems(string words)
    {
        var reader = new WordReader();
        reader.Open(words.ToLowerInvariant().AsMemory());
        var stems = new List<string>();
        Span<char> letters = stackalloc char[WordReader.MaxWord];
        while (reader.Next(out var word))
        {
            word.CopyTo(letters);
            stems.Add(letters[..EnglishStem.Of(letters[..word.Length])].ToString());
        }

        return stems.Count is > 0 and <= MaxPhrase ? [.. stems] : throw new ArgumentException($"'{words}' has to have one to {MaxPhrase} words.", nameof(words));
    }
}

/// <summary>A stem, and how much it counts.</summary>
internal readonly record struct WeightedStem(string Stem, float Weight);
