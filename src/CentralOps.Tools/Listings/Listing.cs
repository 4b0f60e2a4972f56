using System.Buffers;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Listings;

/// <summary>
/// Reads pages up to a limit, and tells exactly where to go on: no item twice, none left out. What was read before a page failed
/// is kept: the failure is told beside it, and the token goes on at that page.
/// </summary>
internal sealed class Listing(IPages pages, ToolSetting setting, RowShape? shape = null, int? maxBytes = null)
{
    private const int MaxPages = 1000;

    /// <summary>For what stands around the items in an answer.</summary>
    private const int BytesKeptBack = 64 * 1024;

    private readonly List<ReadOnlyMemory<byte>> _items = [];
    private readonly List<Failure> _failures = [];
    private readonly long _maxBytes = Math.Min(setting.Call.MaxAnswerBytes - BytesKeptBack, maxBytes ?? long.MaxValue);
    private long _bytes;

    public int Count { get; private set; }

    /// <summary>Where the next item is; null when there is none.</summary>
    public NextToken? Next { get; private set; }

    public IReadOnlyList<Failure> Failures => _failures;

    /// <param name="start">Where an earlier answer ended.</param>
    /// <returns>Why there is nothing at all.</returns>
    public async Task<Refusal?> ReadAsync(NextToken start, int limit, CancellationToken cancellationToken)
    {
        var walk = new PageWalk(pages, setting.Use.Operations[0], start.Mark, start.Given, shape);
        for (var number = 1; await StepAsync(walk, limit - Count, cancellationToken) is { } step; number++)
        {
            if (step.Note is { } note)
            {
                _failures.Add(note);
            }

            if (step.Refusal is { } refusal)
            {
                return Stop(refusal, start, step);
            }

            var (items, count) = Fitting(step, limit);
            Add(items, count);
            if (count < step.Count)
            {
                Next = After(start, step.At(count));
                return null;
            }

            _failures.AddRange(step.Failures);
            if (step.Next is { } next && (Count >= limit || number == MaxPages))
            {
                Next = After(start, next);
                return null;
            }
        }

        return null;
    }

    /// <summary>The items, separated by commas.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        for (var index = 0; index < _items.Count; index++)
        {
            if (index > 0)
            {
                output.Write(","u8);
            }

            output.Write(_items[index].Span);
        }
    }

    private async Task<PageStep?> StepAsync(PageWalk walk, int take, CancellationToken cancellationToken)
    {
        var here = walk.Here;
        try
        {
            return await walk.NextAsync(take, cancellationToken);
        }
        catch (OperationCanceledException) when (Count > 0 && setting.IsTimeUp)
        {
            return new PageStep(default, 0, here, [], new Refusal.OutOfTime(setting.Call.TimeAllowed!.Value)) { Next = here };
        }
    }

    /// <summary>What of a step has room. An item that is larger than all the room there is, is given alone.</summary>
    private (ReadOnlyMemory<byte> Items, int Count) Fitting(PageStep step, int limit)
    {
        var room = _maxBytes - _bytes;
        if (step.Items.Length <= room && step.Count <= limit - Count)
        {
            return (step.Items, step.Count);
        }

        var fitting = JsonRows.Fitting(step.Items, room, limit - Count);
        return fitting.Count == 0 && Count == 0 ? JsonRows.Fitting(step.Items, long.MaxValue, 1) : fitting;
    }

    private void Add(ReadOnlyMemory<byte> items, int count)
    {
        Count += count;
        if (count > 0)
        {
            _items.Add(items);
            _bytes += items.Length + 1;
        }
    }

    private NextToken After(NextToken start, PageMark mark) => start.At(mark) with { Given = start.Given + Count };

    private Refusal? Stop(Refusal refusal, NextToken start, PageStep step)
    {
        if (Count == 0)
        {
            return refusal;
        }

        _failures.AddRange(step.Failures);
        _failures.Add(new Failure(null, refusal));
        Next = After(start, step.Next!.Value);
        return null;
    }
}
