using CentralOps.Aws.Endpoints;

namespace CentralOps.Tools.Finding;

/// <summary>Host names that AWS gives to resources: most tell the region, and the resource's name.</summary>
internal static class HostNames
{
    private const string Aws = ".amazonaws.com";

    /// <summary>Null for a name that AWS did not give, or that tells nothing.</summary>
    public static FindPlan? PlanOf(string host)
    {
        var labels = host.Split('.');
        return host switch
        {
            // ip-10-0-12-7.ec2.internal, ip-10-0-12-7.eu-west-1.compute.internal
            _ when host.EndsWith(".ec2.internal", StringComparison.Ordinal) => Instance("private-dns-name", host, "us-east-1"),
            _ when host.EndsWith(".compute.internal", StringComparison.Ordinal) && labels.Length == 4 => Instance("private-dns-name", host, labels[1]),

            // ec2-54-1-2-3.compute-1.amazonaws.com, ec2-54-1-2-3.eu-west-1.compute.amazonaws.com
            _ when host.EndsWith(".compute-1" + Aws, StringComparison.Ordinal) => Instance("dns-name", host, "us-east-1"),
            _ when host.EndsWith(".compute" + Aws, StringComparison.Ordinal) && labels.Length == 5 => Instance("dns-name", host, labels[1]),

            // orders.cx1k2j3h4.us-east-1.rds.amazonaws.com, orders.cluster-cx1k2j3h4.us-east-1.rds.amazonaws.com
            _ when host.EndsWith(".rds" + Aws, StringComparison.Ordinal) && labels.Length == 6 =>
                In(labels[2], labels[1].StartsWith("cluster-", StringComparison.Ordinal) ? Lookups.DatabaseCluster(labels[0]) : Lookups.Database(labels[0])),
            _ when host.EndsWith(".eks" + Aws, StringComparison.Ordinal) && labels.Length >= 5 => In(labels[^4], Lookups.EksEndpoint(host)),

            // bucket.s3.amazonaws.com, bucket.s3.eu-west-1.amazonaws.com, bucket.s3-website-eu-west-1.amazonaws.com
            _ when host.EndsWith(Aws, StringComparison.Ordinal) && host.LastIndexOf(".s3", StringComparison.Ordinal) is > 2 and var end => new FindPlan("host", [Lookups.Bucket(host[..end])]),
            _ => null,
        };
    }

    private static FindPlan? Instance(string filter, string host, string region) => In(region, Lookups.Instance(filter, host));

    private static FindPlan? In(string region, Lookup lookup) =>
        RegionName.TryParse(region, out _) ? new FindPlan("host", [lookup with { Place = new LookupPlace(null, region) }]) : null;
}
