using System.Buffers.Text;
using System.Security.Cryptography;

namespace CentralOps.Ledger.Records;

/// <summary>Where a writer's chain stands: the next record has this number and names the hash of the line before it.</summary>
internal readonly record struct ChainPosition(long Next, string Previous)
{
    /// <summary>Of a first record: nothing is before it.</summary>
    public static ChainPosition Start { get; } = new(0, Base64Url.EncodeToString(new byte[SHA256.HashSizeInBytes]));

    /// <param name="line">A record's bytes without the line feed.</param>
    public ChainPosition After(ReadOnlySpan<byte> line) => new(Next + 1, HashOf(line));

    public static string HashOf(ReadOnlySpan<byte> line)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(line, hash);
        return Base64Url.EncodeToString(hash);
    }
}
