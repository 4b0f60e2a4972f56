using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Accounts;

/// <summary>
/// A region's name, such as <c>us-east-1</c> or <c>us-gov-west-1</c>. It becomes part of a host name, so only names of this form
/// exist here; whether AWS has the region is AWS's to say.
/// </summary>
public readonly record struct Region
{
    private const int MaxLength = 32;

    private readonly string? _name;

    private Region(string name) => _name = name;

    /// <summary>The partition that the region lies in, as ARNs spell it.</summary>
    public string Partition => _name switch
    {
        null => "aws",
        _ when _name.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
        _ when _name.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
        _ when _name.StartsWith("eusc-", StringComparison.Ordinal) => "aws-eusc",
        _ when _name.StartsWith("us-iso-", StringComparison.Ordinal) => "aws-iso",
        _ when _name.StartsWith("us-isob-", StringComparison.Ordinal) => "aws-iso-b",
        _ => "aws",
    };

    /// <summary>Accepts two or more groups of lower-case letters and one or two digits, joined by hyphens.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Region region)
    {
        region = default;
        if (text is null or { Length: 0 or > MaxLength })
        {
            return false;
        }

        var groups = 0;
        var rest = text.AsSpan();
        while (rest.IndexOf('-') is var hyphen and >= 0)
        {
            if (hyphen < 2 || rest[..hyphen].ContainsAnyExceptInRange('a', 'z'))
            {
                return false;
            }

            groups++;
            rest = rest[(hyphen + 1)..];
        }

        if (groups < 2 || rest.Length is 0 or > 2 || rest.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        region = new Region(text);
        return true;
    }

    public override string ToString() => _name ?? "";
}
