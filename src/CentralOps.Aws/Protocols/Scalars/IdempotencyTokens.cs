using System.Security.Cryptography;

namespace CentralOps.Aws.Protocols.Scalars;

/// <summary>Tokens that make a repeated request count once: random version 4 UUIDs.</summary>
internal static class IdempotencyTokens
{
    public static string New()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
