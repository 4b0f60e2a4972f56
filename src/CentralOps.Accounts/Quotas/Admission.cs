namespace CentralOps.Accounts.Quotas;

/// <summary>Who waits for what, and who goes next. Used under the lock of <see cref="CallQuotas"/>.</summary>
/// <remarks>
/// A call holds nothing until it can have everything that it needs, so nobody waits for who waits. What a freed thing is called up for is kept
/// from newcomers (<see cref="Scarce.Promised"/>), so that the line that was called finds it and no call-up is lost.
/// </remarks>
internal sealed class Admission(CallQuotas quotas, QuotaSettings settings, WakeUps wakeUps)
{
    private readonly Places _all = new(settings.Concurrency);
    private readonly Turns _ready = new();
    private readonly Dictionary<string, int> _waitingOf = new(StringComparer.Ordinal);

    public int InFlight => _all.Used;

    public int Waiting { get; private set; }

    /// <summary>Lets a call through that comes now; null where it has to wait.</summary>
    public QuotaLease? TryAdmit(Lane lane, string caller, TimeSpan now) =>
        _ready.IsEmpty && _all.Free(now) > 0 && lane.Find(caller) is null && lane.Lacking(now) is null ? Admit(lane, now) : null;

    /// <summary>Why a call may not wait; null where it may.</summary>
    public QuotaRefusal? Refuses(Lane lane, string caller, TimeSpan until, bool again, TimeSpan now)
    {
        if (_waitingOf.GetValueOrDefault(caller) >= settings.MaxWaitingPerCaller)
        {
            return QuotaRefusal.TooMany(caller, settings.MaxWaitingPerCaller);
        }

        if (Waiting >= settings.MaxWaiting)
        {
            return QuotaRefusal.Full(settings.MaxWaiting);
        }

        return until <= now || lane.Bucket.EarliestAt(lane.Before(caller, again), lane.InFlight == 0, now) > until
            ? QuotaRefusal.TooLate(lane.Site, lane.Bucket.Rate, until - now)
            : null;
    }

    public void Add(Waiter waiter, Lane lane, string caller, bool again, TimeSpan now)
    {
        var known = lane.Find(caller);
        var line = known ?? lane.Open(caller);
        line.Add(waiter, again);
        Waiting++;
        _waitingOf[caller] = _waitingOf.GetValueOrDefault(caller) + 1;
        if (known is null)
        {
            Queue(line, now, again);
        }
        else if (again && line.In is { } turns)
        {
            turns.Remove(line);
            turns.Add(line, first: true);
        }

        wakeUps.Add(waiter, Waiting);
    }

    public void Leave(Lane lane, QuotaAnswer answer, TimeSpan now)
    {
        _all.GiveBack();
        lane.Leave(now);
        if (answer is QuotaAnswer.Throttled)
        {
            RefuseHopeless(lane, now);
        }

        CallUp(lane.Bucket, now);
        CallUp(lane.Account, now);
        CallUp(lane.Service, now);
        Drain(now);
    }

    /// <summary>Calls up as many lines as there are things for them.</summary>
    public void CallUp(Scarce scarce, TimeSpan now)
    {
        while (!scarce.Waiting.IsEmpty && scarce.Free(now) > scarce.Promised)
        {
            var line = scarce.Waiting.TakeNext()!;
            line.Promise = scarce;
            scarce.Promised++;
            _ready.Add(line);
        }

        if (scarce is RateBucket bucket && !bucket.Waiting.IsEmpty)
        {
            wakeUps.Add(bucket, now);
        }
    }

    /// <summary>Lets through who can go, caller by caller, while there are places.</summary>
    public void Drain(TimeSpan now)
    {
        while (_all.Free(now) > 0 && _ready.TakeNext() is { } line)
        {
            var exhausted = line.Lane.Exhausted(now);
            var promise = Unpromise(line);
            if (exhausted is null)
            {
                Go(line, now);
            }
            else
            {
                // Two lines that were called up for different things may need each other's: who has its turn first takes both, and the other is
                // called up first next time. If each kept its own, both would be called up for ever.
                Park(line, exhausted, first: ReferenceEquals(exhausted, promise), now);
            }

            if (promise is not null)
            {
                CallUp(promise, now);
            }
        }
    }

    /// <summary>Takes a waiter out of its line, and the line out of the way when it was its last.</summary>
    public void Remove(Waiter waiter, TimeSpan now)
    {
        var line = waiter.Line!;
        Forget(waiter);
        if (line.Count > 0)
        {
            return;
        }

        line.In!.Remove(line);
        line.Lane.Close(line);
        if (Unpromise(line) is { } promise)
        {
            CallUp(promise, now);
        }
    }

    public void Refuse(Waiter waiter, TimeSpan now)
    {
        var lane = waiter.Line!.Lane;
        Remove(waiter, now);
        waiter.Entry.TrySetResult(new QuotaEntry(null, QuotaRefusal.TooLate(lane.Site, lane.Bucket.Rate, waiter.Until - waiter.Since)));
    }

    /// <summary>After AWS said how long to wait: who cannot wait so long should know it now.</summary>
    private void RefuseHopeless(Lane lane, TimeSpan now)
    {
        var earliest = lane.Bucket.EarliestAt(0, settled: false, now);
        foreach (var waiter in lane.Lines.SelectMany(static line => line.Waiters).Where(waiter => waiter.Until < earliest).ToList())
        {
            Refuse(waiter, now);
        }
    }

    /// <summary>Where a line waits: for what it lacks, or for its turn.</summary>
    private void Queue(Line line, TimeSpan now, bool first = false)
    {
        if (line.Lane.Lacking(now) is { } lacking)
        {
            Park(line, lacking, first, now);
            return;
        }

        _ready.Add(line, first);
    }

    private void Park(Line line, Scarce lacking, bool first, TimeSpan now)
    {
        lacking.Waiting.Add(line, first);
        if (lacking is RateBucket bucket)
        {
            wakeUps.Add(bucket, now);
        }
    }

    /// <summary>Lets the first of a line through; the others begin anew.</summary>
    private void Go(Line line, TimeSpan now)
    {
        var waiter = line.First;
        Forget(waiter);
        waiter.Entry.TrySetResult(new QuotaEntry(Admit(line.Lane, now), null));
        if (line.Count > 0)
        {
            Queue(line, now);
            return;
        }

        line.Lane.Close(line);
    }

    private QuotaLease Admit(Lane lane, TimeSpan now)
    {
        _all.Take(now);
        lane.Enter(now);
        return new QuotaLease(quotas, lane, now);
    }

    private static Scarce? Unpromise(Line line)
    {
        if (line.Promise is not { } promise)
        {
            return null;
        }

        promise.Promised--;
        line.Promise = null;
        return promise;
    }

    private void Forget(Waiter waiter)
    {
        var line = waiter.Line!;
        line.Remove(waiter);

        // Never Dispose: it waits for a cancellation that runs, which waits for our lock.
        waiter.Cancellation.Unregister();
        Waiting--;
        var left = _waitingOf[line.Caller] - 1;
        if (left > 0)
        {
            _waitingOf[line.Caller] = left;
            return;
        }

        _waitingOf.Remove(line.Caller);
    }
}
