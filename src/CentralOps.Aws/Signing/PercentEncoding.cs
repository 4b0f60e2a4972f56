using System.Buffers;
using System.Text;

namespace CentralOps.Aws.Signing;

/// <summary>RFC 3986 percent-encoding as Signature Version 4 wants it: everything but the unreserved characters, in upper-case hex.</summary>
internal static class PercentEncoding
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private static readonly SearchValues<byte> InQuery = SearchValues.Create(Encoding.ASCII.GetBytes(Unreserved));

    private static readonly SearchValues<byte> InPath = SearchValues.Create(Encoding.ASCII.GetBytes(Unreserved + "/"));

    public static void EncodeQuery(ref PooledBytes into, scoped ReadOnlySpan<byte> text) => Encode(ref into, text, InQuery);

    public static void EncodePath(ref PooledBytes into, scoped ReadOnlySpan<byte> text) => Encode(ref into, text, InPath);

    /// <summary>Decodes in place and returns the new length. A percent sign that starts no escape stands for itself, as servers read it.</summary>
    public static int Decode(Span<byte> text)
    {
        var first = text.IndexOf((byte)'%');
        if (first < 0)
        {
            return text.Length;
        }

        var length = first;
        for (var at = first; at < text.Length; at++)
        {
            if (text[at] == '%' && at + 2 < text.Length && IsHex(text[at + 1]) && IsHex(text[at + 2]))
            {
                text[length++] = (byte)((Value(text[at + 1]) << 4) | Value(text[at + 2]));
                at += 2;
                continue;
            }

            text[length++] = text[at];
        }

        return length;
    }

    private static void Encode(ref PooledBytes into, scoped ReadOnlySpan<byte> text, SearchValues<byte> kept)
    {
        while (!text.IsEmpty)
        {
            var run = text.IndexOfAnyExcept(kept);
            if (run < 0)
            {
                into.Add(text);
                return;
            }

            into.Add(text[..run]);
            into.Add((byte)'%');
            into.Add(Digit(text[run] >> 4));
            into.Add(Digit(text[run] & 15));
            text = text[(run + 1)..];
        }
    }

    private static byte Digit(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);

    private static bool IsHex(byte digit) => char.IsAsciiHexDigit((char)digit);

    private static int Value(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
