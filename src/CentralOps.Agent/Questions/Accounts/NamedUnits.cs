namespace CentralOps.Agent.Questions.Accounts;

/// <summary>Organizational units as people speak of them: "all production accounts", "the Workloads OU", "non-prod accounts".</summary>
internal sealed class NamedUnits(IReadOnlyList<KnownAccount> known)
{
    private const int ShortestBeginning = 4;

    private static readonly string[] Nouns = ["accounts", "ou", "ous", "unit", "organizational unit"];

    private readonly List<string> _paths =
    [
        .. known.SelectMany(static account => Above(account.Unit)).Distinct(StringComparer.Ordinal)
            .OrderBy(static path => path.Count('/')).ThenBy(static path => path, StringComparer.Ordinal),
    ];

    /// <summary>The selector that a word, with the noun that makes it a unit, stands for; and how many words that are.</summary>
    public (string Term, int Width)? At(Question question, int at)
    {
        for (var width = 2; width >= 1; width--)
        {
            if (at + width >= question.Words.Count || !Nouns.Contains(question.Words[at + width].Lower, StringComparer.Ordinal))
            {
                continue;
            }

            var said = Folded(string.Concat(Enumerable.Range(at, width).Select(index => question.Words[index].Lower)));
            if (_paths.Find(path => IsMeant(said, Folded(Last(path).ToLowerInvariant()))) is { } meant)
            {
                return ($"ou:{meant}", width + 1);
            }
        }

        return null;
    }

    private static bool IsMeant(string said, string unit) =>
        string.Equals(said, unit, StringComparison.Ordinal) || string.Equals(Word.Singular(said), Word.Singular(unit), StringComparison.Ordinal)
        || (unit.Length >= ShortestBeginning && said.StartsWith(unit, StringComparison.Ordinal))
        || (said.Length >= ShortestBeginning && unit.StartsWith(said, StringComparison.Ordinal));

    private static string Folded(string text) => text.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);

    private static string Last(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static IEnumerable<string> Above(string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
        {
            yield return path[..end];
        }
    }
}
