namespace CentralOps.Accounts.Quotas;

/// <summary>The calls of one caller that wait in one lane. They need the same things, so they wait as one.</summary>
internal sealed class Line(string caller, Lane lane)
{
    private readonly LinkedList<Waiter> _waiters = new();

    public string Caller => caller;

    public Lane Lane => lane;

    public int Count => _waiters.Count;

    /// <summary>Where it stands; null only while it is moved.</summary>
    public Turns? In { get; set; }

    public LinkedListNode<Line>? Place { get; set; }

    /// <summary>What it was called up for; one is kept from newcomers.</summary>
    public Scarce? Promise { get; set; }

    /// <param name="first">For a call that AWS throttled: its turn came to nothing.</param>
    public void Add(Waiter waiter, bool first)
    {
        waiter.Line = this;
        waiter.Place = first ? _waiters.AddFirst(waiter) : _waiters.AddLast(waiter);
    }

    public void Remove(Waiter waiter)
    {
        _waiters.Remove(waiter.Place!);
        (waiter.Line, waiter.Place) = (null, null);
    }

    public Waiter First => _waiters.First!.Value;

    public IEnumerable<Waiter> Waiters => _waiters;
}

/// <summary>One call that waits.</summary>
/// <param name="since">When it came.</param>
/// <param name="until">When it has to be told that it is too late.</param>
internal sealed class Waiter(TimeSpan since, TimeSpan until)
{
    /// <summary>Where it waits; null when it waits no more.</summary>
    public Line? Line { get; set; }

    public LinkedListNode<Waiter>? Place { get; set; }

    public TimeSpan Since => since;

    public TimeSpan Until => until;

    public CancellationTokenRegistration Cancellation { get; set; }

    public TaskCompletionSource<QuotaEntry> Entry { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
