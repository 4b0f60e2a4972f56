using System.Buffers;
using System.Text;

namespace CentralOps.Aws.Signing;

/// <summary>The canonical URI: of the path as it stands on the wire, not of the decoded one.</summary>
internal static class CanonicalPath
{
    public static void Write(ref PooledBytes into, scoped ReadOnlySpan<char> path, bool normalize, bool doubleEncode)
    {
        if (path.IsEmpty || path is "/")
        {
            into.Add((byte)'/');
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(path.Length));
        var bytes = rented.AsSpan(0, Encoding.UTF8.GetBytes(path, rented));
        if (normalize)
        {
            bytes = bytes[..Normalize(bytes)];
        }

        // Encoded once already by whoever wrote the wire; S3 wants it no more than once, and decoding first makes a lax client's path the same.
        if (!doubleEncode)
        {
            bytes = bytes[..PercentEncoding.Decode(bytes)];
        }

        PercentEncoding.EncodePath(ref into, bytes);
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Removes empty, <c>.</c> and <c>..</c> segments in place and returns the new length; a slash at the end stays.</summary>
    private static int Normalize(Span<byte> path)
    {
        var length = 0;
        // A path without its slash is none that HTTP sends; it must not become the same as one that is.
        var rooted = path[0] == '/';
        var endsInSlash = path[^1] == '/';
        var rest = path;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'/');
            var segment = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (segment.IsEmpty || segment.SequenceEqual("."u8))
            {
                continue;
            }

            if (segment.SequenceEqual(".."u8))
            {
                length = Math.Max(0, path[..length].LastIndexOf((byte)'/'));
                continue;
            }

            // The write never overtakes the read: each kept segment had a slash before it, or is the first one.
            if (length > 0 || rooted)
            {
                path[length++] = (byte)'/';
            }

            segment.CopyTo(path[length..]);
            length += segment.Length;
        }

        if (length == 0 ? rooted : endsInSlash)
        {
            path[length++] = (byte)'/';
        }

        return length;
    }
}
