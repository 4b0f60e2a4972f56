namespace CentralOps.Accounts.Credentials;

/// <summary>
/// Lets many callers wait for one piece of work. Whoever gives up leaves alone: the work goes on for the others, and for the cache.
/// </summary>
internal sealed class Flights<TKey, TResult>
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Task<TResult>> _running = [];

    /// <param name="work">Has to bound its own time; it is not cancelled.</param>
    public Task<TResult> JoinAsync(TKey key, Func<Task<TResult>> work, CancellationToken cancellationToken)
    {
        Task<TResult>? flight;
        lock (_gate)
        {
            if (!_running.TryGetValue(key, out flight))
            {
                flight = Task.Run(() => FlyAsync(key, work), CancellationToken.None);
                _running.Add(key, flight);
            }
        }

        return flight.WaitAsync(cancellationToken);
    }

    private async Task<TResult> FlyAsync(TKey key, Func<Task<TResult>> work)
    {
        try
        {
            return await work();
        }
        finally
        {
            lock (_gate)
            {
                _running.Remove(key);
            }
        }
    }
}
