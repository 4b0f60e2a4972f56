using CentralOps.Aws.Endpoints;
using CentralOps.Tools.CloudWatch;
using CentralOps.Tools.Ec2;
using CentralOps.Tools.Ecs;
using CentralOps.Tools.Eks;
using CentralOps.Tools.Finding;
using CentralOps.Tools.Lambda;
using CentralOps.Tools.Orchestration;
using CentralOps.Tools.Organization;
using CentralOps.Tools.Rds;
using CentralOps.Tools.S3;

namespace CentralOps.Tools;

/// <summary>All tools.</summary>
public static class ToolCatalog
{
    private const string UsualRegion = "us-east-1";

    private static readonly Lazy<IReadOnlyList<ToolDeclaration>> Declared = new(static () => Declare(UsualHome()));

    public static IReadOnlyList<Tool> Tools { get; } =
    [
        new ListAccounts(), new GetAccountMetadata(),
        new DescribeEc2Instances(), new DescribeEc2Vpcs(), new DescribeEc2SecurityGroups(),
        new ListS3Buckets(), new GetS3BucketInfo(),
        new DescribeRdsInstances(), new DescribeRdsClusters(),
        new ListLambdaFunctions(), new GetLambdaFunction(),
        new ListEcsClusters(), new ListEcsServices(),
        new DescribeEksClusters(),
        new ListCloudWatchAlarms(), new GetCloudWatchMetrics(),
        new SwitchAccount(), new AggregateResults(), new FindResource(),
    ];

    /// <summary>What the tools are where CentralOps runs in us-east-1; no AWS is behind it. Made when first asked for: a function starts without.</summary>
    public static IReadOnlyList<ToolDeclaration> Declarations => Declared.Value;

    /// <param name="home">The region that CentralOps itself runs in.</param>
    public static IReadOnlyList<ToolDeclaration> Declare(RegionName home) => [.. Tools.Select(tool => tool.Declare(home))];

    private static RegionName UsualHome() => RegionName.TryParse(UsualRegion, out var home) ? home : throw new System.Diagnostics.UnreachableException();
}
