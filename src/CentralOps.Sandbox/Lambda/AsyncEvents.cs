using CentralOps.Sandbox.Lambda.Workers;
using Microsoft.Extensions.Logging;

namespace CentralOps.Sandbox.Lambda;

/// <summary>
/// Events that nobody waits for: run when there is a place, and twice more, a minute and two later, when the function fails.
/// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
/// </summary>
internal sealed partial class AsyncEvents(string function, WorkerPool workers, TimeProvider time, ILogger logger, CancellationToken stopping)
{
    private const int MaxWaiting = 1000;

    private static readonly TimeSpan ThrottleWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan[] RetryWaits = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)];

    private int _waiting;

    /// <summary>False when too many wait already.</summary>
    public bool TryQueue(Invocation invocation)
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return false;
        }

        _ = RunAsync(invocation);
        return true;
    }

    private async Task RunAsync(Invocation invocation)
    {
        try
        {
            for (var failures = 0; failures <= RetryWaits.Length;)
            {
                var result = await workers.InvokeAsync(invocation);
                if (result is { Outcome: InvocationOutcome.Answered, Failed: false })
                {
                    return;
                }

                var throttled = result.Outcome == InvocationOutcome.Throttled;
                if (!throttled && ++failures > RetryWaits.Length)
                {
                    LogDropped(function, invocation.RequestId);
                    return;
                }

                await Task.Delay(throttled ? ThrottleWait : RetryWaits[failures - 1], time, stopping);
                invocation = invocation.Again();
            }
        }
        catch (OperationCanceledException)
        {
            // The sandbox is stopping, and its queue with it.
        }
        catch (Exception defect)
        {
            LogDefect(function, invocation.RequestId, defect);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Function} failed three times on the asynchronous event {RequestId}, which is dropped.")]
    private partial void LogDropped(string function, string requestId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The sandbox failed to run the asynchronous event {RequestId} of {Function}.")]
    private partial void LogDefect(string function, string requestId, Exception defect);
}
