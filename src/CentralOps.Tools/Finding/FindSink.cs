using System.Buffers;
using System.Text.Json;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Fleet;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Finding;

/// <summary>Takes what a way of looking answers, and keeps what is meant.</summary>
internal sealed class FindSink(Lookup lookup, string partition, Action<Found> found) : IRowSink
{
    private volatile bool _isFound;

    /// <summary>Whether there is no use in looking on.</summary>
    public bool IsDone => _isFound && lookup.IsUnique;

    public ValueTask<bool> TakeAsync(FleetPlace place, ReadOnlyMemory<byte> items, int count, CancellationToken cancellationToken)
    {
        var rest = items.Span;
        while (JsonRows.TryTake(ref rest, out var bytes))
        {
            var item = JsonElement.Parse(bytes);
            if (lookup.Is(item))
            {
                // A network that is shared is seen in accounts that do not own it.
                _isFound |= Text(item, "OwnerId") is not { } owner || string.Equals(owner, place.Account.Id.ToString(), StringComparison.Ordinal);
                found(Of(item, place));
            }
        }

        return ValueTask.FromResult(!IsDone);
    }

    private Found Of(JsonElement item, FleetPlace place)
    {
        var kind = lookup.Kind;
        var id = lookup.Attached ?? Text(item, kind.Id) ?? "";
        var region = Text(item, "BucketRegion") ?? place.RegionText;
        var account = place.Account.Id.ToString();
        var arn = kind.HasOwnArn
            ? Text(item, kind.Arn)
            : kind.Arn.Replace("{partition}", partition, StringComparison.Ordinal).Replace("{region}", region, StringComparison.Ordinal)
                .Replace("{account}", Text(item, "OwnerId") ?? account, StringComparison.Ordinal).Replace("{id}", id, StringComparison.Ordinal);
        return new Found(account, place.Account.Name, region, kind.Type, id, arn, Summary(item), IsSeen: true);
    }

    private byte[] Summary(JsonElement item)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(output, RefusalAnswer.Json))
        {
            json.WriteStartObject();
            foreach (var name in lookup.Kind.Summary)
            {
                if (item.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
                {
                    json.WritePropertyName(name);
                    value.WriteTo(json);
                }
            }

            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static string? Text(JsonElement item, string member) =>
        item.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
