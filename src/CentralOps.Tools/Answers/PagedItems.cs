using System.Buffers;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;

namespace CentralOps.Tools.Answers;

/// <summary>Reads a paged operation up to a limit, and tells exactly where to go on: no item twice, none left out.</summary>
internal sealed class PagedItems(OpenAccount door, OperationModel operation, Projection projection)
{
    /// <summary>An end for a service that hands out empty pages for ever.</summary>
    private const int MaxPages = 1000;

    private readonly ArrayBufferWriter<byte> _first = new(4096);
    private readonly ArrayBufferWriter<byte> _rest = new(4096);

    public int Count { get; private set; }

    /// <summary>Where the next item is; null when there is none.</summary>
    public NextToken? Next { get; private set; }

    /// <param name="start">Where an earlier answer ended; its offset 0 and token empty for the beginning.</param>
    /// <param name="input">The operation's input for a page token (null for the first page) and the number of items to reach on the page.</param>
    public async Task<CallOutcome> ReadAsync(NextToken start, int limit, Func<string?, int, byte[]> input, CancellationToken cancellationToken)
    {
        var token = start.PageToken.Length == 0 ? null : start.PageToken;
        var offset = start.Offset;

        // The items of the page that was cut are passed over; all later pages are read from their beginning.
        var items = new Transcription(_first, projection) { Skip = offset, Take = limit };
        for (var page = 0; ; page++)
        {
            var before = items.Written;
            var outcome = await door.CallAsync(operation, input(token, offset + limit - Count), items, cancellationToken);
            if (outcome.Refusal is { } refusal)
            {
                return page == 0 && token is not null && IsStale(refusal, out var code) ? new CallOutcome(new Refusal.StaleNextToken(code)) : outcome;
            }

            Count += items.Written - before;
            var given = offset + items.Written - before;
            if (Count == limit && given < items.SeenOnPage)
            {
                Next = start with { PageToken = token ?? "", Offset = given };
                return default;
            }

            var following = string.IsNullOrEmpty(items.NextToken) ? null : items.NextToken;
            if (following is null)
            {
                return default;
            }

            if (string.Equals(following, token, StringComparison.Ordinal))
            {
                return new CallOutcome(LeadsNowhere());
            }

            (token, offset) = (following, 0);
            if (Count == limit || page == MaxPages)
            {
                Next = start with { PageToken = token, Offset = 0 };
                return default;
            }

            items = ReferenceEquals(items.Output, _first) ? new Transcription(_rest, projection) { Take = limit - Count } : items;
        }
    }

    /// <summary>The items, separated by commas, with what acts in their strings taken out.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        CleanJson.AppendItems(_first.WrittenMemory, output);
        if (_first.WrittenCount > 0 && _rest.WrittenCount > 0)
        {
            output.Write(","u8);
        }

        CleanJson.AppendItems(_rest.WrittenMemory, output);
    }

    /// <summary>A page that names itself as the next. What was read so far is not the whole, and must not pass for it.</summary>
    private Refusal.ServiceFailed LeadsNowhere() => new(new AwsFailure(
        operation.Service.Name, operation.Name, FailureKind.Server, "RepeatedNextToken", "The next page of the answer is the page itself", null, 200));

    /// <summary>Services spell it differently; some only say that a parameter is invalid, and name the token in the message.</summary>
    private static bool IsStale(Refusal refusal, out string code)
    {
        var failure = (refusal as Refusal.ServiceFailed)?.Failure;
        code = failure?.Code ?? "";
        return code is "InvalidNextToken" or "InvalidNextTokenException" or "InvalidPaginationToken" or "InvalidPaginationTokenException"
                or "ExpiredNextToken" or "ExpiredNextTokenException" or "ExpiredPaginationToken"
            || (code is "InvalidParameterValue" or "ValidationError" or "ValidationException"
                && failure!.Message.Contains("token", StringComparison.OrdinalIgnoreCase));
    }
}
