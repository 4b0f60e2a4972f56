namespace CentralOps.Text.Nearness;

/// <summary>Names that somebody may have meant by another.</summary>
public static class NearNames
{
    private const int MaxLength = EditDistance.MaxLength;

    /// <summary>
    /// The nearest of <paramref name="known"/> to <paramref name="name"/> without regard to case: those a third of its length away at most, and
    /// those that begin with it; the nearest first, then by name.
    /// </summary>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> known, int most)
    {
        if (name.Length is 0 or > MaxLength || most < 1)
        {
            return [];
        }

        var folded = name.ToLowerInvariant();
        var reach = Math.Max(1, name.Length / 3);
        return [.. known.Select(candidate => (Name: candidate, Distance: Distance(folded, candidate, reach)))
            .Where(candidate => candidate.Distance <= reach)
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name).Distinct(StringComparer.Ordinal).Take(most)];
    }

    private static int Distance(string folded, string candidate, int reach)
    {
        var other = candidate.ToLowerInvariant();
        var distance = EditDistance.Within(folded, other, reach);
        return distance > reach && folded.Length > 2 && other.StartsWith(folded, StringComparison.Ordinal) ? reach : distance;
    }
}
