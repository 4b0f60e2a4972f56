namespace CentralOps.Gateway;

/// <summary>The gateways that a server is to serve, as they are now and as they change.</summary>
public interface IGatewaySource
{
    /// <summary>
    /// Yields all gateways at once, then again after each change, until cancelled. What did not change is the same instance, gateway by
    /// gateway and target by target: what was compiled from it, and its connections, are kept.
    /// </summary>
    IAsyncEnumerable<IReadOnlyList<GatewayConfig>> WatchAsync(CancellationToken cancellationToken);
}
