namespace CentralOps.Sandbox.Trail;

/// <summary>The newest calls, a bounded number of them: the sandbox's own CloudTrail.</summary>
public sealed class TrailLog
{
    public const int Capacity = 10_000;

    private readonly TrailEvent[] _ring = new TrailEvent[Capacity];
    private readonly Lock _lock = new();
    private long _last;

    internal TrailLog()
    {
    }

    /// <summary>The newest event's sequence number; 0 before the first.</summary>
    public long Last
    {
        get
        {
            lock (_lock)
            {
                return _last;
            }
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<TrailEvent> Find(TrailQuery query)
    {
        var found = new List<TrailEvent>();
        var most = Math.Clamp(query.Limit, 1, Capacity);
        lock (_lock)
        {
            var oldest = Math.Max(query.After, _last - Capacity);
            for (var sequence = _last; sequence > oldest && found.Count < most; sequence--)
            {
                if (_ring[sequence % Capacity] is var call && Wanted(call, query))
                {
                    found.Add(call);
                }
            }
        }

        found.Reverse();
        return found;
    }

    internal void Add(TrailEvent call)
    {
        lock (_lock)
        {
            _ring[++_last % Capacity] = call with { Sequence = _last };
        }
    }

    private static bool Wanted(TrailEvent call, TrailQuery query) =>
        (query.Account is null || Is(query.Account, call.AccountId) || Is(query.Account, call.ResourceAccountId))
        && (query.Service is null || Is(query.Service, call.Service))
        && (query.Operation is null || Is(query.Operation, call.Operation))
        && (query.Caller is null || Holds(call.CallerArn, query.Caller) || Holds(call.SourceIdentity, query.Caller))
        && (!query.Errors || call.ErrorCode is not null)
        && (query.Since is null || call.Time >= query.Since);

    private static bool Is(string wanted, string? given) => string.Equals(wanted, given, StringComparison.Ordinal);

    private static bool Holds(string? text, string part) => text?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;
}
