using System.Collections.Concurrent;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Refusals;

namespace CentralOps.Accounts.Directory;

/// <summary>
/// Which accounts exist. Lists are kept for a while; a failed refresh keeps the last good one. A single id is answered without the
/// list, so that the first call in an organization of thousands costs one call. Safe for concurrent use.
/// </summary>
public sealed class AccountDirectory(IAccountSource source, TimeProvider time)
{
    private const int MaxSingles = 10_000;
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    private readonly Flights<bool, AccountListing> _listings = new();
    private readonly Flights<AccountId, AccountRead> _singles = new();
    private readonly ConcurrentDictionary<AccountId, (Account Account, DateTimeOffset ReadAt)> _known = new();
    private readonly AccountListing?[] _kept = new AccountListing?[2];

    /// <summary>Every account, ordered by id.</summary>
    public async Task<AccountListing> ListAsync(bool withUnits, CancellationToken cancellationToken) =>
        Kept(withUnits) ?? await _listings.JoinAsync(withUnits, () => ReadAllAsync(withUnits), cancellationToken);

    /// <summary>The account that a selector means: an id, or a whole name in any case.</summary>
    public async Task<AccountRead> FindAsync(string selector, CancellationToken cancellationToken)
    {
        if (AccountId.TryParse(selector, out var id))
        {
            return await FindAsync(id, cancellationToken);
        }

        var listing = await ListAsync(withUnits: false, cancellationToken);
        if (listing.Refusal is { } refusal)
        {
            return new AccountRead(null, refusal);
        }

        var matches = listing.Accounts.Where(account => string.Equals(account.Name, selector, StringComparison.OrdinalIgnoreCase)).ToList();
        return matches.Count switch
        {
            1 => new AccountRead(matches[0], null),
            0 => Unknown(selector, listing.Accounts),
            _ => new AccountRead(null, new Refusal.AmbiguousAccount(selector, matches.ConvertAll(static account => account.Id))),
        };
    }

    /// <summary>One account as its source has it now, whatever is kept.</summary>
    public async Task<AccountRead> RereadAsync(AccountId id, CancellationToken cancellationToken) =>
        await _singles.JoinAsync(id, () => ReadOneAsync(id), cancellationToken);

    private async Task<AccountRead> FindAsync(AccountId id, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(id, out var known) && time.GetUtcNow() - known.ReadAt < FreshFor)
        {
            return new AccountRead(known.Account, null);
        }

        var listing = Kept(withUnits: false);
        if (listing?.Accounts.FirstOrDefault(account => account.Id == id) is { } listed)
        {
            return new AccountRead(listed, null);
        }

        var read = await RereadAsync(id, cancellationToken);
        if (read is { Account: null, Refusal: null })
        {
            return Unknown(id.ToString(), listing?.Accounts ?? []);
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

    /// <summary>A list that is fresh enough; one with units serves those who want none.</summary>
    private AccountListing? Kept(bool withUnits)
    {
        var now = time.GetUtcNow();
        foreach (var listing in _kept)
        {
            if (listing is not null && (listing.WithUnits || !withUnits) && now < listing.AskAgainAt)
            {
                return listing;
            }
        }

        return null;
    }

    private async Task<AccountListing> ReadAllAsync(bool withUnits)
    {
        if (Kept(withUnits) is { } kept)
        {
            return kept;
        }

        var read = await source.ReadAllAsync(withUnits, CancellationToken.None);
        var now = time.GetUtcNow();
        var last = Volatile.Read(ref _kept[withUnits ? 1 : 0]);
        if (read.Refusal is not null)
        {
            if (last is null)
            {
                return new AccountListing([], withUnits, now, now, read.Refusal);
            }

            return Keep(last with { AskAgainAt = now + PauseAfterFailure, RefreshFailure = read.Refusal });
        }

        var accounts = read.Accounts.OrderBy(static account => account.Id).ToList();
        return Keep(new AccountListing(accounts, withUnits, now, now + FreshFor, Refusal: null));
    }

    private AccountListing Keep(AccountListing listing)
    {
        Volatile.Write(ref _kept[listing.WithUnits ? 1 : 0], listing);
        return listing;
    }

    private static AccountRead Unknown(string selector, IReadOnlyList<Account> accounts) =>
        new(null, new Refusal.UnknownAccount(selector, Nearest.To(selector, accounts.SelectMany(static account => new[] { account.Name, account.Id.ToString() }))));
}

/// <summary>The organization's accounts as they were read.</summary>
/// <param name="Refusal">Why there is no list.</param>
public sealed record AccountListing(IReadOnlyList<Account> Accounts, bool WithUnits, DateTimeOffset ReadAt, DateTimeOffset AskAgainAt, Refusal? Refusal)
{
    /// <summary>Why the list is older than it should be; null while it is fresh.</summary>
    public Refusal? RefreshFailure { get; init; }
}
