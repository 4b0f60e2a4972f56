using CentralOps.Access.Callers;
using CentralOps.Accounts;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Quotas;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Endpoints;
using CentralOps.Tools.Listings;

namespace CentralOps.Tools.Fleet;

/// <summary>Pages of a place, of which each is read once for all calls of one caller that want it at the same time.</summary>
/// <param name="heard">What the pages' calls are heard by.</param>
/// <param name="log">The call's own record: it hears of reads that it shares, too. Null where there is none.</param>
internal sealed class SharedPages(IPages pages, PageKey key, PlaceAsked place, Flights<PageKey, SharedPage> flights, HeardCalls? heard, IOperationLog? log) : IPages
{
    public async Task<PageRead> ReadAsync(string? position, int skip, int take, CancellationToken cancellationToken)
    {
        var isOwn = false;
        SharedPage page;
        try
        {
            page = await flights.ShareAsync(
                key with { Position = position, Skip = skip, Take = take },
                unwanted =>
                {
                    isOwn = true;
                    return FlyAsync(position, skip, take, unwanted);
                },
                cancellationToken);
        }
        catch (OperationCanceledException) when (isOwn)
        {
            // What AWS has answered is in its CloudTrail, whether anybody waited for the rest or not.
            heard?.TellTo(log);
            throw;
        }

        // Whoever began it may have had less time to wait for AWS's quotas than this call has.
        if (!isOwn && page.Read.Refusal is Refusal.Throttled throttled && QuotaCodes.IsOurs(throttled.Failure.Code))
        {
            page = await FlyAsync(position, skip, take, cancellationToken);
        }

        page.Calls?.TellTo(log);
        place.Setting.Place.Region = page.Region;
        return page.Read;
    }

    private async Task<SharedPage> FlyAsync(string? position, int skip, int take, CancellationToken cancellationToken)
    {
        var read = await pages.ReadAsync(position, skip, take, cancellationToken);
        return new SharedPage(read, heard?.Drain(), place.Setting.Place.Region);
    }
}

/// <summary>What makes a read the same as another.</summary>
/// <param name="Question">What AWS is asked, as <see cref="FleetQuestion.HashOfAws"/> has it.</param>
/// <param name="Region">Empty where the account answers for all regions at once.</param>
internal sealed record PageKey(Caller Caller, string Tool, ulong Question, long AskedAt, AccountId Account, string Region)
{
    public string? Position { get; init; }

    public int Skip { get; init; }

    public int Take { get; init; }
}

/// <summary>A page, the calls it cost, and the region it turned out to be of.</summary>
internal sealed record SharedPage(PageRead Read, HeardCalls? Calls, RegionName? Region);
