using System.Security.Cryptography;

namespace CentralOps.Gateway.Targets;

/// <summary>Ids of invocations, in the form of AWS's: a random UUID of version 4.</summary>
internal static class RequestId
{
    public static string New()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}
