using System.Security.Cryptography;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Signing;

/// <summary>How a request becomes a signature. The only place; signing and verifying both come through here.</summary>
internal readonly ref struct CanonicalRequest(WireRequest request, ReadOnlySpan<char> signedHeaders)
{
    private readonly ReadOnlySpan<char> _signedHeaders = signedHeaders;

    public bool NormalizePath { get; init; }

    public bool DoubleEncodePath { get; init; }

    /// <summary>The body's hash in hex, or <c>UNSIGNED-PAYLOAD</c>.</summary>
    public required string Payload { get; init; }

    /// <summary>The token stands in the query but was added after signing.</summary>
    public bool TokenAddedLater { get; init; }

    /// <summary>False when a header that is to be signed is not there.</summary>
    public bool TryWrite(scoped ref PooledBytes into)
    {
        into.Add(request.Method);
        into.Add((byte)'\n');
        CanonicalPath.Write(ref into, request.Path, NormalizePath, DoubleEncodePath);
        into.Add((byte)'\n');
        CanonicalQuery.Write(ref into, request.Query, TokenAddedLater ? [AmzNames.Signature, AmzNames.SecurityToken] : [AmzNames.Signature]);
        into.Add((byte)'\n');
        if (!CanonicalHeaders.TryWrite(ref into, request.Headers, _signedHeaders))
        {
            return false;
        }

        into.Add((byte)'\n');
        into.Add(_signedHeaders);
        into.Add((byte)'\n');
        into.Add(Payload);
        return true;
    }

    /// <param name="date">Such as <c>20150830T123600Z</c>; the scope's day is its beginning.</param>
    public bool TryWriteStringToSign(scoped ref PooledBytes into, scoped ReadOnlySpan<char> date, scoped ReadOnlySpan<char> region, scoped ReadOnlySpan<char> service)
    {
        var canonical = new PooledBytes(stackalloc byte[2048]);
        var written = TryWrite(ref canonical);
        into.Add("AWS4-HMAC-SHA256\n"u8);
        into.Add(date);
        into.Add((byte)'\n');
        into.Add(date[..8]);
        into.Add((byte)'/');
        into.Add(region);
        into.Add((byte)'/');
        into.Add(service);
        into.Add("/aws4_request\n"u8);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(canonical.Written, hash);
        into.AddHex(hash);
        canonical.Dispose();
        return written;
    }

    /// <summary>The signature as 64 hex digits.</summary>
    public bool TrySign(string secret, scoped ReadOnlySpan<char> date, scoped ReadOnlySpan<char> region, scoped ReadOnlySpan<char> service, Span<char> signature)
    {
        var text = new PooledBytes(stackalloc byte[256]);
        var written = TryWriteStringToSign(ref text, date, region, service);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(SigningKeys.Find(secret, date[..8], region, service), text.Written, hash);
        Convert.TryToHexStringLower(hash, signature, out _);
        text.Dispose();
        return written;
    }

    public static string HashOf(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return Convert.ToHexStringLower(hash);
    }
}
