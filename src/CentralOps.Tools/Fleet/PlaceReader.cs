using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Endpoints;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Listings;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Fleet;

/// <summary>Opens accounts, and reads their places page by page.</summary>
/// <param name="shape">What of items is kept; null for all.</param>
/// <param name="from">Where an earlier answer ended; null for the beginning.</param>
/// <param name="askedAt">What counts as now.</param>
internal sealed class PlaceReader(FleetQuestion question, ToolSetting setting, RowShape? shape, NextToken? from, DateTimeOffset askedAt, FleetClock clock)
{
    /// <summary>Items of a page: few calls where there are many, and not much too much where few are wanted.</summary>
    public const int UsualPage = 500;

    private readonly int _page = question.Tool.FleetLimits(question.Arguments).Page;
    private readonly PageKey _key = new(
        question.Use.Caller, question.Use.Tool, question.HashOfAws(), question.Tool.AsksOfTime ? askedAt.ToUnixTimeSeconds() : 0, default, "");

    /// <summary>Opens an account once for all its places, and learns which places it has.</summary>
    public async Task OpenAsync(AccountSlot slot, CancellationToken cancellationToken)
    {
        if (question.Tool.EntersItself)
        {
            slot.Places = PlacesOf(slot, []);
            return;
        }

        var (services, regions) = (setting.Services, question.Regions);
        var first = regions is { IsEvery: false } ? regions.Names[0] : Home();
        var opened = await services.WayIn.OpenAsync(slot.Account, first, question.Use, cancellationToken);
        if (opened.Door is not { } door)
        {
            slot.Refusal = opened.Refusal;
            return;
        }

        var names = regions?.Names ?? [];
        if (regions is { IsEvery: true })
        {
            var read = await services.Fleet.Regions.ReadAsync(door, cancellationToken);
            (names, slot.Refusal) = (read.Regions, read.Refusal);
        }

        if (slot.Refusal is null)
        {
            slot.Door = door;
            slot.Places = PlacesOf(slot, names);
        }
    }

    public async Task ReadAsync(PlaceSlot slot, IPlaceTaker taker, CancellationToken cancellationToken)
    {
        // 1. The same session, in this region.
        var heard = question.Use.Log is null ? null : new HeardCalls();
        var place = new AnswerPlace(setting.Services.Home) { Account = slot.Place.Account.Id.ToString(), Region = slot.Place.Region ?? question.AskedIn };
        slot.Answered = place;
        if (!question.Tool.EntersItself)
        {
            var entered = slot.Account.Door!.In(slot.Place.Region ?? Home(), heard);
            place.Door = entered.Account;
            if (entered.Refusal is { } refusal)
            {
                heard?.TellTo(question.Use.Log);
                slot.Fail(null, refusal);
                return;
            }
        }

        // 2. Page by page, each read once for all who want it now.
        var asked = new PlaceAsked(slot.Place.Account, place.Door, question.Arguments, setting.For(question.Use with { Log = heard }, place, clock.TimeUp), askedAt);
        var key = _key with { Account = slot.Place.Account.Id, Region = slot.Place.Region?.Text ?? "" };
        var pages = new SharedPages(question.Tool.PagesOf(asked), key, asked, setting.Services.Fleet.Pages, heard, question.Use.Log);
        var walk = new PageWalk(pages, question.Tool.Operations[0], slot.From, slot.Given, shape);
        while (await walk.NextAsync(_page, cancellationToken) is { } step)
        {
            slot.Items += step.Count;
            if (step.Refusal is { } failed)
            {
                slot.Fail(null, failed);
            }

            // A step that failed is the last by itself.
            if (!await taker.TakeAsync(slot, step, cancellationToken) && step.Refusal is null)
            {
                slot.Rest = step.Next;
                return;
            }
        }
    }

    private List<PlaceSlot> PlacesOf(AccountSlot slot, IReadOnlyList<RegionName> regions)
    {
        // 1. One of an account that answers for all its regions at once.
        var mark = from?.Fleet is { } fleet && string.Equals(fleet.Account, slot.Account.Id.ToString(), StringComparison.Ordinal) ? fleet : null;
        if (regions.Count == 0 && question.Regions is null)
        {
            return [PlaceOf(slot, 0, null, isMarked: mark is not null)];
        }

        // 2. Regions in order, those before the mark left out.
        var places = new List<PlaceSlot>(regions.Count);
        foreach (var region in regions)
        {
            var order = mark is null ? 1 : string.CompareOrdinal(region.Text, mark.Region);
            if (order >= 0)
            {
                places.Add(PlaceOf(slot, places.Count, region, isMarked: order == 0));
            }
        }

        return places;
    }

    private PlaceSlot PlaceOf(AccountSlot slot, int index, RegionName? region, bool isMarked) =>
        new(slot, index, new FleetPlace(slot.Account, region, (region ?? question.AskedIn)?.Text ?? $"{setting.Services.Home.PartitionId}-global"))
        {
            From = isMarked ? from!.Mark : PageMark.Start,
            Given = isMarked ? from!.Given : 0,
        };

    private RegionName Home() => question.AskedIn ?? setting.Services.Home;
}
