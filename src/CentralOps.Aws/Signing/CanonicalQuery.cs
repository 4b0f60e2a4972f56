using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace CentralOps.Aws.Signing;

/// <summary>The canonical query: every name and value encoded exactly once, sorted by encoded name and then by encoded value.</summary>
internal static class CanonicalQuery
{
    /// <param name="leaveOut">Names that the signature does not cover: the signature itself, and a token added after signing.</param>
    public static void Write(ref PooledBytes into, scoped ReadOnlySpan<char> query, params scoped ReadOnlySpan<string> leaveOut)
    {
        if (query.IsEmpty)
        {
            return;
        }

        var pairs = ArrayPool<Pair>.Shared.Rent(query.Count('&') + 1);
        var encoded = new PooledBytes(stackalloc byte[512]);
        var count = 0;
        foreach (var range in query.Split('&'))
        {
            var part = query[range];
            if (part.IsEmpty || IsLeftOut(NameOf(part), leaveOut))
            {
                continue;
            }

            var start = encoded.Length;
            EncodeOnce(ref encoded, NameOf(part));
            var name = encoded.Length;
            EncodeOnce(ref encoded, ValueOf(part));
            pairs[count++] = new Pair(start, name, encoded.Length);
        }

        var bytes = ArrayPool<byte>.Shared.Rent(Math.Max(1, encoded.Length));
        encoded.Written.CopyTo(bytes);
        encoded.Dispose();
        pairs.AsSpan(0, count).Sort(new Order(bytes));
        for (var at = 0; at < count; at++)
        {
            if (at > 0)
            {
                into.Add((byte)'&');
            }

            into.Add(pairs[at].Name(bytes));
            into.Add((byte)'=');
            into.Add(pairs[at].Value(bytes));
        }

        ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        ArrayPool<Pair>.Shared.Return(pairs);
    }

    public static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> part) => part.IndexOf('=') is >= 0 and var equals ? part[..equals] : part;

    public static ReadOnlySpan<char> ValueOf(ReadOnlySpan<char> part) => part.IndexOf('=') is >= 0 and var equals ? part[(equals + 1)..] : [];

    /// <summary>A plus sign stands for itself: signing knows nothing of form encoding.</summary>
    private static void EncodeOnce(ref PooledBytes into, ReadOnlySpan<char> text)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var bytes = rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented));
        PercentEncoding.EncodeQuery(ref into, bytes[..PercentEncoding.Decode(bytes)]);
        ArrayPool<byte>.Shared.Return(rented, clearArray: true);
    }

    private static bool IsLeftOut(ReadOnlySpan<char> name, ReadOnlySpan<string> leaveOut)
    {
        foreach (var left in leaveOut)
        {
            if (name.SequenceEqual(left))
            {
                return true;
            }
        }

        return false;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Pair(int Start, int Middle, int End)
    {
        public ReadOnlySpan<byte> Name(byte[] bytes) => bytes.AsSpan(Start, Middle - Start);

        public ReadOnlySpan<byte> Value(byte[] bytes) => bytes.AsSpan(Middle, End - Middle);
    }

    private readonly struct Order(byte[] bytes) : IComparer<Pair>
    {
        public int Compare(Pair x, Pair y)
        {
            var byName = x.Name(bytes).SequenceCompareTo(y.Name(bytes));
            return byName != 0 ? byName : x.Value(bytes).SequenceCompareTo(y.Value(bytes));
        }
    }
}
