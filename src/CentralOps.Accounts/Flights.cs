namespace CentralOps.Accounts;

/// <summary>
/// Lets many callers wait for one piece of work. Whoever gives up leaves alone: the work goes on for the others. Safe for concurrent use; one instance is
/// used with one of the two ways to join only.
/// </summary>
public sealed class Flights<TKey, TResult>
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Flight> _running = [];

    /// <summary>Joins work that goes on when nobody waits any more, for the cache that it fills.</summary>
    /// <param name="work">Has to bound its own time; it is not cancelled.</param>
    public Task<TResult> JoinAsync(TKey key, Func<Task<TResult>> work, CancellationToken cancellationToken)
    {
        Task<TResult> flight;
        lock (_gate)
        {
            flight = Find(key, null, _ => work()).Work;
        }

        return flight.WaitAsync(cancellationToken);
    }

    /// <summary>Joins work that is of use to those who wait only: it is cancelled when the last of them has given up.</summary>
    public async Task<TResult> ShareAsync(TKey key, Func<CancellationToken, Task<TResult>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Flight flight;
        lock (_gate)
        {
            flight = Find(key, new CancellationTokenSource(), work);
            flight.Waiting++;
        }

        try
        {
            return await flight.Work.WaitAsync(cancellationToken);
        }
        finally
        {
            Leave(key, flight);
        }
    }

    /// <summary>The flight that is under way, or a new one. Under the lock.</summary>
    private Flight Find(TKey key, CancellationTokenSource? unwanted, Func<CancellationToken, Task<TResult>> work)
    {
        if (_running.TryGetValue(key, out var running))
        {
            unwanted?.Dispose();
            return running;
        }

        var flight = new Flight(unwanted);
        flight.Work = Task.Run(() => FlyAsync(key, flight, work), CancellationToken.None);
        _running.Add(key, flight);
        return flight;
    }

    private void Leave(TKey key, Flight flight)
    {
        lock (_gate)
        {
            if (--flight.Waiting > 0 || flight.Work.IsCompleted)
            {
                return;
            }

            // Who comes now must not join what is being given up.
            Remove(key, flight);
        }

        flight.Unwanted!.Cancel();
    }

    private async Task<TResult> FlyAsync(TKey key, Flight flight, Func<CancellationToken, Task<TResult>> work)
    {
        try
        {
            return await work(flight.Unwanted?.Token ?? CancellationToken.None);
        }
        finally
        {
            lock (_gate)
            {
                Remove(key, flight);
            }
        }
    }

    private void Remove(TKey key, Flight flight)
    {
        if (_running.TryGetValue(key, out var running) && ReferenceEquals(running, flight))
        {
            _running.Remove(key);
        }
    }

    private sealed class Flight(CancellationTokenSource? unwanted)
    {
        /// <summary>Ends the work when nobody wants it; null for work that goes on.</summary>
        public CancellationTokenSource? Unwanted => unwanted;

        public Task<TResult> Work { get; set; } = null!;

        public int Waiting { get; set; }
    }
}
