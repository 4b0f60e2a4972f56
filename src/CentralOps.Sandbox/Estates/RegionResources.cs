using CentralOps.Sandbox.Estates.Alarms;
using CentralOps.Sandbox.Estates.Containers;
using CentralOps.Sandbox.Estates.Databases;
using CentralOps.Sandbox.Estates.Functions;
using CentralOps.Sandbox.Estates.Networks;
using CentralOps.Sandbox.Estates.Storage;

namespace CentralOps.Sandbox.Estates;

/// <summary>What one account has in one region.</summary>
internal sealed record RegionResources
{
    public static RegionResources Empty { get; } = new();

    public Network Network { get; init; } = Network.Empty;

    public Fleet Fleet { get; init; } = Fleet.Empty;

    public IReadOnlyList<LaunchTemplate> LaunchTemplates { get; init; } = [];

    public IReadOnlyList<DatabaseCluster> DatabaseClusters { get; init; } = [];

    public IReadOnlyList<DatabaseInstance> DatabaseInstances { get; init; } = [];

    public IReadOnlyList<LambdaFunction> Functions { get; init; } = [];

    public IReadOnlyList<EcsCluster> EcsClusters { get; init; } = [];

    public IReadOnlyList<TaskDefinition> TaskDefinitions { get; init; } = [];

    public IReadOnlyList<EksCluster> EksClusters { get; init; } = [];

    public IReadOnlyList<Bucket> Buckets { get; init; } = [];

    public IReadOnlyList<MetricAlarm> MetricAlarms { get; init; } = [];

    public IReadOnlyList<CompositeAlarm> CompositeAlarms { get; init; } = [];
}
