using System.Text.Json;

namespace CentralOps.Tools.Shaping;

/// <summary>JSON values separated by commas, as pages have them.</summary>
internal static class JsonRows
{
    /// <summary>Takes the first value off.</summary>
    /// <returns>False where there is none.</returns>
    public static bool TryTake(ref ReadOnlySpan<byte> items, out ReadOnlySpan<byte> item)
    {
        item = default;
        items = items.TrimStart(", \t\r\n"u8);
        if (items.IsEmpty)
        {
            return false;
        }

        var reader = new Utf8JsonReader(items, isFinalBlock: false, state: default);
        reader.Read();
        reader.TrySkip();
        var end = (int)reader.BytesConsumed;
        item = items[..end];
        items = items[end..];
        return true;
    }

    /// <summary>The values after the first few.</summary>
    public static ReadOnlyMemory<byte> Skip(ReadOnlyMemory<byte> items, int count)
    {
        var rest = items.Span;
        while (count-- > 0 && TryTake(ref rest, out _))
        {
        }

        return items[(items.Length - rest.TrimStart(", \t\r\n"u8).Length)..];
    }

    /// <summary>The first values that fit into so many bytes, and at most so many of them.</summary>
    public static (ReadOnlyMemory<byte> Items, int Count) Fitting(ReadOnlyMemory<byte> items, long maxBytes, long maxCount)
    {
        var rest = items.Span;
        var (end, count) = (0, 0);
        while (count < maxCount && TryTake(ref rest, out _))
        {
            var reached = items.Length - rest.Length;
            if (reached > maxBytes)
            {
                break;
            }

            (end, count) = (reached, count + 1);
        }

        return (items[..end], count);
    }
}
