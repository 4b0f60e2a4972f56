using CentralOps.Aws.Models;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Http;

/// <summary>Holds a body against the checksums that came with it. An algorithm that is not known here proves nothing, and is passed over.</summary>
internal static class ChecksumCheck
{
    /// <summary>Server half. The headers may hold a trailer's checksum by now.</summary>
    /// <exception cref="WireFormatException">With S3's error code.</exception>
    public static void Request(OperationModel operation, HeaderList headers, ReadOnlySpan<byte> body)
    {
        if (operation.Checksum is null)
        {
            return;
        }

        foreach (var (name, value) in headers)
        {
            if (Expected(name, body) is not { } expected || string.Equals(expected, value, StringComparison.Ordinal))
            {
                continue;
            }

            if (!IsOfSameLength(value, expected))
            {
                throw new WireFormatException($"The value of the header {name} is not such a checksum in base64.") { Code = IsMd5(name) ? "InvalidDigest" : "InvalidRequest" };
            }

            throw new WireFormatException($"The {Label(name)} that was sent is not the one of the body that came.") { Code = "BadDigest" };
        }
    }

    /// <summary>Client half. A part of an object (206) comes without one, and that of an object uploaded in parts is made of its parts' (<c>…-3</c>).</summary>
    public static void Answer(OperationModel operation, WireResponse response)
    {
        if (operation.AnswerChecksum is not { } traits || response.Status == 206)
        {
            return;
        }

        foreach (var algorithm in traits.Algorithms)
        {
            if (response.Headers.TryGet(Checksums.HeaderPrefix + algorithm, out var value)
                && !value.Contains('-', StringComparison.Ordinal)
                && Checksums.Of(algorithm, response.Body.Span) is { } expected
                && !string.Equals(expected, value, StringComparison.Ordinal))
            {
                throw new WireFormatException($"The {algorithm} checksum of the answer of {operation} is not the one of the bytes that came.");
            }
        }
    }

    private static string? Expected(string header, ReadOnlySpan<byte> body) =>
        IsMd5(header) ? Checksums.Md5(body)
        : header.StartsWith(Checksums.HeaderPrefix, StringComparison.OrdinalIgnoreCase) ? Checksums.Of(header.AsSpan(Checksums.HeaderPrefix.Length), body)
        : null;

    private static bool IsMd5(string header) => header.Equals(Checksums.Md5Header, StringComparison.OrdinalIgnoreCase);

    private static string Label(string header) => IsMd5(header) ? Checksums.Md5Header : header[Checksums.HeaderPrefix.Length..].ToUpperInvariant();

    private static bool IsOfSameLength(string value, string expected)
    {
        Span<byte> bytes = stackalloc byte[128];
        return value.Length == expected.Length && Convert.TryFromBase64String(value, bytes, out _);
    }
}
