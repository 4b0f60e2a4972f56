using CentralOps.Access.Rules;
using CentralOps.Access.Sealing;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Accounts.Entry;

/// <summary>The way into an account, from what somebody typed to a session that can read there. Every tool call takes it.</summary>
public sealed class WayIn(AccountDirectory directory, AccessRules rules, Entrance entrance)
{
    /// <param name="selector">What means one account: an id, a whole name, a handle, or another selector that only one account fits.</param>
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
    public async Task<AccountRead> FindAsync(string selector, ToolUse use, CancellationToken cancellationToken)
    {
        // A handle is the account's id, said by us: whether the caller may see the account is judged all the same.
        if (use.Handles is { } handles && AccountHandles.IsHandle(selector))
        {
            var handle = handles.Read(selector, use.Caller);
            return handle.Problem == SignedTextProblem.None
                ? await directory.FindAsync(handle.Account, SightOf(use), cancellationToken)
                : new AccountRead(null, new Refusal.AccountHandleRefused(handle.Problem));
        }

        return AccountSelector.TryParse(selector, out var meant, out var problem)
            ? await directory.FindAsync(meant, SightOf(use), cancellationToken)
            : new AccountRead(null, new Refusal.BadArguments([new ArgumentProblem("account_id", problem, "list_accounts shows ids and names")]));
    }

    /// <param name="account">As the directory has it.</param>
    public async Task<Opened> OpenAsync(Account account, RegionName region, ToolUse use, CancellationToken cancellationToken)
    {
        // 2. May this caller use this tool there? A forbidden account is told in the words of an unknown one.
        var sight = SightOf(use);
        var isSeen = sight.Detail == AccountDetail.None && sight.Admits(account, AccountDetail.None);
        if (!isSeen && (await directory.FindAsync(account.Id, sight, cancellationToken)).Refusal is { } unseen)
        {
            use.NoteRefusal(account.Id, region, unseen);
            return new Opened(null, null, unseen);
        }

        // 3. AWS answers nothing in a suspended account.
        if (account.IsSuspended)
        {
            return Refused(new Opened(account, null, new Refusal.AccountSuspended(account.Id, account.Status)), region, use);
        }

        // 4. Through the door: reads only, and a session confined to them.
        var entered = await entrance.EnterAsync(account, region, use, cancellationToken);
        if (entered.Refusal is not Refusal.RoleNotAssumed refused)
        {
            return Refused(new Opened(account, entered.Account, entered.Refusal), region, use);
        }

        // 5. A door that stays shut may belong to an account that was suspended since the directory was read.
        var now = await directory.RereadAsync(account.Id, cancellationToken);
        var shut = now.Account is { IsSuspended: true } suspended
            ? new Opened(suspended, null, new Refusal.AccountSuspended(suspended.Id, suspended.Status))
            : new Opened(account, null, refused);
        return Refused(shut, region, use);
    }

    /// <summary>All accounts that a selector means, of those that the caller may use the tool in.</summary>
    /// <param name="also">What has to be known of them beside what the selector asks.</param>
    public Task<AccountsRead> SelectAsync(AccountSelector selector, ToolUse use, CancellationToken cancellationToken, AccountDetail also = AccountDetail.None) =>
        directory.SelectAsync(selector, SightOf(use), cancellationToken, also);

    /// <summary>Every account that the caller may use the tool in, ordered by id.</summary>
    public async Task<AccountListing> ListAsync(AccountDetail detail, ToolUse use, CancellationToken cancellationToken)
    {
        var sight = SightOf(use);
        return sight.Of(await directory.ListAsync(detail | sight.Detail, cancellationToken));
    }

    /// <summary>Calls to AWS that may be under way at once, of all callers.</summary>
    public int Concurrency => entrance.Concurrency;

    /// <summary>Whether the tool is there for the caller at all.</summary>
    public bool MaySeeTool(ToolUse use) => rules.MaySeeTool(use.Caller, use.CalledAs ?? use.Tool);

    private AccountSight SightOf(ToolUse use) => new(rules.AccountsOf(use.Caller, use.CalledAs ?? use.Tool));

    private static Opened Refused(Opened opened, RegionName region, ToolUse use)
    {
        if (opened is { Account: { } account, Refusal: { } refusal })
        {
            use.NoteRefusal(account.Id, region, refusal);
        }

        return opened;
    }
}

/// <summary>Where the way in ended.</summary>
/// <param name="Account">The account that was meant, as soon as it is known.</param>
/// <param name="Door">The open account; null with a refusal.</param>
public readonly record struct Opened(Account? Account, OpenAccount? Door, Refusal? Refusal);
