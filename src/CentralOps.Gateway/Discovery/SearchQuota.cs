namespace CentralOps.Gateway.Discovery;

/// <summary>How often a gateway is searched: AgentCore allows 25 a minute. Safe for concurrent use.</summary>
internal sealed class SearchQuota(int perMinute, TimeProvider time)
{
    private readonly Lock _turn = new();
    private readonly Queue<long> _taken = new();

    public int PerMinute => perMinute;

    /// <param name="wait">How long until there is another; zero where one was taken.</param>
    public bool TryTake(out TimeSpan wait)
    {
        lock (_turn)
        {
            var now = time.GetTimestamp();
            while (_taken.TryPeek(out var first) && time.GetElapsedTime(first, now) >= TimeSpan.FromMinutes(1))
            {
                _taken.Dequeue();
            }

            if (_taken.Count >= perMinute)
            {
                wait = TimeSpan.FromMinutes(1) - time.GetElapsedTime(_taken.Peek(), now);
                return false;
            }

            _taken.Enqueue(now);
            wait = TimeSpan.Zero;
            return true;
        }
    }
}
