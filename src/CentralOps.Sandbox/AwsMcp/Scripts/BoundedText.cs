using System.Buffers;
using System.Text;

namespace CentralOps.Sandbox.AwsMcp.Scripts;

/// <summary>The beginning of what a program wrote. The rest is read too, and let go, so that the program does not wait for a reader.</summary>
internal readonly record struct BoundedText(string Text, bool IsCut)
{
    // A pipe ends with the program that writes into it, which whoever started it ends.
    public static async Task<BoundedText> ReadAsync(Stream stream, int most, CancellationToken cancellationToken = default)
    {
        var kept = new ArrayBufferWriter<byte>(1024);
        var buffer = new byte[8192];
        var isCut = false;
        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken) is var read and > 0)
            {
                var room = Math.Min(read, most - kept.WrittenCount);
                kept.Write(buffer.AsSpan(0, room));
                isCut |= room < read;
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // Closed while it was read.
        }

        return new BoundedText(Encoding.UTF8.GetString(kept.WrittenSpan), isCut);
    }
}
