using System.Globalization;
using System.Text;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Signing;

/// <summary>Client half of <see cref="ChunkSignatures"/>: codes a body and signs each of its chunks.</summary>
internal static class ChunkedSigning
{
    public static void Sign(
        WireRequest request, AwsCredentials credentials, SigningScope scope, DateTimeOffset now, int chunkSize, (string Name, string Value)? trailer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkSize, 8192);
        var body = request.Body;
        var coding = request.Headers.Find("Content-Encoding");
        request.Headers.Set("Content-Encoding", string.IsNullOrEmpty(coding) ? "aws-chunked" : $"aws-chunked, {coding}");
        request.Headers.Set("X-Amz-Decoded-Content-Length", body.Length.ToString(CultureInfo.InvariantCulture));
        if (trailer is var (name, _))
        {
            request.Headers.Set("X-Amz-Trailer", name);
        }

        var payload = trailer is null ? AmzNames.SignedChunks : AmzNames.SignedChunksAndTrailer;
        var seed = SignatureV4.Sign(request, credentials, scope, now, payload);
        request.Body = Encode(body, new(credentials.SecretAccessKey, AmzDate.Format(now), scope.Region, scope.Service, seed), chunkSize, trailer);
    }

    private static byte[] Encode(ReadOnlyMemory<byte> body, ChunkSignatures signatures, int chunkSize, (string Name, string Value)? trailer)
    {
        using var encoded = new MemoryStream();
        for (var rest = body.Span; ; rest = rest[Math.Min(chunkSize, rest.Length)..])
        {
            var chunk = rest[..Math.Min(chunkSize, rest.Length)];
            encoded.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{chunk.Length:x};chunk-signature={signatures.Next(chunk)}\r\n")));
            encoded.Write(chunk);
            if (chunk.IsEmpty)
            {
                break;
            }

            encoded.Write("\r\n"u8);
        }

        if (trailer is var (name, value))
        {
            var signature = signatures.Trailer([new(name.ToLowerInvariant(), value)]);
            encoded.Write(Encoding.ASCII.GetBytes($"{name}:{value}\r\n{ChunkedBody.TrailerSignatureName}:{signature}\r\n"));
        }

        encoded.Write("\r\n"u8);
        return encoded.ToArray();
    }
}
