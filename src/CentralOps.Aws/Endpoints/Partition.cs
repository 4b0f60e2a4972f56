namespace CentralOps.Aws.Endpoints;

/// <summary>One of AWS's separate clouds: its host suffixes and the region that most of its global services sign for.</summary>
internal sealed record Partition(string Id, string RegionPrefix, string DnsSuffix, string DualStackSuffix, string MainRegion)
{
    /// <summary>The commercial cloud; regions of a geography that nobody has heard of belong here.</summary>
    public static Partition Aws { get; } = new("aws", "", "amazonaws.com", "api.aws", "us-east-1");

    private static readonly Partition[] Others =
    [
        new("aws-cn", "cn-", "amazonaws.com.cn", "api.amazonwebservices.com.cn", "cn-northwest-1"),
        new("aws-us-gov", "us-gov-", "amazonaws.com", "api.aws", "us-gov-west-1"),
        new("aws-iso", "us-iso-", "c2s.ic.gov", "api.aws.ic.gov", "us-iso-east-1"),
        new("aws-iso-b", "us-isob-", "sc2s.sgov.gov", "api.aws.scloud", "us-isob-east-1"),
        new("aws-iso-e", "eu-isoe-", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", "eu-isoe-west-1"),
        new("aws-iso-f", "us-isof-", "csp.hci.ic.gov", "api.aws.hci.ic.gov", "us-isof-south-1"),
        new("aws-eusc", "eusc-", "amazonaws.eu", "api.amazonwebservices.eu", "eusc-de-east-1"),
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
