using System.Collections.Concurrent;
using CentralOps.Access.Selectors;
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
    /// <param name="sight">What the caller may see; everything else is as if it were not.</param>
    public async Task<AccountRead> FindAsync(AccountSelector selector, AccountSight sight, CancellationToken cancellationToken)
    {
        if (selector.SingleId is { } id)
        {
            return await FindAsync(id, sight, cancellationToken);
        }

        var selected = await SelectAsync(selector, sight, cancellationToken);
        return selected switch
        {
            { Refusal: { } refusal } => new AccountRead(null, refusal),
            { Accounts: [var only] } => new AccountRead(only, null),
            _ => new AccountRead(null, new Refusal.AmbiguousAccount(selector.ToString(), [.. selected.Accounts.Select(static account => account.Id)])),
        };
    }

    /// <summary>All accounts that a selector means, ordered by id, of those that the caller may see. A part that means none is refused.</summary>
    /// <param name="also">What has to be known of them beside that; a source may not tell it.</param>
    public async Task<AccountsRead> SelectAsync(AccountSelector selector, AccountSight sight, CancellationToken cancellationToken, AccountDetail also = AccountDetail.None)
    {
        var listing = await ListAsync(selector.Detail | sight.Detail | also, cancellationToken);
        if (listing.Refusal is { } refusal)
        {
            return AccountsRead.Refused(refusal);
        }

        if ((selector.Detail & ~listing.Detail) is var untold and not AccountDetail.None)
        {
            return AccountsRead.Refused(new Refusal.SelectorUnanswerable(selector.ToString(), untold, listing.Source));
        }

        // An exclusion that means nothing is a mistake too: what should stay out would be in.
        var visible = sight.Of(listing).Accounts.Select(account => (Account: account, Facts: new AccountFacts(account, listing.Detail))).ToList();
        foreach (var term in selector.Terms.Included.Concat(selector.Terms.Excluded))
        {
            if (term.Kind != AccountTermKind.All && !visible.Exists(seen => term.Matches(seen.Facts) == TermMatch.Yes))
            {
                return AccountsRead.Refused(new Refusal.UnknownAccount(term.Text, NearTerms.To(term, [.. visible.Select(static seen => seen.Account)])));
            }
        }

        var meant = visible.Where(seen => selector.Terms.Mean(seen.Facts, withholding: false)).Select(static seen => seen.Account).ToList();
        return meant.Count == 0
            ? AccountsRead.Refused(new Refusal.UnknownAccount(selector.ToString(), []))
            : new AccountsRead(meant, null) { Detail = listing.Detail, Source = listing.Source, PassedOver = listing.PassedOver, ReadAt = listing.ReadAt };
    }

    /// <summary>The account of an id. One that the caller may not see is told in the very words of one that there is not.</summary>
    public async Task<AccountRead> FindAsync(AccountId id, AccountSight sight, CancellationToken cancellationToken)
    {
        // 1. What the caller's rules ask of accounts has to be there, whichever account is meant.
        var listing = sight.Detail == AccountDetail.None ? null : await ListAsync(sight.Detail, cancellationToken);
        if (listing?.Refusal is { } unread)
        {
            return new AccountRead(null, unread);
        }

        // 2. Is there such an account?
        var read = await FindAnyAsync(id, cancellationToken);
        if (read.Refusal is not null)
        {
            return read;
        }

        // 3. May the caller see it?
        var listed = listing?.Accounts.FirstOrDefault(account => account.Id == id);
        var isVisible = listed is not null ? sight.Admits(listed, listing!.Detail) : read.Account is { } single && sight.Admits(single, AccountDetail.None);
        if (isVisible && read.Account is not null)
        {
            return read;
        }

        listing ??= _listings.Newest(AccountDetail.None);
        var visible = listing is null ? [] : sight.Of(listing).Accounts;
        return new AccountRead(null, new Refusal.UnknownAccount(id.ToString(), Nearest.To(id.ToString(), visible.Select(static account => account.Id.ToString()).Where(near => !string.Equals(near, id.ToString(), StringComparison.Ordinal)))));
    }

    /// <summary>One account as its source has it now, whatever is kept.</summary>
    public async Task<AccountRead> RereadAsync(AccountId id, CancellationToken cancellationToken) =>
        await _singles.JoinAsync(id, () => ReadOneAsync(id), cancellationToken);

    /// <summary>The tags of one account: of the last list that has them while it is fresh, else as the source has them now.</summary>
    public async Task<TagsRead> ReadTagsAsync(AccountId id, CancellationToken cancellationToken) =>
        _listings.Newest(AccountDetail.Tags) is { } listing && time.GetUtcNow() < listing.AskAgainAt && listing.Detail.HasFlag(AccountDetail.Tags)
            && listing.Accounts.FirstOrDefault(account => account.Id == id) is { } listed
            ? new TagsRead(listed.Tags, null)
            : await source.ReadTagsAsync(id, cancellationToken);

    private async Task<AccountRead> FindAnyAsync(AccountId id, CancellationToken cancellationToken)
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

        // A directory that cannot be read now does not make an account unknown that was there before.
        var read = await RereadAsync(id, cancellationToken);
        return read is { Account: null, Refusal: not null } && known.Account is not null ? new AccountRead(known.Account, null) : read;
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
