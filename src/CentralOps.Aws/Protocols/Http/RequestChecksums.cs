using System.Buffers.Binary;
using System.Security.Cryptography;
using CentralOps.Aws.Models;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Http;

/// <summary>The checksum of a request's body where its operation takes one: CRC32, as AWS's SDKs send it, if no other is chosen.</summary>
internal static class RequestChecksums
{
    private const string Prefix = "x-amz-checksum-";
    private const string Md5Header = "Content-MD5";
    private const string Default = "CRC32";

    /// <summary>To be called when headers and body stand. A checksum that the caller gave stays alone.</summary>
    public static void Apply(OperationModel operation, WireRequest request)
    {
        if (operation.Checksum is not { } traits || IsGiven(request.Headers))
        {
            return;
        }

        if (traits.Md5)
        {
            request.Headers.Set(Md5Header, Md5(request.Body.Span));
            return;
        }

        var algorithm = Default;
        if (traits.AlgorithmMember is { } name && operation.Input?.FindMember(name) is { Location: MemberLocation.Header } member)
        {
            var header = member.LocationName ?? member.Name;
            algorithm = request.Headers.Find(header) ?? Default;
            request.Headers.Set(header, algorithm);
        }

        request.Headers.Set(Prefix + algorithm.ToLowerInvariant(), Of(algorithm, request.Body.Span));
    }

    private static bool IsGiven(HeaderList headers)
    {
        foreach (var (name, _) in headers)
        {
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || name.Equals(Md5Header, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static string Of(string algorithm, ReadOnlySpan<byte> body)
    {
        Span<byte> bytes = stackalloc byte[SHA512.HashSizeInBytes];
        switch (algorithm)
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
                throw new InputException($"The checksum algorithm '{algorithm}' is not known here. Choose CRC32, CRC32C, CRC64NVME, SHA256, SHA512, SHA1 or MD5.");
        }
    }

#pragma warning disable CA5350, CA5351 // Checksums that these operations ask for by name; nothing is kept secret or proven by them.
    private static string Sha1(ReadOnlySpan<byte> body) => Convert.ToBase64String(SHA1.HashData(body));

    private static string Md5(ReadOnlySpan<byte> body) => Convert.ToBase64String(MD5.HashData(body));
#pragma warning restore CA5350, CA5351
}
