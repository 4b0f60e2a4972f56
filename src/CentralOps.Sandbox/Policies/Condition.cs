using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Sandbox.Policies;

/// <summary>
/// One key of a condition block: any of the values may match, or with a negated operator none of them.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
/// </summary>
internal sealed class Condition
{
    private const string AllPrefix = "ForAllValues:";
    private const string AnyPrefix = "ForAnyValue:";
    private const string IfExistsSuffix = "IfExists";

    private readonly ConditionKey _key;
    private readonly Quantity _quantity;
    private readonly bool _negated;
    private readonly bool _ifExists;
    private readonly IReadOnlyList<ValueMatch> _values;

    private Condition(ConditionKey key, Quantity quantity, bool negated, bool ifExists, IReadOnlyList<ValueMatch> values) =>
        (_key, _quantity, _negated, _ifExists, _values) = (key, quantity, negated, ifExists, values);

    private enum Quantity
    {
        One,
        All,
        Any,

        /// <summary>The operator <c>Null</c>: is the key absent?</summary>
        Absence,
    }

    public bool Holds(AccessRequest request)
    {
        var given = _key.ValuesIn(request);
        return (_quantity, given) switch
        {
            (Quantity.Absence, _) => _values.Any(value => value(request, given is null ? "true" : "false")),
            (Quantity.All, null) => true,
            (Quantity.Any, null) => _ifExists,
            // A key that the request lacks satisfies a negated operator and "IfExists", and nothing else.
            (Quantity.One, null) => _ifExists || _negated,
            (Quantity.All, { } values) => values.All(value => Meets(request, value)),
            (Quantity.Any, { } values) => values.Any(value => Meets(request, value)),
            // Without a set operator nothing is said about a key of several values.
            (_, [var value, ..]) => !_key.IsMultivalued && Meets(request, value),
            _ => false,
        };
    }

    /// <summary>False, with the problem, for an operator or key that is not evaluated here: such a document must not load.</summary>
    public static bool TryParse(
        string op, string key, IReadOnlyList<string> values, bool variables, [NotNullWhen(true)] out Condition? condition, [NotNullWhen(false)] out string? problem)
    {
        condition = null;
        if (!ConditionKey.TryParse(key, out var known))
        {
            problem = $"The condition key '{key}' is not one that this sandbox evaluates.";
            return false;
        }

        var (name, quantity, ifExists) = Shape(op);
        var negated = name is "StringNotEquals" or "StringNotEqualsIgnoreCase" or "StringNotLike" or "ArnNotEquals" or "ArnNotLike"
            or "NumericNotEquals" or "DateNotEquals" or "NotIpAddress";
        var positive = negated ? name.Replace("Not", "", StringComparison.Ordinal) : name;
        var bound = new List<ValueMatch>(values.Count);
        foreach (var value in values)
        {
            if (!ConditionOperator.TryBind(quantity == Quantity.Absence ? "Bool" : positive, value, variables, out var match, out problem))
            {
                problem = problem.Replace($"'{positive}'", $"'{op}'", StringComparison.Ordinal);
                return false;
            }

            bound.Add(match);
        }

        condition = new Condition(known, quantity, negated, ifExists, bound);
        problem = null;
        return true;
    }

    private static (string Name, Quantity Quantity, bool IfExists) Shape(string op)
    {
        if (op is "Null")
        {
            return (op, Quantity.Absence, false);
        }

        var quantity = op.StartsWith(AllPrefix, StringComparison.Ordinal) ? Quantity.All
            : op.StartsWith(AnyPrefix, StringComparison.Ordinal) ? Quantity.Any : Quantity.One;
        var name = quantity == Quantity.One ? op : op[(op.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var ifExists = name.EndsWith(IfExistsSuffix, StringComparison.Ordinal);
        return (ifExists ? name[..^IfExistsSuffix.Length] : name, quantity, ifExists);
    }

    private bool Meets(AccessRequest request, string given)
    {
        foreach (var value in _values)
        {
            if (value(request, given))
            {
                return !_negated;
            }
        }

        return _negated;
    }
}
