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

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        // A length alone is no reason to take much memory.
        var bytes = new byte[Math.Min(announced ?? FirstRead, MostOnTrust)];
        var length = 0;
        while (true)
        {
            if (length == bytes.Length)
            {
                if (announced == length)
                {
                    return bytes;
                }

                Array.Resize(ref bytes, Math.Clamp(bytes.Length * 2, FirstRead, maxBytes + 1));
            }

            var read = await stream.ReadAsync(bytes.AsMemory(length), cancellationToken);
            length += read;
            if (length > maxBytes)
            {
                return null;
            }

            if (read == 0)
            {
                return length == bytes.Length ? bytes : bytes[..length];
            }
        }
    }
}
