using System.Security.Cryptography;

namespace CentralOps.Access.Tokens;

/// <summary>
/// The signature algorithms of RFC 7518 that tokens may be signed with. Asymmetric ones only: <c>none</c> and the <c>HS</c> family are not
/// here, so that no key of a provider's public set can ever be taken for a shared secret.
/// </summary>
internal sealed record SignatureAlgorithm(string Name, HashAlgorithmName Hash)
{
    private static readonly SignatureAlgorithm[] All =
    [
        new("RS256", HashAlgorithmName.SHA256) { Padding = RSASignaturePadding.Pkcs1 },
        new("RS384", HashAlgorithmName.SHA384) { Padding = RSASignaturePadding.Pkcs1 },
        new("RS512", HashAlgorithmName.SHA512) { Padding = RSASignaturePadding.Pkcs1 },
        new("PS256", HashAlgorithmName.SHA256) { Padding = RSASignaturePadding.Pss },
        new("PS384", HashAlgorithmName.SHA384) { Padding = RSASignaturePadding.Pss },
        new("PS512", HashAlgorithmName.SHA512) { Padding = RSASignaturePadding.Pss },
        new("ES256", HashAlgorithmName.SHA256) { Curve = "P-256", SignatureBytes = 64 },
        new("ES384", HashAlgorithmName.SHA384) { Curve = "P-384", SignatureBytes = 96 },
        new("ES512", HashAlgorithmName.SHA512) { Curve = "P-521", SignatureBytes = 132 },
    ];

    /// <summary>Of the RSA family; null for elliptic curves.</summary>
    public RSASignaturePadding? Padding { get; private init; }

    /// <summary>The one curve that goes with it (RFC 7518, section 3.4); null for RSA.</summary>
    public string? Curve { get; private init; }

    /// <summary>Of an elliptic curve: both halves together.</summary>
    public int SignatureBytes { get; private init; }

    /// <param name="name">Compared as it is: <c>rs256</c> is no algorithm.</param>
    public static SignatureAlgorithm? Find(string? name) => Array.Find(All, algorithm => string.Equals(algorithm.Name, name, StringComparison.Ordinal));
}
