using System.Globalization;

namespace CentralOps.Sandbox.Ec2;

/// <summary>The availability zones of a region: three here, a to c.</summary>
internal static class Zones
{
    public static IEnumerable<string> Of(string region) => [region + "a", region + "b", region + "c"];

    /// <summary>Such as <c>use1-az1</c> for <c>us-east-1a</c>: the region's letters in short, and a number.</summary>
    public static string IdOf(string zone) => string.Create(CultureInfo.InvariantCulture, $"{Short(zone[..^1])}-az{zone[^1] - 'a' + 1}");

    private static string Short(string region)
    {
        var parts = region.Split('-');
        var direction = parts[1] switch
        {
            "northeast" => "ne",
            "southeast" => "se",
            "northwest" => "nw",
            "southwest" => "sw",
            _ => parts[1][..1],
        };
        return parts[0] + direction + parts[2];
    }
}
