using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Sandbox.Policies;

/// <summary>
/// An ARN with wildcards. A wildcard stays inside its part: the first five colons separate, what follows is one part.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
/// </summary>
internal sealed class ArnPattern
{
    private const int Parts = 6;

    private readonly PolicyText[] _parts;

    private ArnPattern(PolicyText[] parts) => _parts = parts;

    /// <summary><c>*</c>: matches what is not an ARN, too.</summary>
    public static ArnPattern Any { get; } = new([]);

    public static bool TryParse(
        string text, TextRules rules, [NotNullWhen(true)] out ArnPattern? pattern, [NotNullWhen(false)] out string? problem)
    {
        pattern = text is "*" ? Any : null;
        problem = null;
        if (pattern is not null)
        {
            return true;
        }

        var split = Split(text);
        if (split.Count != Parts || split[0] is not "arn")
        {
            problem = $"Resource {text} must be in ARN format or \"*\".";
            return false;
        }

        var parts = new PolicyText[Parts];
        for (var i = 0; i < Parts; i++)
        {
            if (!PolicyText.TryParse(split[i], rules, out var part, out problem))
            {
                return false;
            }

            parts[i] = part;
        }

        pattern = new ArnPattern(parts);
        return true;
    }

    public bool Matches(AccessRequest request, ReadOnlySpan<char> arn)
    {
        if (_parts.Length == 0)
        {
            return true;
        }

        for (var i = 0; i < Parts - 1; i++)
        {
            var colon = arn.IndexOf(':');
            if (colon < 0 || !_parts[i].Matches(request, arn[..colon], StringComparison.Ordinal))
            {
                return false;
            }

            arn = arn[(colon + 1)..];
        }

        return _parts[Parts - 1].Matches(request, arn, StringComparison.Ordinal);
    }

    // A variable's name has a colon of its own, which separates nothing.
    private static List<string> Split(string text)
    {
        var parts = new List<string>(Parts);
        var start = 0;
        var inVariable = false;
        for (var i = 0; i < text.Length && parts.Count < Parts - 1; i++)
        {
            inVariable = (inVariable || text.AsSpan(i).StartsWith("${")) && text[i] != '}';
            if (text[i] == ':' && !inVariable)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }
}
