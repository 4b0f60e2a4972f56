using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CentralOps.Aws.Protocols.Http;

/// <summary>The checksums that S3 and others take of bodies, as base64 of their bytes in network order.</summary>
internal static class Checksums
{
    public const string HeaderPrefix = "x-amz-checksum-";
    public const string Md5Header = "Content-MD5";

    /// <summary>Null for an algorithm that is not known here (S3 has some of the XXHash family too).</summary>
    /// <param name="algorithm">Such as <c>CRC32</c>; case does not matter.</param>
    public static string? Of(ReadOnlySpan<char> algorithm, ReadOnlySpan<byte> body)
    {
        Span<char> name = stackalloc char[16];
        if (algorithm.Length > name.Length)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[SHA512.HashSizeInBytes];
        switch (name[..algorithm.ToUpperInvariant(name)])
        {
            case "CRC32":
                BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)Crc.Crc32.Of(body));
                return Convert.ToBase64String(bytes[..4]);
            case "CRC32C":
                BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)Crc.Crc32C.Of(body));
                return Convert.ToBase64String(bytes[..4]);
            case "CRC64NVME":
                BinaryPrimitives.WriteUInt64BigEndian(bytes, Crc.Crc64Nvme.Of(body));
                return Convert.ToBase64String(bytes[..8]);
            case "SHA256":
                return Convert.ToBase64String(bytes[..SHA256.HashData(body, bytes)]);
            case "SHA512":
                return Convert.ToBase64String(bytes[..SHA512.HashData(body, bytes)]);
            case "SHA1":
                return Sha1(body);
            case "MD5":
                return Md5(body);
            default:
                return null;
        }
    }

#pragma warning disable CA5350, CA5351 // Checksums that these operations ask for by name; nothing is kept secret or proven by them.
    public static string Md5(ReadOnlySpan<byte> body) => Convert.ToBase64String(MD5.HashData(body));

    private static string Sha1(ReadOnlySpan<byte> body) => Convert.ToBase64String(SHA1.HashData(body));
#pragma warning restore CA5350, CA5351
}
