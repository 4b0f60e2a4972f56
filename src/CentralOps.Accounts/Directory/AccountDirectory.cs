using System.Collections.Concurrent;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Refusals;

namespace CentralOps.Accounts.Directory;

/// <summary>
/// Which accounts exist. A single id is answered without the list, so that the first call in an organization of thousands costs one
/// call. Safe for concurrent use.
/// </summary>
public sealed class AccountDirectory(IAccountSource source, TimeProvider time)
{
    private const int MaxSingles = 10_000;
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(5);

    private readonly ListingCache _listings = new(source, time);
    private readonly Flights<AccountId, AccountRead> _singles = new();
    private readonly ConcurrentDictionary<AccountId, (Account Account, DateTimeOffset ReadAt)> _known = new();

    /// <summary>Every account, ordered by id.</summary>
    public Task<AccountListing> ListAsync(AccountDetail detail, CancellationToken cancellationToken) => _listings.ListAsync(detail, cancellationToken);

    /// <summary>The one account that a selector means.</summary>
    /// <param name="isVisible">Whether the caller may see an account. Others are found by their id alone, and never told.</param>
    public async Task<AccountRead> FindAsync(AccountSelector selector, Func<Account, bool> isVisible, CancellationToken cancellationToken)
    {
        if (selector.SingleId is { } id)
        {
            return await FindAsync(id, isVisible, cancellationToken);
        }

        var selected = await SelectAsync(selector, isVisible, cancellationToken);
        return selected switch
        {
            { Refusal: { } refusal } => new AccountRead(null, refusal),
            { Accounts: [var only] } => new AccountRead(only, null),
            _ => new AccountRead(null, new Refusal.AmbiguousAccount(selector.ToString(), [.. selected.Accounts.Select(static account => account.Id)])),
        };
    }

    /// <summary>All accounts that a selector means, ordered by id, of those that the caller may see. A part that means none is refused.</summary>
    public async Task<AccountsRead> SelectAsync(AccountSelector selector, Func<Account, bool> isVisible, CancellationToken cancellationToken)
    {
        var listing = await ListAsync(selector.Detail, cancellationToken);
        if (listing.Refusal is { } refusal)
        {
            return AccountsRead.Refused(refusal);
        }

        if ((selector.Detail & ~listing.Detail) is var untold and not AccountDetail.None)
        {
            return AccountsRead.Refused(new Refusal.SelectorUnanswerable(selector.ToString(), untold, listing.Source));
        }

        // An exclusion that means nothing is a mistake too: what should stay out would be in.
        var visible = listing.Accounts.Where(isVisible).ToList();
        foreach (var term in selector.Included.Concat(selector.Excluded))
        {
            if (term.Kind != SelectorKind.All && !visible.Exists(term.Matches))
            {
                return AccountsRead.Refused(new Refusal.UnknownAccount(term.Text, term.NearestIn(visible)));
            }
        }

        var meant = visible.FindAll(account => selector.Included.Any(term => term.Matches(account)) && !selector.Excluded.Any(term => term.Matches(account)));
        return meant.Count == 0
            ? AccountsRead.Refused(new Refusal.UnknownAccount(selector.ToString(), []))
            : new AccountsRead(meant, null) { Detail = listing.Detail, Source = listing.Source, PassedOver = listing.PassedOver };
    }

    /// <summary>One account as its source has it now, whatever is kept.</summary>
    public async Task<AccountRead> RereadAsync(AccountId id, CancellationToken cancellationToken) =>
        await _singles.JoinAsync(id, () => ReadOneAsync(id), cancellationToken);

    private async Task<AccountRead> FindAsync(AccountId id, Func<Account, bool> isVisible, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(id, out var known) && time.GetUtcNow() - known.ReadAt < FreshFor)
        {
            return new AccountRead(known.Account, null);
        }

        var listing = _listings.Newest(AccountDetail.None);
        if (listing is not null && time.GetUtcNow() < listing.AskAgainAt && listing.Accounts.FirstOrDefault(account => account.Id == id) is { } listed)
        {
            return new AccountRead(listed, null);
        }

        var read = await RereadAsync(id, cancellationToken);
        if (read is { Account: null, Refusal: null })
        {
            var visible = listing?.Accounts.Where(isVisible) ?? [];
            return new AccountRead(null, new Refusal.UnknownAccount(id.ToString(), Nearest.To(id.ToString(), visible.Select(static account => account.Id.ToString()))));
        }

        // A directory that cannot be read now does not make an account unknown that was there before.
        return read.Account is null && known.Account is not null ? new AccountRead(known.Account, null) : read;
    }

    private async Task<AccountRead> ReadOneAsync(AccountId id)
    {
        var read = await source.ReadAsync(id, CancellationToken.None);
        if (read.Account is { } account)
        {
            if (_known.Count >= MaxSingles)
            {
                _known.Clear();
            }

            _known[id] = (account, time.GetUtcNow());
        }
        else if (read.Refusal is null)
        {
            _known.TryRemove(id, out _);
        }

        return read;
    }
}
