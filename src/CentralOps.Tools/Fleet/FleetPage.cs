using System.Buffers;
using System.Text.Json;
using CentralOps.Accounts;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Listings;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Fleet;

/// <summary>Puts one answer together from places in their order, until it is full, and knows where the next one begins.</summary>
/// <param name="maxBytes">Of items and failures, with what stands around them.</param>
internal sealed class FleetPage(FleetQuestion question, RowShape shape, long maxBytes, long maxItems)
{
    /// <summary>Of a place's own members: ids, names, counts, punctuation.</summary>
    private const int HeadBytes = 160;

    private readonly PageBudget _budget = new(maxBytes, maxItems);
    private readonly ArrayBufferWriter<byte> _results = new(4096);
    private readonly ArrayBufferWriter<byte> _failures = new(1024);
    private readonly int _expected = FleetWidth.PlacesOf(question);

    public FleetTally Tally { get; } = new();

    public ReadOnlyMemory<byte> Results => _results.WrittenMemory;

    public ReadOnlyMemory<byte> Failures => _failures.WrittenMemory;

    /// <summary>All items as rows, for what is made of them as a whole; null where they stay in places.</summary>
    public ShapedRows? Rows { get; private set; }

    /// <summary>Where the next answer begins: account, region (empty for the account's beginning), place in its pages and items given; null at the end.</summary>
    public FleetCut? Cut { get; private set; }

    /// <summary>Places that this answer came to.</summary>
    public int Places { get; private set; }

    /// <param name="ahead">Told while a piece is waited for.</param>
    public async Task BuildAsync(FleetRun run, ReadAhead ahead, int maxAnswerBytes, FleetClock clock, CancellationToken cancellationToken)
    {
        Rows = shape.IsList ? null : new ShapedRows(shape, maxAnswerBytes);
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
        ahead.IsAwaited = true;
        run.Wake();
        var isDone = await run.SettledAsync(slot, cancellationToken);
        ahead.IsAwaited = false;
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
        WritePlace(place, pieces, count);
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

    private bool TryAdd(FleetFailure failure)
    {
        var output = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(output, RefusalAnswer.Json))
        {
            failure.Write(json);
        }

        if (!_budget.HasRoom(output.WrittenCount + 1))
        {
            return false;
        }

        _budget.Use(output.WrittenCount + 1, 0);
        Append(_failures, output.WrittenSpan);
        return true;
    }

    private void WritePlace(PlaceSlot place, List<ReadOnlyMemory<byte>> pieces, int count)
    {
        Tally.Ask(place);
        if (count == 0)
        {
            return;
        }

        var region = place.Answered?.RegionText ?? place.Place.RegionText;
        if (Rows is not null)
        {
            var head = FlatRows.Head(place.Place.Account.Id.ToString(), place.Place.Account.Name, region);
            pieces.ForEach(items => Rows.Add(head, items.Span));
            return;
        }

        var output = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(output, RefusalAnswer.Json))
        {
            json.WriteStartObject();
            json.WriteString("account_id"u8, place.Place.Account.Id.ToString());
            json.WriteString("account_name"u8, place.Place.Account.Name);
            json.WriteString("region"u8, region);
            place.Answered?.WriteStanding(json);
            WriteItems(pieces, count, json);
            json.WriteEndObject();
        }

        Append(_results, output.WrittenSpan);
    }

    private void WriteItems(List<ReadOnlyMemory<byte>> pieces, int count, Utf8JsonWriter json)
    {
        var names = question.Tool.Rows;
        if (names.IsOne)
        {
            json.WritePropertyName(names.Member);
            json.WriteRawValue(pieces[0].Span, skipInputValidation: true);
            return;
        }

        json.WriteNumber(names.Count, count);
        json.WriteStartArray(names.Member);
        foreach (var items in pieces)
        {
            json.WriteRawValue(items.Span, skipInputValidation: true);
        }

        json.WriteEndArray();
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

    private static void Append(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> value)
    {
        if (output.WrittenCount > 0)
        {
            output.Write(","u8);
        }

        output.Write(value);
    }
}

/// <summary>Where a fleet's answer ends before its items do.</summary>
/// <param name="Region">Empty for the beginning of the account.</param>
/// <param name="Given">Items of the place that were given, in all answers.</param>
internal sealed record FleetCut(AccountId Account, string Region, PageMark Mark, long Given);
