using CentralOps.Accounts.Entry;
using CentralOps.Aws.Projections;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Listings;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.Ecs;

/// <summary>https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeClusters.html</summary>
internal sealed class ListEcsClusters : ListingTool
{
    /// <summary>How many clusters AWS describes at once.</summary>
    private const int Batch = 100;

    private static readonly TextsArgument Clusters = new("clusters", "Only these clusters: their names or ARNs.", maxCount: 1000) { MaxLength = 512 };

    public override string Name => "list_ecs_clusters";

    public override string Subject => "ecs";

    private protected override IReadOnlyList<string> OwnOperations { get; } = ["ecs:DescribeClusters", "ecs:ListClusters"];

    private protected override string Description =>
        "List ECS clusters in one AWS account and region: state, counts of services, tasks and instances, capacity providers, tags. Read-only.";

    private protected override string Example => """{"account_id": "222222222222", "region": "us-east-1"}""";

    private protected override IReadOnlyList<Argument> Own { get; } = [Clusters];

    private protected override Resource Resource { get; } = new("cluster", "ecs:DescribeClusters", "clusters")
    {
        Fields =
        [
            Field.Value("clusterName"),
            Field.Value("status"),
            Field.Value("activeServicesCount"),
            Field.Value("runningTasksCount"),
            Field.Value("pendingTasksCount"),
            Field.Value("registeredContainerInstancesCount"),
            Field.Value("capacityProviders"),
            Field.Value("settings"),
            Field.Value("clusterArn"),
            Field.TagMap("tags"),
        ],
    };

    private protected override IPages Pages(OpenAccount door, ArgumentValues arguments) => new DescribedPages(
        Resource,
        (position, size, cancellationToken) => arguments.Has(Clusters)
            ? Task.FromResult(new NamesRead(arguments.Of(Clusters), null, null))
            : EcsNames.ClustersAsync(door, position, size, cancellationToken),
        (names, cancellationToken) => EcsDescription.AskAsync(door, "ecs:DescribeClusters", "clusters", names, cluster: null, cancellationToken),
        Batch);
}
