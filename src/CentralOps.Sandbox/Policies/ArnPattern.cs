using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Sandbox.Policies;

/// <summary>
/// An ARN with wildcards. A wildcard stays inside its part: the first five colons separate, what follows is one part.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
/// </summary>
internal sealed class ArnPattern
{
    private const int Parts = 6;

    private readonly Glob[] _parts;

    private ArnPattern(Glob[] parts) => _parts = parts;

    /// <summary><c>*</c>: matches what is not an ARN, too.</summary>
    public static ArnPattern Any { get; } = new([]);

    public static bool TryParse(string text, [NotNullWhen(true)] out ArnPattern? pattern)
    {
        pattern = text is "*" ? Any : null;
        if (pattern is not null)
        {
            return true;
        }

        var parts = text.Split(':', Parts);
        if (parts.Length != Parts || parts[0] is not "arn")
        {
            return false;
        }

        pattern = new ArnPattern(Array.ConvertAll(parts, part => new Glob(part)));
        return true;
    }

    public bool Matches(ReadOnlySpan<char> arn)
    {
        if (_parts.Length == 0)
        {
            return true;
        }

        for (var i = 0; i < Parts - 1; i++)
        {
            var colon = arn.IndexOf(':');
            if (colon < 0 || !_parts[i].Matches(arn[..colon], StringComparison.Ordinal))
            {
                return false;
            }

            arn = arn[(colon + 1)..];
        }

        return _parts[Parts - 1].Matches(arn, StringComparison.Ordinal);
    }
}
