using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Signing;

/// <summary>
/// The signatures of a chunked upload: each covers its chunk and the signature before it, the first of which is the request's own.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
/// </summary>
internal sealed class ChunkSignatures
{
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private readonly byte[] _key;
    private readonly string _date;
    private readonly string _scope;
    private string _previous;

    /// <param name="date">Of the request, such as <c>20130524T000000Z</c>.</param>
    /// <param name="seed">The request's own signature.</param>
    public ChunkSignatures(string secret, string date, string region, string service, string seed)
    {
        _key = SigningKeys.Find(secret, date.AsSpan(0, 8), region, service).ToArray();
        _date = date;
        _scope = $"{date.AsSpan(0, 8)}/{region}/{service}/{AmzNames.Terminator}";
        _previous = seed;
    }

    /// <summary>Whether the payload's line says that every chunk is signed.</summary>
    public static bool AreIn(string payload) => payload is AmzNames.SignedChunks or AmzNames.SignedChunksAndTrailer;

    /// <summary>Every chunk in its place, the trailers with them.</summary>
    public static bool Verify(WireRequest request, PresentedSignature presented, string secret, string payload)
    {
        ChunkedBody body;
        try
        {
            body = ChunkedBody.Read(request.Body);
        }
        catch (WireFormatException)
        {
            return false;
        }

        var signatures = new ChunkSignatures(secret, presented.DateText, presented.Region, presented.Service, presented.Signature);
        foreach (var chunk in body.Chunks)
        {
            if (!SameText(chunk.Signature, signatures.Next(body.DataOf(chunk))))
            {
                return false;
            }
        }

        return payload is AmzNames.SignedChunksAndTrailer
            ? SameText(body.TrailerSignature, signatures.Trailer(body.Trailers))
            : body.Trailers.Count == 0 && body.TrailerSignature is null;
    }

    public string Next(ReadOnlySpan<byte> data)
    {
        var text = new PooledBytes(stackalloc byte[512]);
        Begin(ref text, "AWS4-HMAC-SHA256-PAYLOAD");
        text.Add(EmptyHash);
        text.Add((byte)'\n');
        return End(ref text, data);
    }

    public string Trailer(IReadOnlyList<KeyValuePair<string, string>> trailers)
    {
        var canonical = new PooledBytes(stackalloc byte[512]);
        foreach (var (name, value) in trailers.OrderBy(trailer => trailer.Key, StringComparer.Ordinal))
        {
            canonical.Add(name);
            canonical.Add((byte)':');
            canonical.Add(value);
            canonical.Add((byte)'\n');
        }

        var text = new PooledBytes(stackalloc byte[512]);
        Begin(ref text, "AWS4-HMAC-SHA256-TRAILER");
        var signature = End(ref text, canonical.Written);
        canonical.Dispose();
        return signature;
    }

    private void Begin(scoped ref PooledBytes text, string algorithm)
    {
        foreach (var line in (ReadOnlySpan<string>)[algorithm, _date, _scope, _previous])
        {
            text.Add(line);
            text.Add((byte)'\n');
        }
    }

    private string End(scoped ref PooledBytes text, scoped ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, hash);
        text.AddHex(hash);
        HMACSHA256.HashData(_key, text.Written, hash);
        text.Dispose();
        return _previous = Convert.ToHexStringLower(hash);
    }

    private static bool SameText(string? one, string other) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(one.AsSpan()), MemoryMarshal.AsBytes(other.AsSpan()));
}
