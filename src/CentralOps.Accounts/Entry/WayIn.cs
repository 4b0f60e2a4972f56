using CentralOps.Access.Rules;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Accounts.Entry;

/// <summary>The way into an account, from what somebody typed to a session that can read there. Every tool call takes it.</summary>
public sealed class WayIn(AccountDirectory directory, AccessRules rules, Entrance entrance)
{
    /// <param name="selector">What means one account: an id, a whole name, or another selector that only one account fits.</param>
    public async Task<Opened> OpenAsync(string selector, RegionName region, ToolUse use, CancellationToken cancellationToken)
    {
        // 1. Which account is meant? The role is not knocked at before the directory has said that the account is ours: an id that
        //    somebody made up must not learn the caller's name and our external id.
        var found = await FindAsync(selector, use, cancellationToken);
        return found.Account is { } account
            ? await OpenAsync(account, region, use, cancellationToken)
            : new Opened(null, null, found.Refusal);
    }

    /// <summary>The one account that a selector means, before anybody asks whether the caller may enter it.</summary>
    public async Task<AccountRead> FindAsync(string selector, ToolUse use, CancellationToken cancellationToken) =>
        AccountSelector.TryParse(selector, out var meant, out var problem)
            ? await directory.FindAsync(meant, account => MaySee(use, account), cancellationToken)
            : new AccountRead(null, new Refusal.BadArguments([new ArgumentProblem("account_id", problem, "list_accounts shows ids and names")]));

    /// <param name="account">As the directory has it.</param>
    public async Task<Opened> OpenAsync(Account account, RegionName region, ToolUse use, CancellationToken cancellationToken)
    {
        // 2. May this caller use this tool there?
        if (!MaySee(use, account))
        {
            return new Opened(account, null, new Refusal.CallerNotPermitted(use.Caller.Principal, use.Tool, account.Id));
        }

        // 3. AWS answers nothing in a suspended account.
        if (account.IsSuspended)
        {
            return new Opened(account, null, new Refusal.AccountSuspended(account.Id, account.Status));
        }

        // 4. Through the door: reads only, and a session confined to them.
        var entered = await entrance.EnterAsync(account, region, use, cancellationToken);
        if (entered.Refusal is not Refusal.RoleNotAssumed refused)
        {
            return new Opened(account, entered.Account, entered.Refusal);
        }

        // 5. A door that stays shut may belong to an account that was suspended since the directory was read.
        var now = await directory.RereadAsync(account.Id, cancellationToken);
        return now.Account is { IsSuspended: true } suspended
            ? new Opened(suspended, null, new Refusal.AccountSuspended(suspended.Id, suspended.Status))
            : new Opened(account, null, refused);
    }

    /// <summary>All accounts that a selector means, of those that the caller may use the tool in.</summary>
    public Task<AccountsRead> SelectAsync(AccountSelector selector, ToolUse use, CancellationToken cancellationToken) =>
        directory.SelectAsync(selector, account => MaySee(use, account), cancellationToken);

    private bool MaySee(ToolUse use, Account account) => rules.Permits(use.Caller, use.Tool, account.Id.ToString());
}

/// <summary>Where the way in ended.</summary>
/// <param name="Account">The account that was meant, as soon as it is known.</param>
/// <param name="Door">The open account; null with a refusal.</param>
public readonly record struct Opened(Account? Account, OpenAccount? Door, Refusal? Refusal);
