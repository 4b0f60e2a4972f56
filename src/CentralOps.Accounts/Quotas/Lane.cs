namespace CentralOps.Accounts.Quotas;

/// <summary>All calls of one <see cref="CallSite"/>: what they need, and who waits.</summary>
internal sealed class Lane(CallSite site, RateBucket bucket, Places account, Places service, TimeSpan now)
{
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);

    public CallSite Site => site;

    public RateBucket Bucket => bucket;

    public Places Account => account;

    public Places Service => service;

    public int InFlight { get; private set; }

    /// <summary>When it was used last.</summary>
    public TimeSpan UsedAt { get; private set; } = now;

    public IEnumerable<Line> Lines => _lines.Values;

    public bool IsIdle => InFlight == 0 && _lines.Count == 0;

    /// <summary>What is lacking for a call that comes now, and must not take what others were called up for; null when nothing is.</summary>
    public Scarce? Lacking(TimeSpan now) =>
        bucket.Free(now) <= bucket.Promised ? bucket
        : account.Free(now) <= account.Promised ? account
        : service.Free(now) <= service.Promised ? service
        : null;

    /// <summary>What there is none of for a call whose turn it is; null when it can go.</summary>
    public Scarce? Exhausted(TimeSpan now) =>
        bucket.Free(now) <= 0 ? bucket
        : account.Free(now) <= 0 ? account
        : service.Free(now) <= 0 ? service
        : null;

    public void Enter(TimeSpan now)
    {
        bucket.Take(now);
        account.Take(now);
        service.Take(now);
        InFlight++;
        UsedAt = now;
    }

    public void Leave(TimeSpan now)
    {
        account.GiveBack();
        service.GiveBack();
        InFlight--;
        UsedAt = now;
    }

    public Line? Find(string caller) => _lines.GetValueOrDefault(caller);

    public Line Open(string caller)
    {
        var line = new Line(caller, this);
        _lines.Add(caller, line);
        return line;
    }

    public void Close(Line line) => _lines.Remove(line.Caller);

    /// <summary>Calls of others and of the caller that certainly go before one that comes now.</summary>
    public int Before(string caller, bool first)
    {
        var own = first ? 0 : Find(caller)?.Count ?? 0;
        var before = own;
        foreach (var line in _lines.Values)
        {
            before += string.Equals(line.Caller, caller, StringComparison.Ordinal) ? 0 : Math.Min(line.Count, own);
        }

        return before;
    }
}
