using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;

namespace CentralOps.Access.Tokens;

/// <summary>A public key of a JSON Web Key Set that signatures can be verified with (RFC 7517). Safe for concurrent use.</summary>
internal sealed class Jwk
{
    private const int MinRsaBits = 2048;
    private const int MaxRsaBits = 8192;
    private const int MaxIdLength = 256;

    // The framework promises no concurrent use of one key object; each is made once and lent to one verification at a time.
    private readonly ConcurrentBag<AsymmetricAlgorithm> _idle = [];
    private readonly Func<AsymmetricAlgorithm> _import;

    private Jwk(string? id, string? algorithm, string? curve, Func<AsymmetricAlgorithm> import)
    {
        (Id, Algorithm, Curve, _import) = (id, algorithm, curve, import);
        _idle.Add(import());
    }

    /// <summary><c>kid</c>.</summary>
    public string? Id { get; }

    /// <summary>The one algorithm that the provider uses the key with; null where it does not say.</summary>
    public string? Algorithm { get; }

    /// <summary>Null for an RSA key.</summary>
    public string? Curve { get; }

    /// <summary>A key for signatures with an algorithm of ours; null for any other: encryption keys, shared secrets, keys too short, what cannot be read.</summary>
    public static Jwk? Read(JsonElement key)
    {
        if (key.ValueKind != JsonValueKind.Object || !IsForVerifying(key))
        {
            return null;
        }

        try
        {
            var (id, algorithm) = (Text(key, "kid"), Text(key, "alg"));
            return (id?.Length > MaxIdLength) || (algorithm is not null && SignatureAlgorithm.Find(algorithm) is null)
                ? null
                : Text(key, "kty") switch
                {
                    "RSA" => ReadRsa(key, id, algorithm),
                    "EC" => ReadCurve(key, id, algorithm),
                    _ => null,
                };
        }
        catch (Exception e) when (e is FormatException or CryptographicException or InvalidOperationException or ArgumentException)
        {
            // A provider may have keys for others; one that we cannot use is as good as absent.
            return null;
        }
    }

    /// <summary>The key may be used with the algorithm: by its kind, by its curve, and by what the provider says of it.</summary>
    public bool Fits(SignatureAlgorithm algorithm) =>
        string.Equals(Curve, algorithm.Curve, StringComparison.Ordinal)
        && (Algorithm is null || string.Equals(Algorithm, algorithm.Name, StringComparison.Ordinal));

    public bool Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        var key = _idle.TryTake(out var idle) ? idle : _import();
        try
        {
            return key switch
            {
                RSA rsa => rsa.VerifyData(signed, signature, algorithm.Hash, algorithm.Padding!),
                ECDsa curve => signature.Length == algorithm.SignatureBytes && curve.VerifyData(signed, signature, algorithm.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            _idle.Add(key);
        }
    }

    private static bool IsForVerifying(JsonElement key) =>
        Text(key, "use") is null or "sig"
        && (!key.TryGetProperty("key_ops", out var operations)
            || (operations.ValueKind == JsonValueKind.Array && operations.EnumerateArray().Any(static operation => operation.ValueKind == JsonValueKind.String && operation.ValueEquals("verify"u8))));

    private static Jwk? ReadRsa(JsonElement key, string? id, string? algorithm)
    {
        var parameters = new RSAParameters { Modulus = Number(key, "n"), Exponent = Number(key, "e") };
        using (var probe = RSA.Create(parameters))
        {
            if (probe.KeySize is < MinRsaBits or > MaxRsaBits)
            {
                return null;
            }
        }

        return new Jwk(id, algorithm, null, () => RSA.Create(parameters));
    }

    private static Jwk? ReadCurve(JsonElement key, string? id, string? algorithm)
    {
        var name = Text(key, "crv");
        ECCurve? curve = name switch
        {
            "P-256" => ECCurve.NamedCurves.nistP256,
            "P-384" => ECCurve.NamedCurves.nistP384,
            "P-521" => ECCurve.NamedCurves.nistP521,
            _ => null,
        };
        if (curve is null)
        {
            return null;
        }

        var parameters = new ECParameters { Curve = curve.Value, Q = new ECPoint { X = Number(key, "x"), Y = Number(key, "y") } };
        return new Jwk(id, algorithm, name, () => ECDsa.Create(parameters));
    }

    private static byte[] Number(JsonElement key, string member) => Base64Url.DecodeFromChars(Text(key, member) ?? throw new FormatException());

    private static string? Text(JsonElement key, string member) =>
        key.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
