using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Quotas;
using CentralOps.Accounts.ReadOnly;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Accounts.Entry;

/// <summary>The door of an account that is known: confined by the tool's operations, opened by its role.</summary>
/// <param name="roleName">The role to assume where the account has no other.</param>
/// <param name="quotas">What keeps calls within AWS's quotas; null where nothing does.</param>
public sealed class Entrance(CredentialBroker broker, AwsClient client, string roleName, CallQuotas? quotas = null)
{
    public async Task<Entered> EnterAsync(Account account, RegionName region, ToolUse use, CancellationToken cancellationToken)
    {
        // 1. No role of one partition leads into another.
        if (!string.Equals(region.PartitionId, broker.Home.PartitionId, StringComparison.Ordinal))
        {
            return new Entered(null, new Refusal.RegionElsewhere(account.Id, region, broker.Home));
        }

        // 2. Every operation of the tool has to be a read; what is left to the session is these operations.
        if (!SessionPolicy.TryMake(use.Tool, use.Operations, out var policy, out var refusal))
        {
            return new Entered(null, refusal);
        }

        // 3. A session under that policy, in the caller's name.
        var key = new SessionKey(account.Id, region.PartitionId, account.Role ?? roleName, policy.Document, use.Caller.Principal, use.Tool);
        var grant = await broker.ObtainAsync(key, cancellationToken);
        if (grant.Session is not { } session)
        {
            return new Entered(null, grant.Refusal);
        }

        use.Log?.Entered(account.Id, region, session.RequestId);
        return new Entered(new OpenAccount(account, region, use, policy, key, session, broker, client) { Gate = GateOf(account, use) }, null);
    }

    /// <summary>Calls to AWS that may be under way at once, of all callers.</summary>
    internal int Concurrency => quotas?.Concurrency ?? new QuotaSettings().Concurrency;

    private AccountGate? GateOf(Account account, ToolUse use) =>
        quotas is null ? null : new AccountGate(quotas, account.Id.ToString(), new CallerKey(use.Caller.Principal), use.Deadline);
}

/// <summary>An open account, or why it stays shut.</summary>
public readonly record struct Entered(OpenAccount? Account, Refusal? Refusal);
