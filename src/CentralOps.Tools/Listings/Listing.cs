using System.Buffers;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Calls;
using CentralOps.Tools.Answers;

namespace CentralOps.Tools.Listings;

/// <summary>
/// Reads pages up to a limit, and tells exactly where to go on: no item twice, none left out. What was read before a page failed
/// is kept: the failure is told beside it, and the token goes on at that page.
/// </summary>
internal sealed class Listing(IPages pages, ToolSetting setting)
{
    /// <summary>An end for a service that hands out empty pages for ever.</summary>
    private const int MaxPages = 1000;

    /// <summary>For the envelope, and for what cleaning may add to an item.</summary>
    private const int BytesKeptBack = 64 * 1024;

    private readonly List<ReadOnlyMemory<byte>> _items = [];
    private readonly List<Failure> _failures = [];
    private long _bytes;

    public int Count { get; private set; }

    /// <summary>Where the next item is; null when there is none.</summary>
    public NextToken? Next { get; private set; }

    public IReadOnlyList<Failure> Failures => _failures;

    /// <param name="start">Where an earlier answer ended.</param>
    /// <returns>Why there is nothing at all.</returns>
    public async Task<Refusal?> ReadAsync(NextToken start, int limit, CancellationToken cancellationToken)
    {
        var position = start.PageToken.Length == 0 ? null : start.PageToken;
        var offset = start.Offset;
        for (var number = 1; ; number++)
        {
            var here = start with { PageToken = position ?? "", Offset = offset };
            var read = await ReadAsync(position, offset, limit - Count, cancellationToken);
            if (read.Page is not { } page)
            {
                return number == 1 && position is not null && IsStale(read.Refusal!, out var code) ? new Refusal.StaleNextToken(code) : Stop(read.Refusal!, here);
            }

            if (Count > 0 && _bytes + page.Items.Length > setting.Call.MaxAnswerBytes - BytesKeptBack)
            {
                Next = here;
                return null;
            }

            Add(page);
            if (page.CutAt is { } cut)
            {
                Next = here with { PageToken = page.Position ?? here.PageToken, Offset = cut };
                return null;
            }

            if (page.Next is not { } following)
            {
                return null;
            }

            var next = here with { PageToken = following, Offset = 0 };
            if (string.Equals(following, position, StringComparison.Ordinal))
            {
                return Stop(LeadsNowhere(), next);
            }

            if (Count >= limit || number == MaxPages)
            {
                Next = next;
                return null;
            }

            (position, offset) = (following, 0);
        }
    }

    /// <summary>The items, separated by commas, with what acts in their strings taken out.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        for (var index = 0; index < _items.Count; index++)
        {
            if (index > 0)
            {
                output.Write(","u8);
            }

            CleanJson.AppendItems(_items[index], output);
        }
    }

    private async Task<PageRead> ReadAsync(string? position, int skip, int take, CancellationToken cancellationToken)
    {
        try
        {
            return await pages.ReadAsync(position, skip, take, cancellationToken);
        }
        catch (OperationCanceledException) when (Count > 0 && setting.IsTimeUp)
        {
            return PageRead.Refused(new Refusal.OutOfTime(setting.Call.TimeAllowed!.Value));
        }
    }

    private void Add(Page page)
    {
        Count += page.Count;
        _failures.AddRange(page.Failures);
        if (page.Count > 0)
        {
            _items.Add(page.Items);
            _bytes += page.Items.Length;
        }
    }

    private Refusal? Stop(Refusal refusal, NextToken next)
    {
        if (Count == 0)
        {
            return refusal;
        }

        _failures.Add(new Failure(null, refusal));
        Next = next;
        return null;
    }

    /// <summary>A page that names itself as the next. What was read so far is not the whole, and must not pass for it.</summary>
    private Refusal.ServiceFailed LeadsNowhere()
    {
        var operation = setting.Use.Operations[0].Split(':');
        return new(new AwsFailure(operation[0], operation[1], FailureKind.Server, "RepeatedNextToken", "The next page of the answer is the page itself", null, 200));
    }

    /// <summary>Services spell it differently; some only say that a parameter is invalid, and name the token in the message.</summary>
    private static bool IsStale(Refusal refusal, out string code)
    {
        var failure = (refusal as Refusal.ServiceFailed)?.Failure;
        code = failure?.Code ?? "";
        return code is "InvalidNextToken" or "InvalidNextTokenException" or "InvalidPaginationToken" or "InvalidPaginationTokenException"
                or "ExpiredNextToken" or "ExpiredNextTokenException" or "ExpiredPaginationToken" or "InvalidMarker"
            || (code is "InvalidParameterValue" or "InvalidParameterValueException" or "InvalidParameterException" or "InvalidArgument" or "ValidationError" or "ValidationException"
                && (failure!.Message.Contains("token", StringComparison.OrdinalIgnoreCase) || failure.Message.Contains("marker", StringComparison.OrdinalIgnoreCase)));
    }
}
