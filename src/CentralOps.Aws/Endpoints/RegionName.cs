using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Aws.Endpoints;

/// <summary>
/// The name of an AWS region, such as <c>us-gov-west-1</c>, checked by its form: two to four parts of lower-case letters, then a number.
/// No list of regions, so that a new one works; nothing but letters, digits and hyphens, so that it is safe inside a host name.
/// </summary>
public readonly record struct RegionName
{
    private const int MaxLength = 32;

    private RegionName(string text) => Text = text;

    public string Text { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, out RegionName region)
    {
        region = default;
        if (text is not { Length: > 0 and <= MaxLength })
        {
            return false;
        }

        var last = text.LastIndexOf('-');
        if (last < 0)
        {
            return false;
        }

        var parts = 0;
        foreach (var range in text.AsSpan(0, last).Split('-'))
        {
            var part = text.AsSpan(0, last)[range];
            if (part.Length is < 2 or > 12 || part.ContainsAnyExceptInRange('a', 'z'))
            {
                return false;
            }

            parts++;
        }

        var number = text.AsSpan(last + 1);
        if (parts is < 2 or > 3 || number.Length is < 1 or > 2 || number.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        region = new RegionName(text);
        return true;
    }

    /// <summary>The partition that the region lies in, as ARNs spell it, such as <c>aws-cn</c>.</summary>
    public string PartitionId => Partition.Of(this).Id;

    public override string ToString() => Text;
}
