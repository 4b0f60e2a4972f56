using System.Buffers;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Calls;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Listings;

/// <summary>
/// Goes through pages from a point on and knows at each item where that is. A page token that AWS no longer accepts costs a second reading from the beginning,
/// without what was given before.
/// </summary>
/// <param name="operation">Asked first of the tool's, for what is wrong with its pages.</param>
/// <param name="from">Where an earlier answer ended.</param>
/// <param name="given">How many items were given up to there.</param>
internal sealed class PageWalk(IPages pages, string operation, PageMark from, long given, RowShape? shape)
{
    /// <summary>An end for a service that hands out empty pages for ever.</summary>
    private const int MaxEmpty = 1000;

    /// <summary>Of the pages of a second reading.</summary>
    private const int RereadTake = 1000;

    private string? _token = from.Token;
    private int _skip = from.Skip;
    private long _drop = from.Taken;
    private Failure? _note;
    private bool _isFirst = true;
    private bool _isRereading;
    private bool _isOver;
    private bool _leadsNowhere;
    private int _empty;

    /// <summary>Where the next step begins.</summary>
    public PageMark Here => new(_token, _skip, _isRereading ? 0 : (int)_drop, _isFirst ? from.Take : 0);

    /// <param name="take">Items to read at most. A piece that was begun is read in its own size.</param>
    /// <returns>Null when there is no more.</returns>
    public async Task<PageStep?> NextAsync(int take, CancellationToken cancellationToken)
    {
        if (_isOver)
        {
            return null;
        }

        if (_leadsNowhere || _empty >= MaxEmpty)
        {
            return End(LeadsNowhere());
        }

        // 1. The page. Of the first one it may be that AWS has forgotten where it was.
        var size = _isFirst && from.Take > 0 ? from.Take : _isRereading ? RereadTake : take;
        var read = await pages.ReadAsync(_token, _skip, size, cancellationToken);
        if (read.Page is not { } page)
        {
            if (!_isFirst || _token is null || !StaleTokens.Says(read.Refusal!, out var code))
            {
                return End(read.Refusal!);
            }

            BeginAgain(code);
            return await NextAsync(take, cancellationToken);
        }

        // 2. What of it was not given yet.
        var dropped = (int)Math.Min(_drop, page.Count);
        var step = StepOf(page, dropped, size);

        // 3. On to the next.
        _drop = _isRereading ? _drop - dropped : 0;
        _isRereading &= _drop > 0;
        _isFirst = false;
        _empty = page.Count == 0 ? _empty + 1 : 0;
        GoOn(page);
        return step with { Next = _isOver ? null : new PageMark(_token, _skip, 0, 0) };
    }

    private PageStep StepOf(Page page, int dropped, int size)
    {
        var items = ReadOnlyMemory<byte>.Empty;
        if (dropped < page.Count)
        {
            var clean = new ArrayBufferWriter<byte>(page.Items.Length);
            CleanJson.AppendItems(dropped == 0 ? page.Items : JsonRows.Skip(page.Items, dropped), clean);
            items = shape?.Project(clean.WrittenMemory) ?? clean.WrittenMemory;
        }

        var told = _isRereading && dropped == page.Count ? [] : page.Failures;
        return new PageStep(items, page.Count - dropped, new PageMark(page.Position ?? _token, _skip, dropped, size), told, null) { Note = TakeNote() };
    }

    private void GoOn(Page page)
    {
        if (page.CutAt is { } cut)
        {
            (_token, _skip) = (page.Position ?? _token, cut);
            return;
        }

        _isOver = page.Next is null;
        _leadsNowhere = !_isOver && string.Equals(page.Next, _token, StringComparison.Ordinal);
        (_token, _skip) = (page.Next, 0);
    }

    private void BeginAgain(string code)
    {
        _note = new Failure(null, new Refusal.ReadAgain(code, given));
        (_token, _skip, _drop) = (null, 0, given);
        (_isFirst, _isRereading) = (false, given > 0);
    }

    private PageStep End(Refusal refusal)
    {
        var here = Here;
        _isOver = true;
        return new PageStep(default, 0, here, [], refusal) { Next = here, Note = TakeNote() };
    }

    private Failure? TakeNote()
    {
        var note = _note;
        _note = null;
        return note;
    }

    /// <summary>A page that names itself as the next. What was read so far is not the whole, and must not pass for it.</summary>
    private Refusal.ServiceFailed LeadsNowhere()
    {
        var parts = operation.Split(':');
        return new(new AwsFailure(parts[0], parts[1], FailureKind.Server, "RepeatedNextToken", "The next page of the answer is the page itself", null, 200));
    }
}

/// <summary>Items that were read in one step.</summary>
/// <param name="Items">JSON objects separated by commas, with what acts in their strings taken out.</param>
/// <param name="Here">Before the first of them.</param>
/// <param name="Failures">Items that could not be read, while others could.</param>
/// <param name="Refusal">Why the walk ended here; there are no items then.</param>
internal sealed record PageStep(ReadOnlyMemory<byte> Items, int Count, PageMark Here, IReadOnlyList<Failure> Failures, Refusal? Refusal)
{
    /// <summary>What is to be said of the reading, whatever of it is given.</summary>
    public Failure? Note { get; init; }

    /// <summary>After the last of them; null when there is no more.</summary>
    public PageMark? Next { get; init; }

    /// <summary>After the first few of them.</summary>
    public PageMark At(int count) => Here with { Taken = Here.Taken + count };
}
