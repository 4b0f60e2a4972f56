using CentralOps.Sandbox.Estates.Alarms;
using CentralOps.Sandbox.Estates.Containers;
using CentralOps.Sandbox.Estates.Databases;
using CentralOps.Sandbox.Estates.Functions;
using CentralOps.Sandbox.Estates.Networks;
using CentralOps.Sandbox.Estates.Storage;

namespace CentralOps.Sandbox.Estates;

/// <summary>What one account has in one region.</summary>
internal abstract class RegionResources
{
    public static RegionResources Empty { get; } = new DeclaredRegion();

    public virtual Network Network { get; init; } = Network.Empty;

    public virtual Fleet Fleet { get; init; } = Fleet.Empty;

    public virtual IReadOnlyList<LaunchTemplate> LaunchTemplates { get; init; } = [];

    public virtual IReadOnlyList<DatabaseCluster> DatabaseClusters { get; init; } = [];

    public virtual IReadOnlyList<DatabaseInstance> DatabaseInstances { get; init; } = [];

    public virtual IReadOnlyList<LambdaFunction> Functions { get; init; } = [];

    public virtual IReadOnlyList<EcsCluster> EcsClusters { get; init; } = [];

    public virtual IReadOnlyList<TaskDefinition> TaskDefinitions { get; init; } = [];

    public virtual IReadOnlyList<EksCluster> EksClusters { get; init; } = [];

    public virtual IReadOnlyList<Bucket> Buckets { get; init; } = [];

    public virtual IReadOnlyList<MetricAlarm> MetricAlarms { get; init; } = [];

    public virtual IReadOnlyList<CompositeAlarm> CompositeAlarms { get; init; } = [];
}

/// <summary>What is known from the start, because somebody wrote it down.</summary>
internal sealed class DeclaredRegion : RegionResources;
