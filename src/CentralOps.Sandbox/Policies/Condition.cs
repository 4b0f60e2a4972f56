using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Sandbox.Policies;

/// <summary>
/// One key of a condition block: any of the values may match, or with a negated operator none of them.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
/// </summary>
internal sealed class Condition
{
    private readonly ConditionKey _key;
    private readonly Func<string, bool> _matchesAny;
    private readonly bool _negated;
    private readonly bool _ifExists;

    private Condition(ConditionKey key, Func<string, bool> matchesAny, bool negated, bool ifExists) =>
        (_key, _matchesAny, _negated, _ifExists) = (key, matchesAny, negated, ifExists);

    public bool Holds(AccessRequest request)
    {
        var value = _key.ValueIn(request);
        if (value is null)
        {
            // A key that the request lacks satisfies a negated operator and "IfExists", and nothing else.
            return _ifExists || _negated;
        }

        return _matchesAny(value) != _negated;
    }

    /// <summary>False, with the problem, for an operator or key that is not evaluated here: such a document must not load.</summary>
    public static bool TryParse(
        string op, string key, IReadOnlyList<string> values, [NotNullWhen(true)] out Condition? condition, [NotNullWhen(false)] out string? problem)
    {
        condition = null;
        if (!ConditionKey.TryParse(key, out var known))
        {
            problem = $"The condition key '{key}' is not one that this sandbox evaluates.";
            return false;
        }

        var ifExists = op.EndsWith("IfExists", StringComparison.Ordinal);
        var name = ifExists ? op[..^"IfExists".Length] : op;
        var negated = name is "StringNotEquals" or "StringNotEqualsIgnoreCase" or "StringNotLike" or "ArnNotEquals" or "ArnNotLike";
        var matcher = Matcher(negated ? name.Replace("Not", "", StringComparison.Ordinal) : name, values);
        if (matcher is null)
        {
            problem = $"The condition operator '{op}' is not one that this sandbox evaluates, or a value does not fit it.";
            return false;
        }

        condition = new Condition(known, matcher, negated, ifExists);
        problem = null;
        return true;
    }

    private static Func<string, bool>? Matcher(string name, IReadOnlyList<string> values) => name switch
    {
        "StringEquals" => value => values.Contains(value, StringComparer.Ordinal),
        "StringEqualsIgnoreCase" => value => values.Contains(value, StringComparer.OrdinalIgnoreCase),
        "StringLike" => Like(values),
        "ArnEquals" or "ArnLike" => ArnLike(values),
        "Bool" when values.All(value => bool.TryParse(value, out _)) => value => values.Contains(value, StringComparer.OrdinalIgnoreCase),
        _ => null,
    };

    private static Func<string, bool> Like(IReadOnlyList<string> values)
    {
        var globs = values.Select(value => new Glob(value)).ToArray();
        return value => Array.Exists(globs, glob => glob.Matches(value, StringComparison.Ordinal));
    }

    private static Func<string, bool>? ArnLike(IReadOnlyList<string> values)
    {
        var patterns = new List<ArnPattern>(values.Count);
        foreach (var value in values)
        {
            if (!ArnPattern.TryParse(value, out var pattern))
            {
                return null;
            }

            patterns.Add(pattern);
        }

        return value => patterns.Exists(pattern => pattern.Matches(value));
    }
}
