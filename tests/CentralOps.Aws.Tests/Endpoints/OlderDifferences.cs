namespace CentralOps.Aws.Tests.Endpoints;

/// <summary>Where botocore's rule sets, which its clients follow, and its older endpoints.json disagree; we go with the rule sets.</summary>
internal static class OlderDifferences
{
    private const string DualStackOnly = "a newer service has api.aws names alone; the older data knows only some of its regions";
    private const string FipsInGovCloud = "the older data gives the FIPS host without being asked for it";

    public static readonly IReadOnlyDictionary<string, string> Known = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["compute-optimizer"] = FipsInGovCloud,
        ["kinesisvideo"] = FipsInGovCloud,
        ["datazone"] = DualStackOnly,
        ["eks-auth"] = DualStackOnly,
        ["gameliftstreams"] = DualStackOnly,
        ["kendra-ranking"] = DualStackOnly,
        ["notifications"] = DualStackOnly,
        ["qbusiness"] = DualStackOnly,
        ["internetmonitor"] = "the rule set has the IPv4 name too, and gives api.aws with dual stack only",
        ["partnercentral-channel"] = "one global host, signed for all regions",
        ["route53-recovery-control-config"] = "one host, signed for us-west-2",
        ["support"] = "one host a partition",
        ["savingsplans"] = "one host in aws and aws-cn, regional ones in the isolated partitions",
        ["entitlement.marketplace"] = "the rule set spells the host entitlement-marketplace in China and the sovereign cloud",
        ["metering.marketplace"] = "the rule set spells the host metering-marketplace in the sovereign cloud",
        ["mediaconvert"] = "the rule set has the host of China's Ningxia region under subscribe",
    };
}
