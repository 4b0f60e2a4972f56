using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CentralOps.Aws.Signing;

/// <summary>
/// Derived signing keys. One costs four HMACs and is good for a day, so a bounded number is kept: a slot each, the last comer
/// stays. A slot answers only for the very secret that it was derived from, whatever the key id says.
/// </summary>
internal static class SigningKeys
{
    private const int Slots = 1024;

    private static readonly Entry?[] Cache = new Entry?[Slots];

    /// <param name="date">Such as <c>20150830</c>.</param>
    public static ReadOnlySpan<byte> Find(string secret, ReadOnlySpan<char> date, ReadOnlySpan<char> region, ReadOnlySpan<char> service)
    {
        // string's hash is keyed per process, so nobody outside can aim at a slot.
        var hash = HashCode.Combine(Hash(secret), Hash(date), Hash(region), Hash(service));
        ref var slot = ref Cache[(uint)hash % Slots];
        var entry = Volatile.Read(ref slot);
        if (entry is null || !entry.IsFor(secret, date, region, service))
        {
            entry = new Entry(secret, date.ToString(), region.ToString(), service.ToString(), Derive(secret, date, region, service));
            Volatile.Write(ref slot, entry);
        }

        return entry.Key;
    }

    internal static byte[] Derive(string secret, ReadOnlySpan<char> date, ReadOnlySpan<char> region, ReadOnlySpan<char> service)
    {
        var key = new byte[HMACSHA256.HashSizeInBytes];
        var text = new PooledBytes(stackalloc byte[256]);
        text.Add("AWS4"u8);
        text.Add(secret);
        var secretLength = text.Length;
        text.Add(date);
        HMACSHA256.HashData(text.Written[..secretLength], text.Written[secretLength..], key);
        Step(key, region, ref text);
        Step(key, service, ref text);
        Step(key, AmzNames.Terminator, ref text);
        text.Dispose();
        return key;
    }

    private static int Hash(ReadOnlySpan<char> text) => string.GetHashCode(text, StringComparison.Ordinal);

    private static void Step(Span<byte> key, ReadOnlySpan<char> part, ref PooledBytes text)
    {
        var start = text.Length;
        text.Add(part);
        HMACSHA256.HashData(key, text.Written[start..], key);
    }

    private sealed class Entry(string secret, string date, string region, string service, byte[] key)
    {
        public byte[] Key => key;

        public bool IsFor(string otherSecret, ReadOnlySpan<char> otherDate, ReadOnlySpan<char> otherRegion, ReadOnlySpan<char> otherService) =>
            otherDate.SequenceEqual(date) && otherRegion.SequenceEqual(region) && otherService.SequenceEqual(service)
            && (ReferenceEquals(otherSecret, secret) || CryptographicOperations.FixedTimeEquals(
                MemoryMarshal.AsBytes(otherSecret.AsSpan()),
                MemoryMarshal.AsBytes(secret.AsSpan())));
    }
}
