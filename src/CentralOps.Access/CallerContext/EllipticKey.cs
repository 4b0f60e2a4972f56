using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using CentralOps.Access.Tokens;

namespace CentralOps.Access.CallerContext;

/// <summary>P-256 keys as JSON Web Keys (RFC 7518, section 6.2).</summary>
internal sealed record EllipticKey(string Id, ECParameters Parameters)
{
    private const int MaxId = 64;

    /// <returns>Null where the bytes are no private P-256 key with a plain <c>kid</c>, or its halves do not belong together.</returns>
    public static EllipticKey? ReadPrivate(ReadOnlyMemory<byte> json)
    {
        if (StrictClaims.Read(json) is not { } key
            || StrictClaims.Text(key, "kty") is not "EC"
            || StrictClaims.Text(key, "crv") is not "P-256"
            || StrictClaims.Text(key, "kid") is not { Length: > 0 and <= MaxId } id
            || !id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            return null;
        }

        try
        {
            var parameters = new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = Number(key, "x"), Y = Number(key, "y") },
                D = Number(key, "d"),
            };
            using var probe = ECDsa.Create(parameters);
            var signature = probe.SignData((byte[])[1], HashAlgorithmName.SHA256);
            return probe.VerifyData((byte[])[1], signature, HashAlgorithmName.SHA256) ? new EllipticKey(id, parameters) : null;
        }
        catch (Exception e) when (e is FormatException or CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A key set of one public key.</summary>
    public static string WritePublic(string id, ECPoint point) =>
        $$"""{"keys":[{"kty":"EC","crv":"P-256","alg":"ES256","use":"sig","kid":"{{id}}","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}]}""";

    private static byte[] Number(JsonElement key, string member) => Base64Url.DecodeFromChars(StrictClaims.Text(key, member) ?? throw new FormatException());
}
