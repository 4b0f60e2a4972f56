namespace CentralOps.Accounts.Quotas;

/// <summary>
/// Lets calls to AWS through as fast as AWS takes them, and no more at once than is set: shared by all callers of the process, fair between
/// them, waiting where that may still help. One for each process. Safe for concurrent use.
/// </summary>
public sealed class CallQuotas
{
    private readonly Lock _gate = new();
    private readonly QuotaSettings _settings;
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly Lanes _lanes;
    private readonly WakeUps _wakeUps;
    private readonly Admission _admission;

    public CallQuotas(QuotaSettings settings, TimeProvider time)
    {
        _settings = settings;
        _time = time;
        _origin = time.GetTimestamp();
        _lanes = new Lanes(settings);
        _wakeUps = new WakeUps(time, OnTime);
        _admission = new Admission(this, settings, _wakeUps);
    }

    /// <summary>Calls that may be under way at once.</summary>
    public int Concurrency => _settings.Concurrency;

    /// <summary>Calls under way.</summary>
    public int InFlight
    {
        get
        {
            lock (_gate)
            {
                return _admission.InFlight;
            }
        }
    }

    /// <summary>Calls that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _admission.Waiting;
            }
        }
    }

    /// <summary>Where rates come from.</summary>
    internal QuotaRates Rates => _settings.Rates;

    internal int LaneCount
    {
        get
        {
            lock (_gate)
            {
                return _lanes.Count;
            }
        }
    }

    /// <summary>Until when a call waits that was given no deadline.</summary>
    internal Deadline LongestWaitFrom(long timestamp) => Deadline.After(timestamp, _settings.LongestWait, _time);

    private TimeSpan Now => _time.GetElapsedTime(_origin);

    /// <summary>
    /// Waits for the right to send one request. It comes back without one as soon as it is certain that the turn comes after the deadline, and at
    /// the deadline at the latest. Cancellation frees the place in the line at once.
    /// </summary>
    /// <param name="rate">What AWS publishes for the site; null where it publishes nothing.</param>
    /// <param name="deadline">Null: as long as the settings let a call wait.</param>
    /// <param name="again">AWS throttled this call a moment ago: it goes before all others of the site, as its turn came to nothing.</param>
    public ValueTask<QuotaEntry> EnterAsync(
        CallSite site, PublishedRate? rate, CallerKey caller, Deadline? deadline, bool again, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Waiter waiter;
        lock (_gate)
        {
            var now = Now;
            var lane = _lanes.For(site, rate, now);
            _wakeUps.Sweep(now);

            // 1. Through, where nothing is lacking and nobody waits for it.
            if (_admission.TryAdmit(lane, caller.Principal, now) is { } lease)
            {
                return ValueTask.FromResult(new QuotaEntry(lease, null));
            }

            // 2. No, where waiting is of no use or too many wait.
            var until = deadline is { } end ? _time.GetElapsedTime(_origin, end.Timestamp) : now + _settings.LongestWait;
            if (_admission.Refuses(lane, caller.Principal, until, again, now) is { } refusal)
            {
                return ValueTask.FromResult(new QuotaEntry(null, refusal));
            }

            // 3. Into the caller's line.
            waiter = new Waiter(now, until);
            _admission.Add(waiter, lane, caller.Principal, again, now);
            _wakeUps.Arm(now);
        }

        return new ValueTask<QuotaEntry>(WaitAsync(waiter, cancellationToken));
    }

    internal void Leave(QuotaLease lease, QuotaAnswer answer, TimeSpan? retryAfter)
    {
        lock (_gate)
        {
            var now = Now;
            var lane = lease.Lane;
            switch (answer)
            {
                case QuotaAnswer.Passed:
                    lane.Bucket.Succeeded(lease.SentAt, now);
                    break;
                case QuotaAnswer.Throttled:
                    lane.Bucket.Throttled(lease.SentAt, retryAfter, now);
                    break;
                default:
                    break;
            }

            _admission.Leave(lane, answer, now);
            _wakeUps.Arm(now);
        }
    }

    private Task<QuotaEntry> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            return waiter.Entry.Task;
        }

        var registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (quotas, waiter) = ((CallQuotas, Waiter))state!;
                quotas.Cancel(waiter, token);
            },
            (this, waiter));
        lock (_gate)
        {
            waiter.Cancellation = registration;
            if (waiter.Line is null)
            {
                registration.Unregister();
            }
        }

        return waiter.Entry.Task;
    }

    private void Cancel(Waiter waiter, CancellationToken token)
    {
        lock (_gate)
        {
            if (waiter.Line is null)
            {
                return;
            }

            var now = Now;
            _admission.Remove(waiter, now);
            waiter.Entry.TrySetCanceled(token);
            _admission.Drain(now);
            _wakeUps.Arm(now);
        }
    }

    private void OnTime()
    {
        lock (_gate)
        {
            var now = Now;
            while (_wakeUps.TakeBucket(now) is { } bucket)
            {
                _admission.CallUp(bucket, now);
            }

            // Who can go at the deadline itself goes.
            _admission.Drain(now);
            while (_wakeUps.TakeLate(now) is { } waiter)
            {
                _admission.Refuse(waiter, now);
            }

            _admission.Drain(now);
            if (_wakeUps.TakeSweep(now) && _lanes.Sweep(now))
            {
                _wakeUps.Sweep(now);
            }

            _wakeUps.Arm(now, fired: true);
        }
    }
}
