using System.Globalization;

namespace CentralOps.Sandbox.Faults;

/// <summary>The faults that stand. They strike in the order in which they were added, and the same way at every run.</summary>
public sealed class FaultRegistry
{
    private const int MostFaults = 256;

    private readonly TimeProvider _time;
    private readonly FaultRules _rules;
    private readonly Lock _lock = new();
    private readonly List<ActiveFault> _faults = [];
    private int _last;

    internal FaultRegistry(TimeProvider time, FaultRules rules) => (_time, _rules) = (time, rules);

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<StandingFault> All
    {
        get
        {
            lock (_lock)
            {
                Forget();
                return [.. _faults.Select(fault => fault.Standing)];
            }
        }
    }

    /// <summary>How far the sandbox's clock is ahead.</summary>
    internal TimeSpan Skew
    {
        get
        {
            lock (_lock)
            {
                Forget();
                return TimeSpan.FromSeconds(_faults.Where(fault => fault.Fault.Kind == FaultKind.ClockSkew).Sum(fault => fault.Fault.Seconds));
            }
        }
    }

    /// <summary>Throws <see cref="SandboxRefusedException"/> that names the member which does not fit.</summary>
    public StandingFault Add(Fault fault)
    {
        fault = fault with { Account = _rules.AccountIdOf(fault.Account) };
        if (_rules.TryFindProblem(fault, out var problem))
        {
            throw new SandboxRefusedException(problem);
        }

        lock (_lock)
        {
            Forget();
            if (_faults.Count == MostFaults)
            {
                throw new SandboxRefusedException($"{MostFaults} faults stand already; remove one first.");
            }

            var active = new ActiveFault("f-" + (++_last).ToString(CultureInfo.InvariantCulture), fault, _time.GetUtcNow());
            _faults.Add(active);
            return active.Standing;
        }
    }

    public bool Remove(string id)
    {
        lock (_lock)
        {
            return _faults.RemoveAll(fault => string.Equals(fault.Id, id, StringComparison.Ordinal)) > 0;
        }
    }

    /// <summary>Removes all; says how many that were.</summary>
    public int Clear()
    {
        lock (_lock)
        {
            var count = _faults.Count;
            _faults.Clear();
            return count;
        }
    }

    /// <summary>What strikes this call.</summary>
    internal FaultHit Strike(CallSite site)
    {
        lock (_lock)
        {
            Forget();
            var delay = TimeSpan.Zero;
            Fault? decisive = null;
            foreach (var fault in _faults)
            {
                if (!fault.Covers(site) || (decisive is not null && fault.Fault.Kind != FaultKind.Latency) || !fault.Strikes(site, _time.GetUtcNow()))
                {
                    continue;
                }

                if (fault.Fault.Kind == FaultKind.Latency)
                {
                    delay += fault.Delay();
                    continue;
                }

                decisive = fault.Fault;
            }

            return new FaultHit(delay, decisive);
        }
    }

    /// <summary>The longest that a session of that account may live; null when nothing shortens it.</summary>
    internal TimeSpan? SessionLifetime(string accountId)
    {
        lock (_lock)
        {
            Forget();
            var fault = _faults.Find(fault => fault.Fault.Kind == FaultKind.SessionLifetime && fault.Fault.Account is var account
                && (account is "*" || string.Equals(account, accountId, StringComparison.Ordinal)));
            fault?.Count();
            return fault is null ? null : TimeSpan.FromSeconds(fault.Fault.Seconds);
        }
    }

    private void Forget()
    {
        if (_faults.Count > 0)
        {
            var now = _time.GetUtcNow();
            _faults.RemoveAll(fault => fault.IsOver(now));
        }
    }
}

/// <summary>Where a call is made.</summary>
internal readonly record struct CallSite(string Account, string Region, string Service, string Operation);

/// <summary>What strikes one call: a delay, and one fault that decides its answer.</summary>
internal readonly record struct FaultHit(TimeSpan Delay, Fault? Decisive);
