namespace CentralOps.Ledger.Reading;

/// <summary>A file line by line, as bytes. A line that is longer than any record ends the reading.</summary>
internal static class LedgerLines
{
    public const int MaxLine = 4 * 1024 * 1024;

    /// <returns>Lines without their line feed, and whether there was one.</returns>
    public static async IAsyncEnumerable<(ReadOnlyMemory<byte> Line, bool IsWhole)> ReadAsync(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, useAsync: false);
        var buffer = new byte[64 * 1024];
        var filled = 0;
        while (true)
        {
            var read = await file.ReadAsync(buffer.AsMemory(filled), cancellationToken);
            filled += read;
            var from = 0;
            while (buffer.AsSpan(from, filled - from).IndexOf((byte)'\n') is >= 0 and var length)
            {
                yield return (buffer.AsMemory(from, length), true);
                from += length + 1;
            }

            buffer.AsSpan(from, filled - from).CopyTo(buffer);
            filled -= from;
            if (read == 0 || filled >= MaxLine)
            {
                break;
            }

            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, MaxLine));
            }
        }

        if (filled > 0)
        {
            yield return (buffer.AsMemory(0, filled), false);
        }
    }
}
