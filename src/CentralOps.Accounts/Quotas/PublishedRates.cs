using CentralOps.Aws.Models;

namespace CentralOps.Accounts.Quotas;

/// <summary>
/// AWS's published default quotas for what CentralOps reads. Where AWS names a rate and no burst, half a second's worth is taken to be let
/// through at once. IAM, RDS, EKS, S3 and the tagging API publish none: they are learnt when they throttle.
/// </summary>
internal static class PublishedRates
{
    private const string Ec2Page = "https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html";
    private const string EcsPage = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html";
    private const string CloudWatchPage = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html";
    private const string LambdaPage = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html";
    private const string OrganizationsPage = "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html#throttling-limits";
    private const string StsPage = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";
    private const string CloudTrailPage = "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html";

    /// <summary>Read by people and by one test; a group named <c>*</c> holds all other operations of its service, one quota for all of them.</summary>
    public static IReadOnlyList<PublishedRow> Rows { get; } =
    [
        // Each non-mutating operation has a bucket of its own; some have a smaller one for calls with neither filter nor page size.
        new("ec2", PublishedGroup.EachOther, 100, 20, [], Ec2Page),
        new("ec2", "DescribeSecurityGroupReferences", 20, 5, ["DescribeSecurityGroupReferences"], Ec2Page),
        new("ec2", "DescribeStaleSecurityGroups", 20, 5, ["DescribeStaleSecurityGroups"], Ec2Page),
        new("ec2", "DescribeInstanceTopology", 1, 1, ["DescribeInstanceTopology"], Ec2Page),
        new("ec2", "DescribeReservedInstancesOfferings", 10, 10, ["DescribeReservedInstancesOfferings"], Ec2Page),
        new("ec2", "DescribeSpotFleetRequests", 50, 3, ["DescribeSpotFleetRequests"], Ec2Page),
        .. Unfiltered(
            "DescribeInstances", "DescribeInstanceStatus", "DescribeNetworkInterfaces", "DescribeSecurityGroups", "DescribeSnapshots",
            "DescribeSpotInstanceRequests", "DescribeVolumes"),
        new("ecs", "cluster reads", 50, 20, ["DescribeClusters", "ListClusters"], EcsPage),
        new("ecs", "task definition reads", 50, 20, ["DescribeTaskDefinition", "ListTaskDefinitions", "ListTaskDefinitionFamilies"], EcsPage),
        new("ecs", "capacity provider reads", 50, 20, ["DescribeCapacityProviders"], EcsPage),
        new("ecs", "tag reads", 50, 20, ["ListTagsForResource"], EcsPage),
        new("ecs", "setting reads", 50, 20, ["ListAccountSettings"], EcsPage),
        new(
            "ecs", "cluster resource reads", 100, 20,
            ["DescribeContainerInstances", "DescribeTasks", "ListAttributes", "ListContainerInstances", "ListTasks"], EcsPage),
        new("ecs", "service reads", 100, 20, ["DescribeServices", "ListServices"], EcsPage),
        new("ecs", "service deployments", 50, 20, ["DescribeServiceDeployments", "ListServiceDeployments"], EcsPage),
        new("cloudwatch", "DescribeAlarms", 4.5, 9, ["DescribeAlarms"], CloudWatchPage),
        new("cloudwatch", "DescribeAlarmsForMetric", 4.5, 9, ["DescribeAlarmsForMetric"], CloudWatchPage),
        new("cloudwatch", "DescribeAlarmHistory", 1.5, 3, ["DescribeAlarmHistory"], CloudWatchPage),
        new("cloudwatch", "GetMetricData", 25, 50, ["GetMetricData"], CloudWatchPage),
        new("cloudwatch", "GetMetricStatistics", 200, 400, ["GetMetricStatistics"], CloudWatchPage),
        new("cloudwatch", "ListMetrics", 12, 25, ["ListMetrics"], CloudWatchPage),
        new("lambda", "GetFunction", 50, 100, ["GetFunction"], LambdaPage),
        new("lambda", "GetPolicy", 7, 15, ["GetPolicy"], LambdaPage),
        new("lambda", PublishedGroup.AllOther, 7, 15, [], LambdaPage),
        new("organizations", "DescribeAccount", 30, 20, ["DescribeAccount"], OrganizationsPage),
        new("organizations", "DescribeOrganization", 2, 1, ["DescribeOrganization"], OrganizationsPage),
        new("organizations", "DescribeOrganizationalUnit", 2, 2, ["DescribeOrganizationalUnit"], OrganizationsPage),
        new("organizations", "DescribePolicy", 2, 2, ["DescribePolicy"], OrganizationsPage),
        new("organizations", "ListAccounts", 12, 8, ["ListAccounts"], OrganizationsPage),
        new("organizations", "ListChildren", 10, 6, ["ListChildren"], OrganizationsPage),
        new(
            "organizations", "parents", 8, 5,
            ["ListParents", "ListAccountsForParent", "ListOrganizationalUnitsForParent"], OrganizationsPage),
        new("organizations", "ListRoots", 2, 1, ["ListRoots"], OrganizationsPage),
        new("organizations", "ListTagsForResource", 15, 10, ["ListTagsForResource"], OrganizationsPage),
        new("organizations", "policies", 8, 5, ["ListPolicies", "ListPoliciesForTarget", "ListTargetsForPolicy"], OrganizationsPage),
        new("organizations", "ListDelegatedAdministrators", 8, 5, ["ListDelegatedAdministrators"], OrganizationsPage),
        new("sts", "sts", 300, 600, ["AssumeRole", "GetCallerIdentity", "GetAccessKeyInfo", "DecodeAuthorizationMessage"], StsPage),
        new("cloudtrail", "LookupEvents", 1, 2, ["LookupEvents"], CloudTrailPage),
        new(
            "cloudtrail", "reads", 5, 10,
            ["DescribeTrails", "GetTrail", "GetTrailStatus", "GetEventSelectors", "ListTrails", "ListTags"], CloudTrailPage),
    ];

    private static readonly Dictionary<(string Service, string Operation), PublishedRow> ByOperation = Rows
        .SelectMany(static row => row.Operations, static (row, operation) => KeyValuePair.Create((row.Service, operation), row))
        .ToDictionary();

    private static readonly Dictionary<string, PublishedRow> ByService = Rows
        .Where(static row => row.Operations.Count == 0)
        .ToDictionary(static row => row.Service, StringComparer.Ordinal);

    /// <summary>The group that a call counts in, and its rate where AWS publishes one.</summary>
    /// <param name="bare">Whether the call has neither a filter nor a page size, which EC2 counts apart.</param>
    public static (string Group, PublishedRate? Rate) Of(OperationModel operation, bool bare)
    {
        var service = operation.Service.Name;
        if (bare && ByOperation.TryGetValue((service, operation.Name + PublishedGroup.Bare), out var smaller))
        {
            return (smaller.Group, smaller.Rate);
        }

        if (ByOperation.TryGetValue((service, operation.Name), out var own))
        {
            return (own.Group, own.Rate);
        }

        return ByService.TryGetValue(service, out var others)
            ? (others.Group is PublishedGroup.AllOther ? others.Group : operation.Name, others.Rate)
            : (operation.Name, null);
    }

    /// <summary>Whether EC2 counts the operation apart when it comes with neither a filter nor a page size.</summary>
    public static bool HasBareForm(OperationModel operation) =>
        operation.Service.Name is "ec2" && ByOperation.ContainsKey(("ec2", operation.Name + PublishedGroup.Bare));

    private static IEnumerable<PublishedRow> Unfiltered(params string[] operations) =>
        operations.Select(static operation => new PublishedRow("ec2", operation + PublishedGroup.Bare, 50, 10, [operation + PublishedGroup.Bare], Ec2Page));
}

/// <summary>Names of groups that are not one operation's.</summary>
internal static class PublishedGroup
{
    /// <summary>All other operations of the service, which share one quota.</summary>
    public const string AllOther = "*";

    /// <summary>Each other operation of the service, with a quota of its own.</summary>
    public const string EachOther = "each";

    /// <summary>Behind an operation's name: its calls with neither a filter nor a page size.</summary>
    public const string Bare = " unfiltered";
}

/// <summary>One published quota.</summary>
/// <param name="Operations">None: every operation of the service that no other row has.</param>
/// <param name="Source">The page that says so.</param>
internal sealed record PublishedRow(string Service, string Group, double Burst, double PerSecond, IReadOnlyList<string> Operations, string Source)
{
    public PublishedRate Rate { get; } = new(Math.Max(1, Burst), PerSecond);
}
