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

        return new SeededRegion(new Cell(seed, account, region, size, new NetworkPlan(seed, account.Id, region)));
    }
}
