using System.Buffers;

namespace CentralOps.Gateway.Outbound;

/// <summary>Reads answers' bodies, no further than a bound.</summary>
internal static class OutboundBody
{
    private const int FirstRead = 4 * 1024;
    private const int MostOnTrust = 1024 * 1024;

    /// <returns>The whole body; null when it is larger than <paramref name="maxBytes"/>.</returns>
    public static async ValueTask<byte[]?> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        var announced = content.Headers.ContentLength;
        if (announced > maxBytes)
        {
            return null;
        }

        var stream = await content.ReadAsStreamAsync(cancellationToken);
        // A length alone is no reason to take much memory.
        return announced is >= 0 and <= MostOnTrust
            ? await ReadAsync(stream, new byte[(int)announced], cancellationToken)
            : await ReadToEndAsync(stream, maxBytes, cancellationToken);
    }

    /// <summary>A body of a known length; what is shorter was broken off, and the stream says so itself where it can.</summary>
    private static async ValueTask<byte[]?> ReadAsync(Stream stream, byte[] bytes, CancellationToken cancellationToken)
    {
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    private static async ValueTask<byte[]?> ReadToEndAsync(Stream stream, int maxBytes, CancellationToken cancellationToken)
    {
        // Where a read fails, the memory is left to the collector: a transport may still write into it.
        var bytes = ArrayPool<byte>.Shared.Rent(FirstRead);
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(bytes.AsMemory(length), cancellationToken);
            length += read;
            if (read == 0 || length > maxBytes)
            {
                break;
            }

            bytes = length < bytes.Length ? bytes : Grow(bytes);
        }

        var body = length > maxBytes ? null : bytes.AsSpan(0, length).ToArray();
        ArrayPool<byte>.Shared.Return(bytes);
        return body;
    }

    private static byte[] Grow(byte[] bytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent(bytes.Length * 2);
        bytes.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(bytes);
        return larger;
    }
}
