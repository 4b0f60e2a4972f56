using CentralOps.Aws.Wire;
using CentralOps.Gateway.Targets;

namespace CentralOps.Gateway.Outbound;

/// <summary>What is shown to a target, put on each request. One a target, shared by its calls; safe for concurrent use.</summary>
internal abstract class Credential
{
    /// <summary>Completes the request; nothing of it changes afterwards.</summary>
    /// <returns>Why there is no credential; null when there is.</returns>
    public abstract ValueTask<TargetFailure?> ApplyAsync(WireRequest request, CancellationToken cancellationToken);

    /// <summary>Learns from a refusal (401 or 403).</summary>
    /// <param name="refused">The request as it was sent.</param>
    /// <param name="date">The server's clock, where it told.</param>
    /// <returns>Whether another attempt would show something else.</returns>
    public virtual bool Renew(WireRequest refused, int status, DateTimeOffset? date) => false;

    /// <summary>What the target's owner should know; sentences.</summary>
    public virtual IReadOnlyList<string> Warnings => [];
}

/// <summary>Nothing is shown.</summary>
internal sealed class NoCredential : Credential
{
    public override ValueTask<TargetFailure?> ApplyAsync(WireRequest request, CancellationToken cancellationToken) => default;
}

/// <summary>A way of authenticating that is stored and not served.</summary>
internal sealed class UnservedCredential(string detail) : Credential
{
    public override ValueTask<TargetFailure?> ApplyAsync(WireRequest request, CancellationToken cancellationToken) =>
        new(new TargetFailure(TargetFailureKind.Access, detail));
}
