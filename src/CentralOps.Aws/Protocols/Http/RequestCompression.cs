using System.IO.Compression;
using System.Runtime.InteropServices;
using CentralOps.Aws.Models;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Http;

/// <summary>Gzip of requests. https://docs.aws.amazon.com/sdkref/latest/guide/feature-compression.html</summary>
internal static class RequestCompression
{
    private const string Header = "Content-Encoding";
    private const string Gzip = "gzip";

    /// <summary>Below this AWS's SDKs send a body as it is.</summary>
    private const int Smallest = 10_240;

    /// <summary>Client half, when the body stands and before a checksum is made of it.</summary>
    public static void Apply(OperationModel operation, WireRequest request)
    {
        if (!operation.Gzips || request.Body.Length < Smallest)
        {
            return;
        }

        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(request.Body.Span);
        }

        request.Body = packed.GetBuffer().AsMemory(0, (int)packed.Length);
        var before = request.Headers.Find(Header);
        request.Headers.Set(Header, string.IsNullOrEmpty(before) ? Gzip : $"{before}, {Gzip}");
    }

    /// <summary>Server half: the body as it was before it was packed.</summary>
    /// <exception cref="WireFormatException">It is not gzip, or holds more than is read.</exception>
    public static ReadOnlyMemory<byte> BodyOf(WireRequest request)
    {
        var coding = request.Headers.Find(Header).AsSpan();
        var last = coding[(coding.LastIndexOf(',') + 1)..].Trim();
        return last.Equals(Gzip, StringComparison.OrdinalIgnoreCase) && !request.Body.IsEmpty ? Unpack(request.Body) : request.Body;
    }

    private static ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> body)
    {
        using var unpacked = new MemoryStream();
        try
        {
            using var packed = MemoryMarshal.TryGetArray(body, out var array)
                ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
                : new MemoryStream(body.ToArray());
            using var gzip = new GZipStream(packed, CompressionMode.Decompress);
            Span<byte> buffer = stackalloc byte[8192];
            while (gzip.Read(buffer) is > 0 and var read)
            {
                if (unpacked.Length + read > WireLimits.MaxUnpackedBytes)
                {
                    throw new WireFormatException($"The gzipped body holds more than {WireLimits.MaxUnpackedBytes} bytes.");
                }

                unpacked.Write(buffer[..read]);
            }
        }
        catch (InvalidDataException exception)
        {
            throw new WireFormatException("The body is not the gzip that Content-Encoding says it is.", exception);
        }

        return unpacked.GetBuffer().AsMemory(0, (int)unpacked.Length);
    }
}
