namespace CentralOps.Sandbox.Estates.Seeded;

/// <summary>Resources drawn from a seed.</summary>
/// <param name="seed">The same seed gives the same resources.</param>
/// <param name="scale">How many instances an account runs in a region; everything else follows from it.</param>
internal sealed class SeededResources(ulong seed, Func<Account, string, int> scale) : IResourceSource
{
    public IReadOnlyList<string> Regions => FleetPlan.Regions;

    public string? OwnerOfBucket(string bucketName) => SeededBuckets.OwnerIn(bucketName);

    public RegionResources Make(Account account, string region)
    {
        var size = Array.IndexOf(FleetPlan.Regions, region) < 0 ? 0 : scale(account, region);
        if (size == 0)
        {
            return RegionResources.Empty;
        }

        var plan = new NetworkPlan(seed, account.Id, region);
        var cell = new Cell(seed, account, region, size, plan);
        var (databaseClusters, databases) = SeededDatabases.Of(cell);
        var (ecsClusters, definitions) = SeededContainers.OfEcs(cell);
        return SeededAlarms.Add(cell, new RegionResources
        {
            Network = SeededNetwork.Of(cell),
            Fleet = FleetBuilder.Build(seed, account, region, size, plan),
            LaunchTemplates = SeededLaunchTemplates.Of(cell),
            DatabaseClusters = databaseClusters,
            DatabaseInstances = databases,
            Functions = SeededFunctions.Of(cell),
            EcsClusters = ecsClusters,
            TaskDefinitions = definitions,
            EksClusters = SeededContainers.OfEks(cell),
            Buckets = SeededBuckets.Of(cell),
        });
    }
}
