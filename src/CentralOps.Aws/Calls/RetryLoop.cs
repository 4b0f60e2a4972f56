namespace CentralOps.Aws.Calls;

/// <summary>Whether and when one call's next attempt is made: AWS's standard mode, with the state that one call has in it.</summary>
internal sealed class RetryLoop(AwsCall call, RetryQuota quota, AwsClientOptions options, TimeProvider time)
{
    /// <summary>Requests for one call behind a gate, so that a gate without an end is none for the call.</summary>
    private const int MostSent = 100;

    private readonly int _maxAttempts = call.MaxAttempts ?? options.MaxAttempts ?? RetryRules.MaxAttempts(call.Operation.Service);
    private int _failed;
    private int _spent;
    private bool _clockCorrected;
    private bool _renewed;
    private bool _moved;

    /// <summary>Requests that were sent.</summary>
    public int Sent { get; private set; }

    public void Succeeded()
    {
        Sent++;
        quota.GiveBack(_spent);
    }

    /// <summary>Waits where waiting is due. True when another attempt is to be made.</summary>
    /// <param name="renewed">Whether new keys were had for expired ones.</param>
    /// <param name="moved">Whether S3 said that the bucket is in another region.</param>
    public async ValueTask<bool> GoesOnAsync(Outcome outcome, bool renewed, bool moved, CancellationToken cancellationToken)
    {
        Sent++;

        // Signed by a wrong clock or with expired keys: AWS did nothing yet, so these go beside the attempts, and once each.
        if (outcome.ClockCorrected && !_clockCorrected)
        {
            return _clockCorrected = true;
        }

        if (renewed && !_renewed)
        {
            return _renewed = true;
        }

        // Asked in a region where the bucket is not, likewise.
        if (moved && !_moved)
        {
            return _moved = true;
        }

        // The call's gate waits out throttles, as long as there is time; it is asked before the next attempt.
        if (call.Gate is not null && outcome.RateLimited && _maxAttempts > 1 && Sent < MostSent)
        {
            return true;
        }

        _failed++;
        if (!outcome.Again || _failed >= _maxAttempts)
        {
            return false;
        }

        var cost = outcome.Throttled ? RetryQuota.ThrottlingCost : RetryQuota.TransientCost;
        var paid = quota.TryTake(cost);
        if (paid || RetryRules.IsLongPolling(call.Operation))
        {
            _spent = paid ? cost : _spent;
            await Task.Delay(Wait(outcome), time, cancellationToken);
        }

        return paid;
    }

    private TimeSpan Wait(Outcome outcome)
    {
        var first = RetryRules.FirstWait(call.Operation.Service, outcome.Throttled);
        return Backoff.Before(_failed, first, outcome.Headers, options.Jitter, time.GetUtcNow());
    }
}
