namespace CentralOps.Accounts.Quotas;

/// <summary>What has to happen at some time: a bucket holds one more, a deadline passes, idle lanes go. One timer for all of it.</summary>
internal sealed class WakeUps
{
    private const int Slack = 1024;

    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    private readonly PriorityQueue<RateBucket, TimeSpan> _buckets = new();
    private readonly PriorityQueue<Waiter, TimeSpan> _deadlines = new();
    private readonly ITimer _timer;
    private TimeSpan? _sweepAt;
    private TimeSpan _armedFor = TimeSpan.MaxValue;

    public WakeUps(TimeProvider time, Action onTime) =>
        _timer = time.CreateTimer(static state => ((Action)state!)(), onTime, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Add(RateBucket bucket, TimeSpan now)
    {
        if (bucket.NextAt(now) is { } at && (bucket.DueAt is null || at < bucket.DueAt))
        {
            bucket.DueAt = at;
            _buckets.Enqueue(bucket, at);
        }
    }

    /// <param name="waiting">How many wait: those who left are thrown out when they are the greater part.</param>
    public void Add(Waiter waiter, int waiting)
    {
        if (_deadlines.Count > (2 * waiting) + Slack)
        {
            var still = _deadlines.UnorderedItems.Where(static item => item.Element.Line is not null).ToList();
            _deadlines.Clear();
            _deadlines.EnqueueRange(still);
        }

        _deadlines.Enqueue(waiter, waiter.Until);
    }

    /// <summary>Sees to it that idle lanes go.</summary>
    public void Sweep(TimeSpan now)
    {
        if (_sweepAt is null)
        {
            _sweepAt = now + Lanes.SweepEvery;
            Arm(now);
        }
    }

    public RateBucket? TakeBucket(TimeSpan now)
    {
        while (_buckets.TryPeek(out var bucket, out var at) && at <= now)
        {
            _buckets.Dequeue();

            // It may have been asked for again, for an earlier time.
            if (bucket.DueAt == at)
            {
                bucket.DueAt = null;
                return bucket;
            }
        }

        return null;
    }

    public Waiter? TakeLate(TimeSpan now)
    {
        while (_deadlines.TryPeek(out var waiter, out var at) && (at <= now || waiter.Line is null))
        {
            _deadlines.Dequeue();
            if (waiter.Line is not null)
            {
                return waiter;
            }
        }

        return null;
    }

    public bool TakeSweep(TimeSpan now)
    {
        if (_sweepAt is not { } at || at > now)
        {
            return false;
        }

        _sweepAt = null;
        return true;
    }

    /// <summary>Sets the timer to what comes first.</summary>
    public void Arm(TimeSpan now, bool fired = false)
    {
        var next = _sweepAt ?? TimeSpan.MaxValue;
        next = _buckets.TryPeek(out _, out var due) && due < next ? due : next;
        next = _deadlines.TryPeek(out _, out var late) && late < next ? late : next;
        if (next == TimeSpan.MaxValue || (!fired && next >= _armedFor))
        {
            _armedFor = fired ? TimeSpan.MaxValue : _armedFor;
            return;
        }

        // Timers count whole milliseconds and would fire a part of one too early.
        _armedFor = next;
        var left = next > now ? next - now : TimeSpan.Zero;
        _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(left / Millisecond)), Timeout.InfiniteTimeSpan);
    }
}
