using CentralOps.Sandbox.Estates;

namespace CentralOps.Sandbox.Faults;

/// <summary>A fault and what it did so far. Not thread-safe: its registry is.</summary>
internal sealed class ActiveFault(string id, Fault fault, DateTimeOffset addedAt)
{
    private const int MostBuckets = 10_000;

    private readonly Dictionary<CallSite, TokenBucket> _buckets = [];
    private readonly DateTimeOffset? _until = fault.ForSeconds is { } seconds ? addedAt.AddSeconds(seconds) : null;
    private readonly Dice _dice = new(0, "fault", id);
    private int _hits;

    public string Id => id;

    public Fault Fault => fault;

    public StandingFault Standing => new(id, fault, _hits, _until);

    public bool IsOver(DateTimeOffset now) => now >= _until || _hits >= fault.Times;

    public bool Covers(CallSite site) =>
        fault.Kind is not (FaultKind.ClockSkew or FaultKind.SessionLifetime)
        && Is(fault.Account, site.Account) && Is(fault.Region, site.Region) && Is(fault.Service, site.Service) && Is(fault.Operation, site.Operation);

    /// <summary>Whether it strikes this call, and then counts it.</summary>
    public bool Strikes(CallSite site, DateTimeOffset now)
    {
        if (IsOver(now) || (fault.Kind == FaultKind.Throttle && Bucket(site, now).TryTake(now)))
        {
            return false;
        }

        _hits++;
        return true;
    }

    public void Count() => _hits++;

    public TimeSpan Delay() =>
        TimeSpan.FromMilliseconds(fault.LatencyMs + (fault.LatencyUpToMs is { } upTo && upTo > fault.LatencyMs ? _dice.Roll(upTo - fault.LatencyMs + 1) : 0));

    // AWS counts by account, region and operation.
    private TokenBucket Bucket(CallSite site, DateTimeOffset now)
    {
        if (!_buckets.TryGetValue(site, out var bucket))
        {
            if (_buckets.Count == MostBuckets)
            {
                _buckets.Clear();
            }

            _buckets[site] = bucket = new TokenBucket(fault.Rate, fault.Burst, now);
        }

        return bucket;
    }

    private static bool Is(string pattern, string name) => pattern is "*" || string.Equals(pattern, name, StringComparison.Ordinal);
}
