using CentralOps.Proxy.Upstreams;

namespace CentralOps.Proxy.Identities;

/// <summary>From what was said of an account to the identity that a call is made as. Safe for concurrent use.</summary>
public interface IIdentities
{
    /// <param name="account">An id, a whole name or another selector of one account; null for the account of calls that name none.</param>
    /// <param name="tool">What is called; rules are judged over it.</param>
    ValueTask<IdentityRead> FindAsync(string? account, string tool, CancellationToken cancellationToken);
}

/// <summary>An identity, or why there is none.</summary>
public readonly record struct IdentityRead(UpstreamIdentity? Identity, UpstreamTrouble? Trouble);
