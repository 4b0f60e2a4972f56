using CentralOps.Aws.Credentials;
using Microsoft.Extensions.Logging;

namespace CentralOps.Sandbox.Lambda.Workers;

/// <summary>
/// The workers of one function. Warm ones are used again, the most recently used first, so that the others fall idle and stop.
/// </summary>
internal sealed class WorkerPool(
    FunctionDefinition function, Func<AwsCredentials> keys, Uri sandbox, ILoggerFactory logging, TimeProvider time, CancellationToken stopping)
    : IAsyncDisposable
{
    /// <summary>A worker is replaced when its keys end within this time after the longest invocation.</summary>
    private static readonly TimeSpan KeysMargin = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly List<Worker> _idle = [];
    private readonly HashSet<Worker> _all = [];
    private int _places;
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _closed;

    public IReadOnlyList<FunctionProcess> Processes
    {
        get
        {
            lock (_lock)
            {
                return [.. _all.Select(worker => new FunctionProcess(function.Name, worker.ProcessId, worker.State))];
            }
        }
    }

    /// <summary>Runs an invocation to its end; whoever asked for it may leave, it goes on.</summary>
    public async Task<InvocationResult> InvokeAsync(Invocation invocation)
    {
        while (true)
        {
            // 1. A warm worker, or a place for a new one.
            if (!TryTake(out var worker))
            {
                return InvocationResult.Throttled;
            }

            // 2. A new one has to come up first.
            if (worker is null)
            {
                (worker, var failure) = await StartAsync(invocation.RequestId);
                if (worker is null)
                {
                    return failure!;
                }
            }

            // 3. Hand it over and wait; the worker is free again before the caller hears the answer.
            var result = await worker.InvokeAsync(invocation);
            Return(worker);
            if (result.Outcome != InvocationOutcome.NotTaken)
            {
                return result;
            }

            // 4. The worker died before it took the event: another one gets it.
            invocation = invocation.Again();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Worker[] workers;
        lock (_lock)
        {
            _closed = true;
            workers = [.. _all];
            SignalWhenEmpty();
        }

        await Task.WhenAll(workers.Select(worker => BuryAsync(worker)));
        // One that was just being started, or handed over, ends by itself now; nothing may be left behind.
        await _empty.Task;
    }

    private void SignalWhenEmpty()
    {
        if (_closed && _places == 0 && _all.Count == 0)
        {
            _empty.TrySetResult();
        }
    }

    private bool TryTake(out Worker? warm)
    {
        lock (_lock)
        {
            while (_idle.Count > 0)
            {
                warm = _idle[^1];
                _idle.RemoveAt(_idle.Count - 1);
                warm.IdleTimer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                if (warm.IsUsable && warm.KeysEnd - time.GetUtcNow() > function.Timeout + KeysMargin)
                {
                    warm.State = "busy";
                    return true;
                }

                GiveUpPlace();
                _ = BuryAsync(warm);
            }

            warm = null;
            if (_closed || _places >= function.Concurrency)
            {
                return false;
            }

            _places++;
            return true;
        }
    }

    private async Task<(Worker? Worker, InvocationResult? Failure)> StartAsync(string requestId)
    {
        Worker? worker = null;
        try
        {
            worker = await Worker.StartAsync(function, keys(), sandbox, logging, time, stopping);
            if (worker is null)
            {
                Leave();
                return (null, FunctionErrors.NotStarted(requestId));
            }

            lock (_lock)
            {
                _all.Add(worker);
            }

            var failure = _closed ? FunctionErrors.Exited(requestId, 0) : await worker.InitializeAsync(requestId, stopping);
            if (failure is null)
            {
                worker.State = "busy";
                _ = RemoveWhenExitedAsync(worker);
                return (worker, null);
            }

            _ = BuryAsync(worker);
            Leave();
            return (null, failure);
        }
        catch
        {
            _ = BuryAsync(worker);
            Leave();
            throw;
        }
    }

    private void Return(Worker worker)
    {
        lock (_lock)
        {
            if (worker.IsUsable && !_closed)
            {
                worker.State = "idle";
                worker.IdleTimer ??= time.CreateTimer(StopIdle, worker, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                worker.IdleTimer.Change(function.IdleStop, Timeout.InfiniteTimeSpan);
                _idle.Add(worker);
                return;
            }

            GiveUpPlace();
        }

        _ = BuryAsync(worker);
    }

    private void StopIdle(object? state) => Drop((Worker)state!);

    private async Task RemoveWhenExitedAsync(Worker worker)
    {
        await worker.Exited;
        Drop(worker);
    }

    /// <summary>Lets an idle worker go; one that has work is let go when it returns.</summary>
    private void Drop(Worker worker)
    {
        lock (_lock)
        {
            if (!_idle.Remove(worker))
            {
                return;
            }

            GiveUpPlace();
        }

        _ = BuryAsync(worker);
    }

    private void Leave()
    {
        lock (_lock)
        {
            GiveUpPlace();
        }
    }

    private void GiveUpPlace()
    {
        _places--;
        SignalWhenEmpty();
    }

    private async Task BuryAsync(Worker? worker)
    {
        if (worker is null)
        {
            return;
        }

        await worker.DisposeAsync();
        lock (_lock)
        {
            _all.Remove(worker);
            SignalWhenEmpty();
        }
    }
}
