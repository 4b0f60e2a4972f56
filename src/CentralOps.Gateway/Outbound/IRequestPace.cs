namespace CentralOps.Gateway.Outbound;

/// <summary>Lets requests to a server go as fast as the server takes them. Safe for concurrent use.</summary>
public interface IRequestPace
{
    /// <summary>Waits until a request may be sent, or be sent again.</summary>
    /// <returns>False where that would take longer than anybody waits: it is not sent.</returns>
    ValueTask<bool> EnterAsync(PacedRequest request, CancellationToken cancellationToken);
}

/// <summary>A request that waits for its turn.</summary>
/// <param name="TurnedAway">How often the server has refused it because there were too many (status 429 or 503).</param>
/// <param name="RetryAfter">How long the server then asked to wait; null where it did not say.</param>
/// <param name="BegunAt">When it was to be sent first, as a timestamp of the time provider.</param>
public readonly record struct PacedRequest(int TurnedAway, TimeSpan? RetryAfter, long BegunAt);
