namespace CentralOps.Aws.Endpoints;

/// <summary>One of AWS's separate clouds: its host suffix and the region that its global services sign for.</summary>
internal sealed record Partition(string Id, string RegionPrefix, string DnsSuffix, string GlobalRegion)
{
    /// <summary>The commercial cloud; regions of a geography that nobody has heard of belong here.</summary>
    public static Partition Aws { get; } = new("aws", "", "amazonaws.com", "us-east-1");

    // FIPS and dual-stack hosts (issue 3) are two more columns here.
    private static readonly Partition[] Others =
    [
        new("aws-cn", "cn-", "amazonaws.com.cn", "cn-northwest-1"),
        new("aws-us-gov", "us-gov-", "amazonaws.com", "us-gov-west-1"),
        new("aws-iso", "us-iso-", "c2s.ic.gov", "us-iso-east-1"),
        new("aws-iso-b", "us-isob-", "sc2s.sgov.gov", "us-isob-east-1"),
        new("aws-iso-e", "eu-isoe-", "cloud.adc-e.uk", "eu-isoe-west-1"),
        new("aws-iso-f", "us-isof-", "csp.hci.ic.gov", "us-isof-south-1"),
        new("aws-eusc", "eusc-", "amazonaws.eu", "eusc-de-east-1"),
    ];

    public static Partition Of(RegionName region)
    {
        foreach (var partition in Others)
        {
            if (region.Text.StartsWith(partition.RegionPrefix, StringComparison.Ordinal))
            {
                return partition;
            }
        }

        return Aws;
    }
}
