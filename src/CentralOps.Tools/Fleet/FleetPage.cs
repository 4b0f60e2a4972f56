using CentralOps.Accounts;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Listings;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Fleet;

/// <summary>Puts one answer together from places in their order, until it is full, and knows where the next one begins.</summary>
/// <param name="maxBytes">Of items and failures, with what stands around them.</param>
/// <param name="maxAnswerBytes">What a query's value, or text, may come to.</param>
internal sealed class FleetPage(FleetQuestion question, RowShape shape, long maxBytes, long maxItems, int maxAnswerBytes)
{
    /// <summary>Of a place's own members: ids, names, counts, punctuation.</summary>
    private const int HeadBytes = 160;

    private readonly PageBudget _budget = new(maxBytes, maxItems);
    private readonly int _expected = FleetWidth.PlacesOf(question);

    public FleetTally Tally { get; } = new();

    public FleetBody Body { get; } = new(question.Tool.Rows, shape.IsList ? null : new ShapedRows(shape, maxAnswerBytes));

    /// <summary>Where the next answer begins: account, region (empty for the account's beginning), place in its pages and items given; null at the end.</summary>
    public FleetCut? Cut { get; private set; }

    /// <summary>Places that this answer came to.</summary>
    public int Places { get; private set; }

    /// <param name="ahead">Told while a piece is waited for.</param>
    public async Task BuildAsync(FleetRun run, ReadAhead ahead, FleetClock clock, CancellationToken cancellationToken)
    {
        for (var index = 0; index < run.Accounts.Count && Cut is null; index++)
        {
            var account = run.Accounts[index];
            var isDone = await SettledAsync(account, run, ahead, cancellationToken);
            if (isDone)
            {
                await AddAsync(account, run, ahead, clock, cancellationToken);
            }
            else
            {
                AddLate(account, run, clock);
            }
        }

        Tally.Items = _budget.Items;
    }

    private static async Task<bool> SettledAsync(Slot slot, FleetRun run, ReadAhead ahead, CancellationToken cancellationToken)
    {
        if (run.IsDone(slot))
        {
            return true;
        }

        ahead.Awaited = slot;
        run.Wake();
        var isDone = await run.SettledAsync(slot, cancellationToken);
        ahead.Awaited = null;
        return isDone;
    }

    private async Task AddAsync(AccountSlot account, FleetRun run, ReadAhead ahead, FleetClock clock, CancellationToken cancellationToken)
    {
        if (account.Refusal is { } refusal)
        {
            AddShut(account, account.Failure(refusal), run);
            return;
        }

        foreach (var place in account.Places)
        {
            if (!await SettledAsync(place, run, ahead, cancellationToken) && !AddLate(place, run, clock))
            {
                return;
            }

            Add(place, run);
            if (Cut is not null)
            {
                return;
            }
        }
    }

    /// <summary>An account that the time did not suffice to open: it has failed where later ones were begun, and is left for the next answer where none was.</summary>
    private void AddLate(AccountSlot account, FleetRun run, FleetClock clock)
    {
        if ((account.Index, -1).CompareTo(run.LastBegun) > 0)
        {
            CutAt(new FleetCut(account.Account.Id, "", PageMark.Start, 0), account, 0, run);
        }
        else
        {
            AddShut(account, account.Failure(new Refusal.OutOfTime(clock.Allowed)), run);
        }
    }

    /// <returns>Whether the place has failed, for want of time, and is to be added as such.</returns>
    private bool AddLate(PlaceSlot place, FleetRun run, FleetClock clock)
    {
        if ((place.Account.Index, place.Index).CompareTo(run.LastBegun) > 0)
        {
            CutAt(place, place.From, place.Given, run);
            return false;
        }

        if (place.Failures.Count == 0)
        {
            place.Fail(null, new Refusal.OutOfTime(clock.Allowed));
        }

        return true;
    }

    private void AddShut(AccountSlot account, FleetFailure failure, FleetRun run)
    {
        if (!TryAdd(failure))
        {
            CutAt(new FleetCut(account.Account.Id, "", PageMark.Start, 0), account, 0, run);
            return;
        }

        Places++;
        Tally.CountShut();
    }

    private void Add(PlaceSlot place, FleetRun run)
    {
        // 1. As many items as fit, page by page.
        var pieces = new List<ReadOnlyMemory<byte>>();
        var (count, head) = (0, HeadBytes + place.Place.Account.Name.Length);
        PageMark? cut = null;
        foreach (var step in place.Steps)
        {
            if (step.Note is { } note)
            {
                Write(new FleetFailure(place.Place.Account.Id, place.Place.RegionText, note.Part, note.Refusal));
            }

            var (items, taken) = Fitting(step, count == 0 ? head : 0);
            if (taken > 0)
            {
                _budget.Use(items.Length + 1 + (count == 0 ? head : 0), taken);
                pieces.Add(items);
                count += taken;
            }

            cut = taken < step.Count ? step.At(taken) : FailuresOf(place, step);
            if (cut is not null)
            {
                break;
            }
        }

        // 2. What failed after them.
        cut ??= place.Rest ?? EndOf(place);
        Tally.Ask(place);
        Body.AddPlace(place, pieces, count);
        if (cut is { } mark)
        {
            CutAt(place, mark, place.Given + count, run);
            return;
        }

        Places++;
        Tally.Count(place);
    }

    /// <summary>What of a step has room.</summary>
    private (ReadOnlyMemory<byte> Items, int Count) Fitting(PageStep step, int head)
    {
        if (_budget.HasRoom(step.Items.Length + head + 1) && step.Items.Length + head + 1 <= maxBytes && step.Count <= _budget.ItemsLeft)
        {
            return (step.Items, step.Count);
        }

        var fitting = JsonRows.Fitting(step.Items, _budget.BytesLeft - head - 1, _budget.ItemsLeft);
        return fitting.Count == 0 && _budget.IsUntouched ? JsonRows.Fitting(step.Items, long.MaxValue, 1) : fitting;
    }

    /// <summary>Items of a page that could not be read are told after the others of the page.</summary>
    private PageMark? FailuresOf(PlaceSlot place, PageStep step)
    {
        foreach (var failure in step.Failures)
        {
            if (!TryAdd(new FleetFailure(place.Place.Account.Id, place.Place.RegionText, failure.Part, failure.Refusal)))
            {
                return step.At(step.Count);
            }
        }

        return null;
    }

    private PageMark? EndOf(PlaceSlot place)
    {
        foreach (var failure in place.Failures)
        {
            if (!TryAdd(failure))
            {
                return place.Steps is [.., var last] ? (last.Refusal is null ? last.Next ?? last.At(last.Count) : last.Here) : place.From;
            }
        }

        return null;
    }

    private bool TryAdd(FleetFailure failure) => Write(failure, isOptional: true);

    /// <param name="isOptional">Whether it is left out where it has no room.</param>
    private bool Write(FleetFailure failure, bool isOptional = false)
    {
        var written = FleetBody.Written(failure.Write);
        if (isOptional && !_budget.HasRoom(written.Length + 1))
        {
            return false;
        }

        _budget.Use(written.Length + 1, 0);
        Body.AddFailure(written.Span);
        return true;
    }

    private void CutAt(PlaceSlot place, PageMark mark, long given, FleetRun run) =>
        CutAt(new FleetCut(place.Place.Account.Id, place.Place.Region?.Text ?? "", mark, given), place.Account, place.Index, run);

    /// <param name="place">The first place of the account that is left.</param>
    private void CutAt(FleetCut cut, AccountSlot account, int place, FleetRun run)
    {
        // What was read ahead of accounts to come may tell how many regions they have, or not yet: the count is not to depend on that.
        Cut = cut;
        var here = account is { State: SlotState.Done, Refusal: null } ? account.Places.Count - place : _expected;
        Tally.Skipped = here + ((run.Accounts.Count - account.Index - 1) * _expected);
    }
}

/// <summary>Where a fleet's answer ends before its items do.</summary>
/// <param name="Region">Empty for the beginning of the account.</param>
/// <param name="Given">Items of the place that were given, in all answers.</param>
internal sealed record FleetCut(AccountId Account, string Region, PageMark Mark, long Given);
