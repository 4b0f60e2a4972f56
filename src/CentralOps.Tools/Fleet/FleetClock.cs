using CentralOps.Accounts.Quotas;

namespace CentralOps.Tools.Fleet;

/// <summary>The time that a call over many accounts has.</summary>
internal sealed class FleetClock : IDisposable
{
    /// <summary>The longest that anybody is let wait.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan MaxReserve = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly CancellationTokenSource _end;

    /// <param name="whole">The call's own time; null where nobody else sets an end.</param>
    public FleetClock(TimeSpan? whole, TimeProvider time)
    {
        _time = time;
        _startedAt = time.GetTimestamp();

        // What was read has to be written, and carried back.
        var most = whole is { } allowed ? allowed - (allowed / 10 < MaxReserve ? allowed / 10 : MaxReserve) : Longest;
        Allowed = most < Longest ? most : Longest;
        _end = new CancellationTokenSource(Allowed, time);
    }

    public TimeSpan Allowed { get; }

    public CancellationToken TimeUp => _end.Token;

    public bool IsTimeUp => _end.IsCancellationRequested;

    public TimeSpan Elapsed => _time.GetElapsedTime(_startedAt);

    /// <summary>For what waits on AWS's quotas: a little before the end, so that it can still be told.</summary>
    public Deadline Quotas => Deadline.After(_startedAt, Allowed - (Allowed / 50), _time);

    public void Dispose() => _end.Dispose();
}
