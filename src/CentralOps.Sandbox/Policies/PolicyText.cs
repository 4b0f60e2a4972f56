using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Sandbox.Policies;

/// <summary>What acts in a value of a policy, and is not just a character.</summary>
[Flags]
internal enum TextRules
{
    Literal = 0,
    Wildcards = 1,

    /// <summary>Only in documents of version 2012-10-17; before it, <c>${</c> is text.</summary>
    Variables = 2,
}

/// <summary>
/// A value of a policy: text with wildcards and variables, <c>${key}</c> or <c>${key, 'default'}</c>.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
/// </summary>
internal sealed class PolicyText
{
    private readonly IReadOnlyList<Part> _parts;
    private readonly Glob? _fixed;

    private PolicyText(IReadOnlyList<Part> parts)
    {
        _parts = parts;
        _fixed = parts.All(part => part.Variable is null) ? Join(parts.Select(part => part.Symbols)) : null;
    }

    /// <summary>True when it matches. A variable that has no value here is like nothing and equal to nothing.</summary>
    public bool Matches(AccessRequest request, ReadOnlySpan<char> text, StringComparison comparison) =>
        (_fixed ?? Resolve(request)) is { } glob && glob.Matches(text, comparison);

    public static bool TryParse(
        string text, TextRules rules, [NotNullWhen(true)] out PolicyText? parsed, [NotNullWhen(false)] out string? problem)
    {
        parsed = null;
        problem = null;
        var parts = new List<Part>();
        for (var at = 0; at < text.Length;)
        {
            var open = rules.HasFlag(TextRules.Variables) ? text.IndexOf("${", at, StringComparison.Ordinal) : -1;
            var end = open < 0 ? text.Length : open;
            parts.Add(new Part(Symbols(text.AsSpan(at, end - at), rules.HasFlag(TextRules.Wildcards)), null, null));
            at = end;
            if (open < 0)
            {
                break;
            }

            var close = text.IndexOf('}', open);
            if (close < 0)
            {
                problem = $"In '{text}' a policy variable is not closed: '}}' is missing.";
                return false;
            }

            if (!TryReadVariable(text[(open + 2)..close], out var part, out problem))
            {
                return false;
            }

            parts.Add(part);
            at = close + 1;
        }

        parsed = new PolicyText(parts);
        return true;
    }

    private static bool TryReadVariable(string inner, out Part part, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        if (inner is "*" or "?" or "$")
        {
            part = new Part([inner[0]], null, null);
            return true;
        }

        part = default;
        var comma = inner.IndexOf(',', StringComparison.Ordinal);
        var name = (comma < 0 ? inner : inner[..comma]).Trim();
        var otherwise = comma < 0 ? null : inner[(comma + 1)..].Trim();
        if (otherwise is not (null or ['\'', .., '\'']))
        {
            problem = $"The default of the policy variable '${{{inner}}}' must stand in single quotes.";
            return false;
        }

        if (!ConditionKey.TryParse(name, out var key) || key.IsMultivalued)
        {
            problem = $"The policy variable '${{{name}}}' is not one that this sandbox evaluates.";
            return false;
        }

        part = new Part([], key, otherwise?[1..^1]);
        return true;
    }

    private Glob? Resolve(AccessRequest request)
    {
        var symbols = new List<int[]>(_parts.Count);
        foreach (var part in _parts)
        {
            if (part.Variable is not { } key)
            {
                symbols.Add(part.Symbols);
                continue;
            }

            if ((key.ValuesIn(request) is [var value] ? value : part.Default) is not { } known)
            {
                return null;
            }

            symbols.Add(Symbols(known, wildcards: false));
        }

        return Join(symbols);
    }

    private static Glob Join(IEnumerable<int[]> symbols) => new([.. symbols.SelectMany(part => part)]);

    private static int[] Symbols(ReadOnlySpan<char> text, bool wildcards)
    {
        var symbols = new int[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            symbols[i] = wildcards ? Glob.Symbol(text[i]) : text[i];
        }

        return symbols;
    }

    private readonly record struct Part(int[] Symbols, ConditionKey? Variable, string? Default);
}
