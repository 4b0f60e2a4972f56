using System.Collections.Concurrent;
using System.Threading.Channels;
using CentralOps.Gateway.Storage;
using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Control.Provisioning;

/// <summary>
/// Takes queued work, one piece a resource, and does it under a lease, so that one replica does it and another takes over where that one died. Asleep
/// until the store changes; while work is left that somebody else holds, it looks again every two seconds.
/// </summary>
internal sealed partial class Provisioner(ControlContext context, ILogger<Provisioner> log) : IAsyncDisposable
{
    private const int MostAtOnce = 16;
    private const int MostFaults = 5;
    private const int PageOfWork = 200;

    private static readonly TimeSpan LeaseLife = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LeaseRenewal = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    private readonly string _owner = Ids.Uuid();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _faults = new(StringComparer.Ordinal);
    private readonly TargetWork _targets = new(context);
    private readonly GatewayWork _gateways = new(context);
    private Task _loops = Task.CompletedTask;

    public void Start() => _loops = Task.WhenAll(WatchAsync(_stopping.Token), LoopAsync(_stopping.Token));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _loops.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_running.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var _ in context.Store.WatchAsync(cancellationToken))
                {
                    _signals.Writer.TryWrite(true);
                }
            }
            catch (StoreException away)
            {
                StoreAway(away);
                await Task.Delay(LookAgain, context.Options.Time, cancellationToken);
            }
        }
    }

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var left = false;
            try
            {
                left = await TakeAsync(cancellationToken);
            }
            catch (StoreException away)
            {
                StoreAway(away);
                left = true;
            }

            await WaitAsync(left, cancellationToken);
        }
    }

    private async Task WaitAsync(bool lookAgain, CancellationToken cancellationToken)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = lookAgain ? new CancellationTokenSource(LookAgain, context.Options.Time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(wait.Token, timer.Token);
        try
        {
            await _signals.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Two seconds are over.
        }
    }

    /// <returns>Work is left, here or elsewhere.</returns>
    private async ValueTask<bool> TakeAsync(CancellationToken cancellationToken)
    {
        var left = false;
        StoredPosition? after = null;
        while (_running.Count < MostAtOnce && await context.Store.ListAsync(Kinds.Work, null, after, PageOfWork, cancellationToken) is { Count: > 0 } page)
        {
            left = true;
            foreach (var queued in page)
            {
                if (_running.Count < MostAtOnce && !_running.ContainsKey(queued.Id))
                {
                    Begin(queued.Id, cancellationToken);
                }
            }

            after = page[^1].Position;
        }

        return left || !_running.IsEmpty;
    }

    private void Begin(string id, CancellationToken cancellationToken)
    {
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _running[id] = RunAsync();
        begin.SetResult();

        async Task RunAsync()
        {
            // Not before it is among those that run.
            await begin.Task;
            var done = false;
            try
            {
                done = await DoUnderLeaseAsync(id, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
            }
            catch (Exception fault)
            {
                WorkFailed(fault, id);
            }
            finally
            {
                _running.TryRemove(id, out _);

                // What somebody else holds, or what failed, waits its two seconds.
                if (done)
                {
                    _signals.Writer.TryWrite(true);
                }
            }
        }
    }

    /// <returns>There may be more to do at once.</returns>
    private async ValueTask<bool> DoUnderLeaseAsync(string id, CancellationToken cancellationToken)
    {
        var lease = $"work/{id}";
        if (!await context.Store.TryLeaseAsync(lease, _owner, LeaseLife, cancellationToken))
        {
            return false;
        }

        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewal = RenewAsync(lease, lost);
        try
        {
            return await context.Store.FindAsync(Kinds.Work, id, cancellationToken) is not { } queued || await DoAsync(WorkItem.Of(queued), queued, lost.Token);
        }
        finally
        {
            await lost.CancelAsync();
            await renewal.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await context.Store.ReleaseAsync(lease, _owner, CancellationToken.None);
        }
    }

    private async ValueTask<bool> DoAsync(WorkItem work, StoredDocument queued, CancellationToken cancellationToken)
    {
        try
        {
            await (work.GatewayId is null ? _gateways.DoAsync(work, queued, cancellationToken) : _targets.DoAsync(work, queued, cancellationToken));
            _faults.TryRemove(work.Id, out _);
            return true;
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or StoreException))
        {
            WorkFailed(fault, work.Id);
            if (_faults.AddOrUpdate(work.Id, 1, static (_, count) => count + 1) >= MostFaults && work.GatewayId is not null)
            {
                _faults.TryRemove(work.Id, out _);
                await _targets.GiveUpAsync(work, queued, cancellationToken);
            }

            return false;
        }
    }

    /// <summary>A replica that lost its lease stops: another may have begun.</summary>
    private async Task RenewAsync(string lease, CancellationTokenSource lost)
    {
        while (true)
        {
            await Task.Delay(LeaseRenewal, context.Options.Time, lost.Token);
            if (!await context.Store.TryLeaseAsync(lease, _owner, LeaseLife, lost.Token))
            {
                await lost.CancelAsync();
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Work on {Resource} failed in the control plane itself; it is tried again.")]
    private partial void WorkFailed(Exception fault, string resource);

    [LoggerMessage(LogLevel.Warning, "The store does not answer; the control plane tries again.")]
    private partial void StoreAway(Exception away);
}
