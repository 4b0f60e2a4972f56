namespace CentralOps.Aws.Models;

/// <summary>What a misspelt member may have meant.</summary>
internal static class NearestNames
{
    private const int Most = 3;

    /// <summary>A sentence with up to three names, nearest first, with a space before it; empty when nothing is near.</summary>
    public static string Sentence(string name, Member[] members)
    {
        var near = new List<(int Distance, string Name)>();
        foreach (var member in members)
        {
            var distance = Distance(name, member.Name);
            if (distance <= Math.Max(2, member.Name.Length / 2))
            {
                near.Add((distance, member.Name));
            }
        }

        if (near.Count == 0)
        {
            return members.Length == 0 ? " It takes no members." : "";
        }

        near.Sort(static (left, right) => left.Distance != right.Distance
            ? left.Distance.CompareTo(right.Distance)
            : string.CompareOrdinal(left.Name, right.Name));
        return $" Did you mean {string.Join(", ", near.Take(Most).Select(static entry => entry.Name))}?";
    }

    // Levenshtein, without regard to case: only a mistake asks for it.
    private static int Distance(string left, string right)
    {
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= Math.Min(left.Length, 128); i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
