namespace CentralOps.Aws.Calls;

/// <summary>Asked before every request of a call is sent, retries included, and told how AWS took it.</summary>
public interface ICallGate
{
    /// <summary>Waits for the right to send one request.</summary>
    /// <param name="region">The region that is signed for.</param>
    /// <param name="again">The call was throttled a moment ago, and left waiting for its next attempt to this gate.</param>
    /// <param name="begunAt">When the call began, as <see cref="TimeProvider.GetTimestamp"/> counts: what limits waiting limits it for all of the call's requests together.</param>
    ValueTask<CallPass> EnterAsync(AwsCall call, string region, bool again, long begunAt, CancellationToken cancellationToken);
}

/// <summary>The right to send one request. It is left once, whatever happened.</summary>
public interface ICallLease
{
    /// <param name="retryAfter">With a throttle: how long AWS asks to wait.</param>
    void Leave(CallEnd end, TimeSpan? retryAfter);
}

/// <summary>What a gate says: a lease, or why there is none; then the call ends as throttled, and nothing is sent.</summary>
/// <param name="Code">For <see cref="AwsFailure.Code"/>.</param>
public readonly record struct CallPass(ICallLease? Lease, string? Code, string? Message);

/// <summary>How a request ended, as far as quotas go.</summary>
public enum CallEnd
{
    /// <summary>No answer came.</summary>
    Unanswered,

    /// <summary>AWS took it, whatever it answered.</summary>
    Answered,

    /// <summary>AWS asks to slow down.</summary>
    Throttled,
}
