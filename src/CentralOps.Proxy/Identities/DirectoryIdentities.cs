using CentralOps.Access.Callers;
using CentralOps.Accounts;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Proxy.Upstreams;

namespace CentralOps.Proxy.Identities;

/// <summary>
/// Identities in the organization's accounts, for one caller: an account that is named is looked up in the directory and judged by the caller's rules before
/// anybody knocks at its role.
/// </summary>
/// <param name="role">The role to assume where an account has no other.</param>
/// <param name="home">Where calls run that name no account; null: with the credentials themselves.</param>
public sealed class DirectoryIdentities(WayIn way, string role, Caller caller, AccountId? home) : IIdentities
{
    public async ValueTask<IdentityRead> FindAsync(string? account, string tool, CancellationToken cancellationToken)
    {
        if (account is null)
        {
            return new(home is { } own ? new(own, role, caller) : UpstreamIdentity.Unassumed(caller), null);
        }

        var found = await way.FindAsync(account, new ToolUse(caller, tool, []), cancellationToken);
        return found switch
        {
            { Account: { IsSuspended: true } shut } => Refused(new Refusal.AccountSuspended(shut.Id, shut.Status)),
            { Account: { } open } => new(new(open.Id, open.Role ?? role, caller), null),
            _ => Refused(found.Refusal ?? new Refusal.UnknownAccount(account, [])),
        };
    }

    private static IdentityRead Refused(Refusal refusal) => new(null, UpstreamTrouble.Of(refusal));
}
