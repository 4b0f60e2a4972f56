using System.Collections.Frozen;

namespace CentralOps.Sandbox.Estates.Files;

/// <summary>The resources that a file declares.</summary>
internal sealed class DeclaredResources(IReadOnlyDictionary<(string Account, string Region), RegionResources> resources) : IResourceSource
{
    private readonly FrozenDictionary<string, string> _buckets = resources
        .SelectMany(place => place.Value.Buckets)
        .ToFrozenDictionary(bucket => bucket.Name, bucket => bucket.AccountId, StringComparer.Ordinal);

    public IReadOnlyList<string> Regions { get; } = [.. resources.Keys.Select(place => place.Region).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public RegionResources Make(Account account, string region) => resources.GetValueOrDefault((account.Id, region)) ?? RegionResources.Empty;

    public string? OwnerOfBucket(string bucketName) => _buckets.GetValueOrDefault(bucketName);
}
