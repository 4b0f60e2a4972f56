namespace CentralOps.Gateway.Synchronizing;

/// <summary>Asks a target what it offers: on creation, on update and when SynchronizeGatewayTargets says so.</summary>
public interface ITargetSynchronizer
{
    /// <summary>Connects with the target's own credentials and lists everything, to the last page. Never throws for what a target may do.</summary>
    ValueTask<SyncOutcome> SynchronizeAsync(GatewayConfig gateway, TargetConfig target, CancellationToken cancellationToken);
}

/// <summary>What came of a synchronization.</summary>
public abstract record SyncOutcome
{
    private SyncOutcome()
    {
    }

    /// <param name="Catalog">What the target offers now.</param>
    /// <param name="Warnings">What its owner should know (long names, a dropped resource indicator): sentences for <c>statusReasons</c>.</param>
    public sealed record Synchronized(TargetCatalog Catalog, IReadOnlyList<string> Warnings) : SyncOutcome;

    /// <param name="Reason">A sentence or two for <c>statusReasons</c>: what failed, and the repair. Nothing unshaped, no secret.</param>
    public sealed record Failed(string Reason) : SyncOutcome;

    /// <summary>A person has to consent first (<c>*_PENDING_AUTH</c>).</summary>
    public sealed record PendingAuthorization(string AuthorizationUrl, string? UserId) : SyncOutcome;
}
