namespace CentralOps.Sandbox.Policies;

/// <summary>A pattern with IAM's wildcards: <c>*</c> is any run of characters, <c>?</c> exactly one.</summary>
internal readonly struct Glob
{
    /// <summary>Beside characters, so that a wildcard in a variable's value stays the character that it is.</summary>
    public const int Run = -1;

    public const int One = -2;

    private readonly string? _plain;
    private readonly int[] _symbols;

    public Glob(string pattern)
        : this([.. pattern.Select(Symbol)])
    {
    }

    /// <param name="symbols">Characters, <see cref="Run"/> and <see cref="One"/>.</param>
    public Glob(int[] symbols)
    {
        _symbols = symbols;
        _plain = Array.Exists(symbols, symbol => symbol < 0) ? null : string.Concat(symbols.Select(symbol => (char)symbol));
    }

    public static int Symbol(char character) => character switch
    {
        '*' => Run,
        '?' => One,
        _ => character,
    };

    public bool Matches(ReadOnlySpan<char> text, StringComparison comparison)
    {
        if (_plain is not null)
        {
            return text.Equals(_plain, comparison);
        }

        return _symbols is [Run] || MatchesWild(_symbols, text, comparison is StringComparison.OrdinalIgnoreCase);
    }

    // Walks once, going back to the last star only: linear in practice, quadratic at worst, never exponential.
    private static bool MatchesWild(ReadOnlySpan<int> pattern, ReadOnlySpan<char> text, bool ignoreCase)
    {
        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == Run)
            {
                star = p++;
                mark = t;
                continue;
            }

            if (p < pattern.Length && (pattern[p] == One || Same(pattern[p], text[t], ignoreCase)))
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

        return pattern[p..].TrimStart(Run).IsEmpty;
    }

    private static bool Same(int symbol, char character, bool ignoreCase) =>
        symbol == character || (ignoreCase && symbol >= 0 && char.ToLowerInvariant((char)symbol) == char.ToLowerInvariant(character));
}
