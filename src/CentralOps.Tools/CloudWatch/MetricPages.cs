using System.Buffers;
using System.Text.Json;
using CentralOps.Accounts.Entry;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Listings;

namespace CentralOps.Tools.CloudWatch;

/// <summary>Series as pages: about so many data points of them at a time as a page is to have items. A series that does not end with its page goes on with the next one.</summary>
/// <param name="start">The first page.</param>
internal sealed class MetricPages(OpenAccount door, ToolSetting setting, IReadOnlyList<IReadOnlyList<MetricQuery>> batches, int period, MetricPlace start) : IPages
{
    public async Task<PageRead> ReadAsync(string? position, int skip, int take, CancellationToken cancellationToken)
    {
        var from = position is null ? start : MetricPlace.Read(position);
        if (from is null || from.Batch >= batches.Count)
        {
            return PageRead.Refused(NextTokens.Damaged);
        }

        var reading = new MetricReading(door, setting, batches, period);
        if (await reading.ReadAsync(from, take, cancellationToken) is { } refusal)
        {
            return PageRead.Refused(refusal);
        }

        // A page that failed is asked again by itself, and says so then.
        var output = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(output, RefusalAnswer.Json))
        {
            foreach (var series in reading.Series)
            {
                series.Write(json);
            }
        }

        return new Page(output.WrittenMemory, reading.Series.Count, null, reading.Next?.ToString());
    }
}
