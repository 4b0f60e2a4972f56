namespace CentralOps.Aws.Endpoints;

/// <summary>Services that have one endpoint a partition and sign for one region, whichever region was asked for.</summary>
internal static class GlobalServices
{
    /// <summary>The host and the region to sign for; null where the service answers in each region.</summary>
    /// <param name="prefix">The service's endpoint prefix.</param>
    /// <param name="modelHost">The one host that the service's model names.</param>
    public static (string Host, string Region)? Find(string prefix, string? modelHost, Partition partition)
    {
        // STS and S3 had a global endpoint first and are regional since; their models still name it.
        if (prefix is "sts" or "s3")
        {
            return null;
        }

        if (Exception(prefix, partition.Id) is { } exception)
        {
            return exception;
        }

        var (suffix, region) = (partition.DnsSuffix, partition.GlobalRegion);
        return prefix switch
        {
            "iam" or "cloudfront" or "waf" or "importexport" when IsCommercial(partition) => ($"{prefix}.{suffix}", region),
            "route53" => ($"route53.{suffix}", region),
            "budgets" => (IsCommercial(partition) || partition.Id is "aws-cn" or "aws-iso" ? $"budgets.{suffix}" : $"budgets.global.{suffix}", region),
            "savingsplans" when partition.Id is not "aws-cn" => ($"savingsplans.{suffix}", region),
            "health" when IsCommercial(partition) || partition.Id is "aws-cn" => ($"global.health.{suffix}", region),
            "organizations" or "account" or "ce" or "shield" or "support" or "iam" or "cloudfront" or "networkmanager" =>
                ($"{prefix}.{region}.{suffix}", region),
            "billingconductor" or "chime" or "globalaccelerator" or "route53domains" or "tax" when IsCommercial(partition) =>
                ($"{prefix}.{region}.{suffix}", region),
            _ => modelHost is not null && IsCommercial(partition) ? (modelHost, region) : null,
        };
    }

    private static (string Host, string Region)? Exception(string prefix, string partition) => (prefix, partition) switch
    {
        ("iam", "aws-cn") => ("iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
        ("support", "aws-cn") => ("support.cn-north-1.amazonaws.com.cn", "cn-north-1"),
        ("iam", "aws-us-gov") => ("iam.us-gov.amazonaws.com", "us-gov-west-1"),
        ("route53", "aws-us-gov") => ("route53.us-gov.amazonaws.com", "us-gov-west-1"),
        ("notifications-contacts", "aws") => ("notifications-contacts.us-east-1.api.aws", "us-east-1"),
        ("health", "aws-us-gov") => ("global.health.us-gov.amazonaws.com", "us-gov-west-1"),
        ("networkmanager" or "globalaccelerator", "aws") => ($"{prefix}.us-west-2.amazonaws.com", "us-west-2"),
        _ => null,
    };

    private static bool IsCommercial(Partition partition) => ReferenceEquals(partition, Partition.Aws);
}
