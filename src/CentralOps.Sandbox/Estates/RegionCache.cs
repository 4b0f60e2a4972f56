namespace CentralOps.Sandbox.Estates;

/// <summary>
/// Keeps what was made for accounts and regions, as long as it is in use. Bounded by two generations: when the young one is full
/// it becomes the old one, and what nobody asked for since is forgotten; it can be made again.
/// </summary>
internal sealed class RegionCache(Func<string, string, RegionResources> make, int generation = 256)
{
    private readonly Lock _lock = new();
    private Dictionary<(string Account, string Region), RegionResources> _young = [];
    private Dictionary<(string Account, string Region), RegionResources> _old = [];

    public RegionResources Get(string account, string region)
    {
        lock (_lock)
        {
            if (Find((account, region)) is { } known)
            {
                return known;
            }
        }

        // Made outside the lock: twice by accident is the same twice.
        var made = make(account, region);
        lock (_lock)
        {
            return Find((account, region)) ?? Keep((account, region), made);
        }
    }

    private RegionResources? Find((string Account, string Region) key)
    {
        if (_young.TryGetValue(key, out var young))
        {
            return young;
        }

        return _old.TryGetValue(key, out var old) ? Keep(key, old) : null;
    }

    private RegionResources Keep((string Account, string Region) key, RegionResources resources)
    {
        if (_young.Count >= generation)
        {
            (_old, _young) = (_young, []);
        }

        _young[key] = resources;
        return resources;
    }
}
