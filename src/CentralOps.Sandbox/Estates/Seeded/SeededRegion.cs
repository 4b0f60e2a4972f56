using CentralOps.Sandbox.Estates.Alarms;
using CentralOps.Sandbox.Estates.Containers;
using CentralOps.Sandbox.Estates.Databases;
using CentralOps.Sandbox.Estates.Functions;
using CentralOps.Sandbox.Estates.Networks;
using CentralOps.Sandbox.Estates.Storage;

namespace CentralOps.Sandbox.Estates.Seeded;

/// <summary>
/// One account in one region, each kind of which is drawn when it is first asked for: a question about the instances of 5,000 accounts
/// draws nothing else.
/// </summary>
internal sealed class SeededRegion : RegionResources
{
    private readonly Lazy<Network> _network;
    private readonly Lazy<Fleet> _fleet;
    private readonly Lazy<IReadOnlyList<LaunchTemplate>> _launchTemplates;
    private readonly Lazy<(IReadOnlyList<DatabaseCluster> Clusters, IReadOnlyList<DatabaseInstance> Instances)> _databases;
    private readonly Lazy<IReadOnlyList<LambdaFunction>> _functions;
    private readonly Lazy<(IReadOnlyList<EcsCluster> Clusters, IReadOnlyList<TaskDefinition> Definitions)> _ecs;
    private readonly Lazy<IReadOnlyList<EksCluster>> _eks;
    private readonly Lazy<IReadOnlyList<Bucket>> _buckets;
    private readonly Lazy<(IReadOnlyList<MetricAlarm> Metric, IReadOnlyList<CompositeAlarm> Composite)> _alarms;

    public SeededRegion(Cell cell)
    {
        _network = new(() => SeededNetwork.Of(cell));
        _fleet = new(() => FleetBuilder.Build(cell.Seed, cell.Account, cell.Region, cell.Scale, cell.Plan));
        _launchTemplates = new(() => SeededLaunchTemplates.Of(cell));
        _databases = new(() => SeededDatabases.Of(cell));
        _functions = new(() => SeededFunctions.Of(cell));
        _ecs = new(() => SeededContainers.OfEcs(cell));
        _eks = new(() => SeededContainers.OfEks(cell));
        _buckets = new(() => SeededBuckets.Of(cell));
        _alarms = new(() => SeededAlarms.Of(cell, this));
    }

    public override Network Network => _network.Value;

    public override Fleet Fleet => _fleet.Value;

    public override IReadOnlyList<LaunchTemplate> LaunchTemplates => _launchTemplates.Value;

    public override IReadOnlyList<DatabaseCluster> DatabaseClusters => _databases.Value.Clusters;

    public override IReadOnlyList<DatabaseInstance> DatabaseInstances => _databases.Value.Instances;

    public override IReadOnlyList<LambdaFunction> Functions => _functions.Value;

    public override IReadOnlyList<EcsCluster> EcsClusters => _ecs.Value.Clusters;

    public override IReadOnlyList<TaskDefinition> TaskDefinitions => _ecs.Value.Definitions;

    public override IReadOnlyList<EksCluster> EksClusters => _eks.Value;

    public override IReadOnlyList<Bucket> Buckets => _buckets.Value;

    public override IReadOnlyList<MetricAlarm> MetricAlarms => _alarms.Value.Metric;

    public override IReadOnlyList<CompositeAlarm> CompositeAlarms => _alarms.Value.Composite;
}
