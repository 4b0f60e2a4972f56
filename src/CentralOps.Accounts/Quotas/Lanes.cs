using System.Runtime.InteropServices;

namespace CentralOps.Accounts.Quotas;

/// <summary>The lanes that are in use, and the places of their accounts and services. What is idle is dropped.</summary>
internal sealed class Lanes(QuotaSettings settings)
{
    /// <summary>More than these are kept only while they are used.</summary>
    private const int MostKept = 50_000;

    public static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    private readonly Dictionary<CallSite, Lane> _lanes = [];
    private readonly Dictionary<string, Places> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Places> _services = new(StringComparer.Ordinal);
    private int _sweepAbove = MostKept;

    public int Count => _lanes.Count;

    public Lane For(CallSite site, PublishedRate? rate, TimeSpan now)
    {
        if (_lanes.TryGetValue(site, out var lane))
        {
            return lane;
        }

        if (_lanes.Count >= _sweepAbove)
        {
            Sweep(static _ => true);
            _sweepAbove = Math.Max(MostKept, _lanes.Count * 2);
        }

        lane = new Lane(
            site,
            new RateBucket(rate, now),
            PlacesOf(_accounts, site.Account, site.IsOwn ? settings.Concurrency : settings.ConcurrencyPerAccount),
            PlacesOf(_services, site.Service, settings.ConcurrencyPerService),
            now);
        _lanes.Add(site, lane);
        return lane;
    }

    /// <summary>Drops what was not used for a while; says whether something is left.</summary>
    public bool Sweep(TimeSpan now)
    {
        Sweep(lane => now - lane.UsedAt >= (lane.Bucket.HasLearnt ? RateBucket.RemembersFor : SweepEvery));
        return _lanes.Count > 0;
    }

    private static Places PlacesOf(Dictionary<string, Places> all, string name, int limit)
    {
        ref var places = ref CollectionsMarshal.GetValueRefOrAddDefault(all, name, out _);
        places ??= new Places(limit);
        places.Lanes++;
        return places;
    }

    private void Sweep(Func<Lane, bool> goes)
    {
        foreach (var lane in _lanes.Values)
        {
            if (!lane.IsIdle || !goes(lane))
            {
                continue;
            }

            // A dictionary may lose entries while it is walked through.
            _lanes.Remove(lane.Site);
            Let(_accounts, lane.Site.Account);
            Let(_services, lane.Site.Service);
        }
    }

    private static void Let(Dictionary<string, Places> all, string name)
    {
        if (--all[name].Lanes == 0)
        {
            all.Remove(name);
        }
    }
}
