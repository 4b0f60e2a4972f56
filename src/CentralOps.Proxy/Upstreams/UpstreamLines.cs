using CentralOps.Accounts;
using CentralOps.Proxy.Identities;

namespace CentralOps.Proxy.Upstreams;

/// <summary>The lines that are open, an identity each; what nobody uses is closed after a while, or where there is no room. Safe for concurrent use.</summary>
internal sealed class UpstreamLines(UpstreamOptions options) : IAsyncDisposable
{
    private const int MaxLanes = 10_000;

    /// <summary>A session at the server counts against its quota as long as it is open.</summary>
    private static readonly TimeSpan KeptIdle = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<UpstreamIdentity, UpstreamLine> _lines = [];
    private readonly Dictionary<AccountId, AccountLane> _lanes = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _lines.Count;
            }
        }
    }

    /// <summary>The line of an identity; <see cref="Return"/> it when the call is over.</summary>
    public UpstreamLine Rent(UpstreamIdentity identity)
    {
        List<UpstreamLine> closed = [];
        UpstreamLine? line;
        lock (_gate)
        {
            if (!_lines.TryGetValue(identity, out line))
            {
                Sweep(closed);
                _lines[identity] = line = new UpstreamLine(options, identity, LaneOf(identity.Account));
            }

            line.Users++;
            line.UsedAt = options.Time.GetTimestamp();
        }

        foreach (var old in closed)
        {
            _ = old.DisposeAsync().AsTask();
        }

        return line;
    }

    public void Return(UpstreamLine line)
    {
        lock (_gate)
        {
            line.Users--;
            line.UsedAt = options.Time.GetTimestamp();
        }
    }

    public async ValueTask DisposeAsync()
    {
        List<UpstreamLine> open;
        lock (_gate)
        {
            open = [.. _lines.Values];
            _lines.Clear();
        }

        await Task.WhenAll(open.Select(line => line.DisposeAsync().AsTask()));
        foreach (var lane in _lanes.Values)
        {
            lane.Dispose();
        }
    }

    private AccountLane LaneOf(AccountId account)
    {
        if (_lanes.TryGetValue(account, out var lane))
        {
            return lane;
        }

        if (_lanes.Count >= MaxLanes)
        {
            foreach (var unused in _lanes.Keys.Except(_lines.Keys.Select(static identity => identity.Account)).ToArray())
            {
                _lanes.Remove(unused);
            }
        }

        // Whoever waits leaves a quarter of the time for the answer itself.
        return _lanes[account] = new AccountLane(options.Quotas, options.Timeout * 0.75, options.Time, options.Random);
    }

    private void Sweep(List<UpstreamLine> closed)
    {
        var idle = _lines.Where(static entry => entry.Value.Users == 0).OrderBy(static entry => entry.Value.UsedAt).ToList();
        foreach (var (identity, line) in idle)
        {
            if (_lines.Count < options.MaxIdentities && options.Time.GetElapsedTime(line.UsedAt) < KeptIdle)
            {
                return;
            }

            _lines.Remove(identity);
            closed.Add(line);
        }
    }
}
