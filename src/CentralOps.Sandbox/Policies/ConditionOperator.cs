using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace CentralOps.Sandbox.Policies;

/// <summary>
/// How a value of the request compares with one value of the policy; false where the request's value is not of the operator's type.
/// </summary>
internal delegate bool ValueMatch(AccessRequest request, string value);

/// <summary>
/// What a condition operator does with one value, apart from negation, <c>IfExists</c> and sets.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
/// </summary>
internal static class ConditionOperator
{
    /// <param name="name">Without its negation: <c>StringEquals</c>, <c>IpAddress</c>.</param>
    /// <param name="value">One of the policy's values.</param>
    /// <param name="variables">Whether the document's version has policy variables.</param>
    /// <param name="match">Compares.</param>
    /// <param name="problem">Why the operator is not known or the value does not fit it.</param>
    public static bool TryBind(
        string name, string value, bool variables, [NotNullWhen(true)] out ValueMatch? match, [NotNullWhen(false)] out string? problem)
    {
        var rules = variables ? TextRules.Variables : TextRules.Literal;
        problem = $"The condition operator '{name}' does not take the value '{value}'.";
        match = name switch
        {
            "StringEquals" => Text(value, rules, StringComparison.Ordinal, ref problem),
            "StringEqualsIgnoreCase" => Text(value, rules, StringComparison.OrdinalIgnoreCase, ref problem),
            "StringLike" => Text(value, rules | TextRules.Wildcards, StringComparison.Ordinal, ref problem),
            // Both take wildcards and behave alike.
            "ArnEquals" or "ArnLike" => Arn(value, rules | TextRules.Wildcards, ref problem),
            "Bool" => bool.TryParse(value, out var wanted) ? (_, text) => bool.TryParse(text, out var given) && given == wanted : null,
            "BinaryEquals" => Binary(value),
            "IpAddress" => Address(value),
            _ when name.StartsWith("Numeric", StringComparison.Ordinal) => Ordered(name["Numeric".Length..], value, Number),
            _ when name.StartsWith("Date", StringComparison.Ordinal) => Ordered(name["Date".Length..], value, Date),
            _ => Unknown(name, ref problem),
        };
        return match is not null;
    }

    private static ValueMatch? Unknown(string name, ref string problem)
    {
        problem = $"The condition operator '{name}' is not one that this sandbox evaluates.";
        return null;
    }

    private static ValueMatch? Text(string value, TextRules rules, StringComparison comparison, ref string problem)
    {
        if (PolicyText.TryParse(value, rules, out var text, out var malformed))
        {
            return (request, given) => text.Matches(request, given, comparison);
        }

        problem = malformed;
        return null;
    }

    private static ValueMatch? Arn(string value, TextRules rules, ref string problem)
    {
        if (ArnPattern.TryParse(value, rules, out var pattern, out var malformed))
        {
            return (request, given) => pattern.Matches(request, given);
        }

        problem = malformed;
        return null;
    }

    private static ValueMatch? Binary(string value)
    {
        var wanted = Bytes(value);
        return wanted is null ? null : (_, text) => Bytes(text) is { } given && given.AsSpan().SequenceEqual(wanted);
    }

    private static byte[]? Bytes(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    private static ValueMatch? Address(string value)
    {
        if (IPAddress.TryParse(value, out var single))
        {
            return (_, text) => IPAddress.TryParse(text, out var given) && given.Equals(single);
        }

        return IPNetwork.TryParse(value, out var network) ? (_, text) => IPAddress.TryParse(text, out var given) && network.Contains(given) : null;
    }

    private static ValueMatch? Ordered(string relation, string value, Func<string, decimal?> read)
    {
        if (read(value) is not { } wanted)
        {
            return null;
        }

        return relation switch
        {
            "Equals" => (_, text) => read(text) == wanted,
            "LessThan" => (_, text) => read(text) < wanted,
            "LessThanEquals" => (_, text) => read(text) <= wanted,
            "GreaterThan" => (_, text) => read(text) > wanted,
            "GreaterThanEquals" => (_, text) => read(text) >= wanted,
            _ => null,
        };
    }

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    // ISO 8601, or seconds since 1970.
    private static decimal? Date(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date.UtcTicks / (decimal)TimeSpan.TicksPerSecond - DateTimeOffset.UnixEpoch.Ticks / (decimal)TimeSpan.TicksPerSecond
            : null;
    }
}
