using CentralOps.Accounts.Quotas;
using CentralOps.Accounts.Tests.Stubs;

namespace CentralOps.Accounts.Tests.Quotas;

/// <summary>Callers, quotas and a service with a strict bucket, in time that is advanced: nothing in it is left to the machine's pace.</summary>
internal sealed class QuotaWorld(QuotaSettings settings, double limit = double.PositiveInfinity, double burst = double.PositiveInfinity)
{
    public static readonly CallSite Site = new("222222222222", "us-east-1", "things", "ListThings");

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    private readonly StrictBucket _service = new(limit, burst);
    private readonly List<SimulatedCall> _waiting = [];
    private readonly PriorityQueue<Action, TimeSpan> _events = new();
    private TimeSpan _now;

    public ManualTime Time { get; } = new();

    public CallQuotas Quotas { get => field ??= new CallQuotas(settings, Time); private set; }

    /// <summary>How long a request is under way, by a number that goes up with each.</summary>
    public Func<int, TimeSpan> Latency { get; init; } = static number => TimeSpan.FromMilliseconds(20 + (number * 7 % 11));

    public PublishedRate? Rate { get; init; }

    public CallSite At { get; init; } = Site;

    public TimeSpan? Deadline { get; init; }

    /// <summary>An account that the service's limit does not hold for.</summary>
    public string? Spares { get; init; }

    public TimeSpan Now => _now;

    public int Throttled { get; private set; }

    public List<TimeSpan> Sent { get; } = [];

    public List<SimulatedCall> Answered { get; } = [];

    public List<QuotaRefusal> Refused { get; } = [];

    /// <summary>One call of a caller; what it does at its end.</summary>
    public SimulatedCall Call(string caller, Action? then = null, CallSite? site = null, CancellationToken cancellationToken = default)
    {
        var call = new SimulatedCall(caller, _now, then)
        {
            Site = site ?? At,
            Deadline = Deadline is { } left ? Accounts.Quotas.Deadline.In(left, Time) : null,
            Cancellation = cancellationToken,
        };
        Enter(call, again: false);
        return call;
    }

    /// <summary>A caller that always has a call: the next begins when the last has ended.</summary>
    public void Keep(string caller, Func<bool> goesOn, CallSite? site = null)
    {
        if (goesOn())
        {
            Call(caller, () => Keep(caller, goesOn, site), site);
        }
    }

    public void Run(TimeSpan time)
    {
        for (var end = _now + time; _now < end;)
        {
            Time.Advance(Step);
            _now += Step;
            Settle();
        }
    }

    /// <summary>Until nothing waits and nothing is under way.</summary>
    public void Finish(int seconds = 600)
    {
        for (var end = _now + TimeSpan.FromSeconds(seconds); _waiting.Count > 0 || _events.Count > 0; Run(Step))
        {
            _now.ShouldBeLessThan(end, "The calls do not come to an end.");
        }
    }

    public void Settle()
    {
        for (var moved = true; moved;)
        {
            moved = false;
            while (_events.TryPeek(out var happens, out var at) && at <= _now)
            {
                _events.Dequeue();
                happens();
                moved = true;
            }

            foreach (var call in _waiting.Where(static call => call.Entry.IsCompleted).ToList())
            {
                _waiting.Remove(call);
                Went(call);
                moved = true;
            }
        }
    }

    private void Enter(SimulatedCall call, bool again)
    {
        call.Entry = Quotas.EnterAsync(call.Site, Rate, new CallerKey(call.Caller), call.Deadline, again, call.Cancellation).AsTask();
        if (call.Entry.IsCompleted)
        {
            Went(call);
            return;
        }

        _waiting.Add(call);
    }

    private void Went(SimulatedCall call)
    {
        if (call.Entry.IsCanceled)
        {
            return;
        }

        var entry = call.Entry.Result;
        if (entry.Refusal is { } refusal)
        {
            Refused.Add(refusal);
            call.Then?.Invoke();
            return;
        }

        call.SentAt = _now;
        Sent.Add(_now);
        var latency = Latency(Sent.Count);
        _events.Enqueue(
            () =>
            {
                var passed = call.Site.Account == Spares || _service.TryTake(_now);
                _events.Enqueue(() => Ended(call, entry.Lease!, passed), _now + (latency / 2));
            },
            _now + (latency / 2));
    }

    private void Ended(SimulatedCall call, QuotaLease lease, bool passed)
    {
        lease.Leave(passed ? QuotaAnswer.Passed : QuotaAnswer.Throttled);
        if (!passed)
        {
            Throttled++;
            Enter(call, again: true);
            return;
        }

        Answered.Add(call);
        call.Then?.Invoke();
    }
}

internal sealed class SimulatedCall(string caller, TimeSpan since, Action? then)
{
    public string Caller => caller;

    public TimeSpan Since => since;

    public Action? Then => then;

    public CallSite Site { get; init; }

    public Deadline? Deadline { get; init; }

    public CancellationToken Cancellation { get; init; }

    public Task<QuotaEntry> Entry { get; set; } = null!;

    public TimeSpan SentAt { get; set; }

    public TimeSpan Waited => SentAt - since;
}

/// <summary>A token bucket as a service has it: what it does not hold is refused.</summary>
internal sealed class StrictBucket(double perSecond, double burst)
{
    private double? _tokens;
    private TimeSpan _at;

    public bool TryTake(TimeSpan now)
    {
        if (double.IsPositiveInfinity(perSecond))
        {
            return true;
        }

        _tokens = Math.Min(burst, (_tokens ?? burst) + ((now - _at).TotalSeconds * perSecond));
        _at = now;
        if (_tokens < 1 - 1e-6)
        {
            return false;
        }

        _tokens--;
        return true;
    }
}
