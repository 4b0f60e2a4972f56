namespace CentralOps.Accounts;

/// <summary>Which known names a mistyped one probably meant.</summary>
public static class Nearest
{
    private const int MaxLength = 128;

    /// <summary>At most <paramref name="count"/> names within a third of the given one's length in edits, nearest first.</summary>
    public static IReadOnlyList<string> To(string given, IEnumerable<string> known, int count = 3)
    {
        if (given.Length is 0 or > MaxLength)
        {
            return [];
        }

        var allowed = Math.Max(2, given.Length / 3);
        var found = new List<(int Edits, string Name)>();
        foreach (var name in known)
        {
            if (Math.Abs(name.Length - given.Length) <= allowed && Edits(given, name) is var edits && edits <= allowed)
            {
                found.Add((edits, name));
            }
        }

        found.Sort(static (a, b) => a.Edits != b.Edits ? a.Edits.CompareTo(b.Edits) : string.CompareOrdinal(a.Name, b.Name));
        return found.ConvertAll(static entry => entry.Name)[..Math.Min(count, found.Count)];
    }

    /// <summary>Edit distance without regard to case (Levenshtein, two rows).</summary>
    internal static int Edits(string left, string right)
    {
        Span<int> row = stackalloc int[right.Length + 1];
        for (var column = 0; column < row.Length; column++)
        {
            row[column] = column;
        }

        for (var line = 1; line <= left.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column < row.Length; column++)
            {
                var same = char.ToLowerInvariant(left[line - 1]) == char.ToLowerInvariant(right[column - 1]);
                var replaced = diagonal + (same ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.Min(replaced, Math.Min(row[column], row[column - 1]) + 1);
            }
        }

        return row[^1];
    }
}
