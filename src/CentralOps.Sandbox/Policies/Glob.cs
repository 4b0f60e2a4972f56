namespace CentralOps.Sandbox.Policies;

/// <summary>A pattern with IAM's wildcards: <c>*</c> is any run of characters, <c>?</c> exactly one.</summary>
internal readonly struct Glob(string pattern)
{
    private readonly bool _any = pattern is "*";
    private readonly bool _plain = pattern.AsSpan().IndexOfAny('*', '?') < 0;

    public bool Matches(ReadOnlySpan<char> text, StringComparison comparison)
    {
        if (_any)
        {
            return true;
        }

        return _plain ? text.Equals(pattern, comparison) : MatchesWild(pattern, text, comparison is StringComparison.OrdinalIgnoreCase);
    }

    // Walks once, going back to the last star only: linear in practice, quadratic at worst, never exponential.
    private static bool MatchesWild(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text, bool ignoreCase)
    {
        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = t;
                continue;
            }

            if (p < pattern.Length && (pattern[p] == '?' || Same(pattern[p], text[t], ignoreCase)))
            {
                p++;
                t++;
                continue;
            }

            if (star < 0)
            {
                return false;
            }

            p = star + 1;
            t = ++mark;
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }

    private static bool Same(char a, char b, bool ignoreCase) =>
        a == b || (ignoreCase && char.ToLowerInvariant(a) == char.ToLowerInvariant(b));
}
