using CentralOps.Accounts.Credentials;

namespace CentralOps.Accounts.Directory;

/// <summary>
/// The last list of each kind. It is served as it is for five minutes; then still, for an hour, while another is read behind it; and a
/// failed refresh keeps it for as long as it takes, saying so.
/// </summary>
internal sealed class ListingCache(IAccountSource source, TimeProvider time)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ServedFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    private readonly Flights<AccountDetail, AccountListing> _flights = new();
    private readonly AccountListing?[] _kept = new AccountListing?[(int)(AccountDetail.Units | AccountDetail.Tags) + 1];

    public async Task<AccountListing> ListAsync(AccountDetail detail, CancellationToken cancellationToken)
    {
        // 1. A list that is fresh is served.
        var kept = Newest(detail);
        var now = time.GetUtcNow();
        if (kept is not null && now < kept.AskAgainAt)
        {
            return kept;
        }

        // 2. One that is not is served too, and renewed behind the caller's back.
        var flight = _flights.JoinAsync(detail, () => ReadAsync(detail), cancellationToken);
        if (kept is not null && now - kept.ReadAt < ServedFor)
        {
            // Whoever asks next sees how it ended; a fault comes again to whoever has to wait.
            _ = flight.ContinueWith(static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return kept;
        }

        // 3. Otherwise everybody waits for the one reading.
        return await flight;
    }

    /// <summary>What is there now, whatever its age; null where nothing is.</summary>
    public AccountListing? Newest(AccountDetail detail)
    {
        AccountListing? newest = null;
        for (var index = 0; index < _kept.Length; index++)
        {
            // A list with more details serves those who want fewer.
            var listing = Volatile.Read(ref _kept[index]);
            newest = listing is not null && listing.Asked.HasFlag(detail) && (newest is null || listing.AskAgainAt > newest.AskAgainAt) ? listing : newest;
        }

        return newest;
    }

    private async Task<AccountListing> ReadAsync(AccountDetail detail)
    {
        // Whoever came between the end of the last flight and its removal finds its list here.
        if (Newest(detail) is { } kept && time.GetUtcNow() < kept.AskAgainAt)
        {
            return kept;
        }

        var read = await source.ReadAllAsync(detail, CancellationToken.None);
        var now = time.GetUtcNow();
        if (read.Refusal is not null)
        {
            return Newest(detail) is { } last
                ? Keep(last with { AskAgainAt = now + PauseAfterFailure, RefreshFailure = read.Refusal })
                : new AccountListing([], detail, now, now, read.Refusal) { Source = read.Source ?? source.Name, PassedOver = read.PassedOver };
        }

        var accounts = read.Accounts.OrderBy(static account => account.Id).ToList();
        return Keep(new AccountListing(accounts, detail, now, now + FreshFor, Refusal: null)
        {
            Detail = read.Detail,
            Source = read.Source ?? source.Name,
            PassedOver = read.PassedOver,
        });
    }

    private AccountListing Keep(AccountListing listing)
    {
        Volatile.Write(ref _kept[(int)listing.Asked], listing);
        return listing;
    }
}
