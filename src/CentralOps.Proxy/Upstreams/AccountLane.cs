using CentralOps.Gateway.Outbound;

namespace CentralOps.Proxy.Upstreams;

/// <summary>
/// One account's share of an MCP server: how many requests a second, and how many at once. What the server refuses although it was in pace (others use the
/// account too) is sent again later, and slows down who comes after it. Waiting ends in time for the answer to be told.
/// </summary>
internal sealed class AccountLane(UpstreamQuotas quotas, TimeSpan patience, TimeProvider time, Random random) : IRequestPace, IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _places = new(quotas.Concurrency, quotas.Concurrency);
    private readonly Lock _gate = new();

    // When the next request is due at an even pace; a burst may be early.
    private long _due;

    private TimeSpan Spacing => quotas.PerSecond is { } rate ? TimeSpan.FromSeconds(1 / rate) : TimeSpan.Zero;

    /// <summary>Takes a place for a call; false where none comes free in time.</summary>
    public async ValueTask<bool> TakeAsync(CancellationToken cancellationToken)
    {
        if (_places.Wait(0, CancellationToken.None))
        {
            return true;
        }

        using var impatience = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, impatience.Token);
        try
        {
            await _places.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public void GiveBack() => _places.Release();

    public async ValueTask<bool> EnterAsync(PacedRequest request, CancellationToken cancellationToken)
    {
        var left = patience - time.GetElapsedTime(request.BegunAt);
        if (Reserve(PauseOf(request), left) is not { } wait)
        {
            return false;
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken);
        }

        return true;
    }

    public void Dispose() => _places.Dispose();

    /// <summary>A turn, and how long until it comes; null where that is later than <paramref name="left"/>.</summary>
    private TimeSpan? Reserve(TimeSpan pause, TimeSpan left)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var turnedAway = pause > TimeSpan.Zero;
            var due = Math.Max(_due, now);
            var early = turnedAway ? TimeSpan.Zero : Spacing * (quotas.Burst - 1);
            var wait = time.GetElapsedTime(now, due) - early;
            wait = wait > pause ? wait : pause;
            if (wait > left)
            {
                return null;
            }

            // The account is at its end for everybody, whoever was told.
            _due = turnedAway ? Math.Max(due, now + Ticks(pause)) + Ticks(Spacing) : due + Ticks(Spacing);
            return wait;
        }
    }

    private TimeSpan PauseOf(PacedRequest request)
    {
        if (request.TurnedAway == 0)
        {
            return TimeSpan.Zero;
        }

        var doubled = FirstPause * Math.Pow(2, Math.Min(request.TurnedAway - 1, 8));
        var grown = (doubled < LongestPause ? doubled : LongestPause) * (1 - (random.NextDouble() / 2));
        return request.RetryAfter is { } asked && asked > grown ? asked : grown;
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
