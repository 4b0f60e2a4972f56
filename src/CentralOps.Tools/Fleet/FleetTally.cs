using CentralOps.Tools.Arguments;

namespace CentralOps.Tools.Fleet;

/// <summary>Counts places by how they ended.</summary>
internal sealed class FleetTally
{
    private readonly SortedSet<string> _regions = new(StringComparer.Ordinal);
    private int _succeeded;
    private int _empty;
    private int _failed;

    public int Skipped { get; set; }

    public long Items { get; set; }

    /// <summary>Of the names of regions asked, in an answer.</summary>
    public int RegionBytes { get; private set; }

    /// <summary>Counts everything of an account.</summary>
    /// <param name="expected">Places that it counts as where it was not opened.</param>
    /// <returns>Its failures.</returns>
    public IEnumerable<FleetFailure> Count(AccountSlot account, int expected)
    {
        if (account.State != SlotState.Done)
        {
            Skipped += expected;
            return [];
        }

        if (account.Refusal is { } refusal)
        {
            CountShut();
            return [account.Failure(refusal)];
        }

        foreach (var place in account.Places)
        {
            if (place.State == SlotState.Done)
            {
                Count(place);
                Items += place.Items;
            }
            else
            {
                Skipped++;
            }
        }

        return account.Places.SelectMany(static place => place.Failures);
    }

    public void Count(PlaceSlot place)
    {
        Ask(place);
        _failed += place.Failures.Count > 0 ? 1 : 0;
        _empty += place is { Failures.Count: 0, Items: 0, Given: 0 } ? 1 : 0;
        _succeeded += place.Failures.Count == 0 && place.Items + place.Given > 0 ? 1 : 0;
    }

    /// <summary>The place was asked, whether or not this is its end.</summary>
    public void Ask(PlaceSlot place)
    {
        if (place.Place.Region is { } region && _regions.Add(region.Text))
        {
            RegionBytes += region.Text.Length + 3;
        }
    }

    public void CountShut() => _failed++;

    public FleetSummary Summary(FleetPlan plan, FleetClock clock, TimeProvider time) => new(
        plan.Accounts.Count, plan.Question.Regions is { IsEvery: false } named ? [.. named.Names.Select(static region => region.Text)] : [.. _regions], _succeeded, _empty, _failed, Skipped, Items)
    {
        Duration = clock.Elapsed,
        DirectoryAge = plan.ReadAt is { } readAt ? time.GetUtcNow() - readAt : null,
    };
}
