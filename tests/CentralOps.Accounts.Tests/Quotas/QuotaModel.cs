using CentralOps.Accounts.Quotas;
using CentralOps.Accounts.Tests.Stubs;

namespace CentralOps.Accounts.Tests.Quotas;

/// <summary>
/// The quotas beside a plain account of what they let through: what may be under way, which tokens there are, and who waits without need. Whatever is done, both
/// have to agree after it.
/// </summary>
internal sealed class QuotaModel(QuotaSettings settings, PublishedRate? rate)
{
    /// <summary>Timers count whole milliseconds, and fractions end a hair beside the whole.</summary>
    private const double TokenSlack = 0.02;

    private readonly ManualTime _time = new();
    private readonly Dictionary<CallSite, double> _tokens = [];
    private readonly List<Ticket> _waiting = [];
    private readonly List<Ticket> _underWay = [];
    private TimeSpan _now;

    public CallQuotas Quotas { get => field ??= new CallQuotas(settings, _time); private set; }

    public int Admitted { get; private set; }

    public int Refused { get; private set; }

    public int Cancelled { get; private set; }

    public int Waiting => _waiting.Count;

    public int UnderWay => _underWay.Count;

    public void Enter(string caller, CallSite site, TimeSpan left)
    {
        var cancel = new CancellationTokenSource();
        var entry = Quotas.EnterAsync(site, rate, new CallerKey(caller), Deadline.In(left, _time), again: false, cancel.Token).AsTask();
        _waiting.Add(new Ticket(site, entry, cancel, _now + left));
        Check();
    }

    public void Cancel(int number)
    {
        if (_waiting.Count > 0)
        {
            _waiting[number % _waiting.Count].Cancel.Cancel();
            Check();
        }
    }

    public void Leave(int number)
    {
        if (_underWay.Count > 0)
        {
            var ticket = _underWay[number % _underWay.Count];
            _underWay.Remove(ticket);
            ticket.Entry.Result.Lease!.Leave(number % 7 == 0 ? QuotaAnswer.None : QuotaAnswer.Passed);
            Check();
        }
    }

    public void Pass(int milliseconds)
    {
        for (var step = 0; step < milliseconds; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            _now += TimeSpan.FromMilliseconds(1);
            foreach (var site in _tokens.Keys.ToList())
            {
                _tokens[site] = Math.Min(rate!.Burst, _tokens[site] + (rate.PerSecond / 1000));
            }

            Check();
        }
    }

    /// <summary>The clock leaps: a machine that slept.</summary>
    public void Leap(TimeSpan time)
    {
        _time.Advance(time);
        _now += time;
        foreach (var site in _tokens.Keys.ToList())
        {
            _tokens[site] = Math.Min(rate!.Burst, _tokens[site] + (rate.PerSecond * time.TotalSeconds));
        }

        Check();
    }

    /// <summary>Everything goes its way; at the end nothing waits and nothing is under way.</summary>
    public void Finish()
    {
        for (var round = 0; _waiting.Count + _underWay.Count > 0; round++)
        {
            round.ShouldBeLessThan(100_000, "The calls do not come to an end.");
            Leave(round);
            Leap(TimeSpan.FromMilliseconds(25));
        }

        (Quotas.InFlight, Quotas.Waiting).ShouldBe((0, 0));
    }

    private void Check()
    {
        // 1. Who got through, who was refused, who left.
        foreach (var ticket in _waiting.Where(static ticket => ticket.Entry.IsCompleted).ToList())
        {
            _waiting.Remove(ticket);
            Settle(ticket);
        }

        // 2. Never more than may be.
        Quotas.InFlight.ShouldBe(_underWay.Count);
        Quotas.Waiting.ShouldBe(_waiting.Count);
        _underWay.Count.ShouldBeLessThanOrEqualTo(settings.Concurrency);
        _underWay.CountBy(static ticket => ticket.Site.Account).All(account => account.Value <= settings.ConcurrencyPerAccount).ShouldBeTrue("an account has more than its places");
        _underWay.CountBy(static ticket => ticket.Site.Service).All(service => service.Value <= settings.ConcurrencyPerService).ShouldBeTrue("a service has more than its places");
        _tokens.Values.All(static tokens => tokens > -TokenSlack).ShouldBeTrue("more was sent than the rate allows");

        // 3. Nobody waits for what is there, nor past his time.
        foreach (var ticket in _waiting)
        {
            if (IsFree(ticket.Site))
            {
                throw new ShouldAssertException($"{ticket.Site} waits though all that it needs is free");
            }

            ticket.Until.ShouldBeGreaterThan(_now);
        }
    }

    private void Settle(Ticket ticket)
    {
        if (ticket.Entry.IsCanceled)
        {
            Cancelled++;
            return;
        }

        if (ticket.Entry.Result.Lease is null)
        {
            Refused++;
            return;
        }

        Admitted++;
        _underWay.Add(ticket);
        if (rate is not null)
        {
            _tokens[ticket.Site] = _tokens.GetValueOrDefault(ticket.Site, rate.Burst) - 1;
        }
    }

    private bool IsFree(CallSite site) =>
        _underWay.Count < settings.Concurrency
        && _underWay.Count(ticket => ticket.Site.Account == site.Account) < settings.ConcurrencyPerAccount
        && _underWay.Count(ticket => ticket.Site.Service == site.Service) < settings.ConcurrencyPerService
        && (rate is null || _tokens.GetValueOrDefault(site, rate.Burst) > 1 + (rate.PerSecond / 1000) + TokenSlack);

    private sealed record Ticket(CallSite Site, Task<QuotaEntry> Entry, CancellationTokenSource Cancel, TimeSpan Until);
}
