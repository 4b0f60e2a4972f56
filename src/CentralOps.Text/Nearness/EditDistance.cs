namespace CentralOps.Text.Nearness;

/// <summary>
/// How many typing mistakes lie between two words: a letter too many, too few, another one, or two neighbours swapped (Damerau's four, in
/// the form in which no letter is touched twice: optimal string alignment). Compares UTF-16 characters as they are: fold case before.
/// </summary>
public static class EditDistance
{
    /// <summary>Longer words are never near: the work stays bounded.</summary>
    public const int MaxLength = 64;

    /// <returns>The distance, or <paramref name="most"/> + 1 where it is greater than <paramref name="most"/>.</returns>
    public static int Within(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int most)
    {
        if (left.Length > right.Length)
        {
            return Within(right, left, most);
        }

        if (right.Length - left.Length > most || right.Length > MaxLength)
        {
            return left.SequenceEqual(right) ? 0 : most + 1;
        }

        var start = left.CommonPrefixLength(right);
        left = left[start..];
        right = right[start..];
        while (left.Length > 0 && left[^1] == right[^1])
        {
            left = left[..^1];
            right = right[..^1];
        }

        return left.IsEmpty ? right.Length : Rows(left, right, most);
    }

    private static int Rows(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int most)
    {
        Span<int> beforeLast = stackalloc int[MaxLength + 1];
        Span<int> last = stackalloc int[MaxLength + 1];
        Span<int> row = stackalloc int[MaxLength + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }

                least = Math.Min(least, row[j]);
            }

            // Two rows above the bound cannot come below it again; one can, through a swap.
            if (least > most && MinOf(last[..(right.Length + 1)]) > most)
            {
                return most + 1;
            }

            var free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }

        return Math.Min(last[right.Length], most + 1);
    }

    private static int MinOf(ReadOnlySpan<int> row)
    {
        var least = int.MaxValue;
        foreach (var value in row)
        {
            least = Math.Min(least, value);
        }

        return least;
    }
}
