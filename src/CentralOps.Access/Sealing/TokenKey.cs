using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CentralOps.Access.Tokens;

namespace CentralOps.Access.Sealing;

/// <summary>A secret that signed texts are made with: 32 bytes. No text form tells it.</summary>
internal sealed class TokenKey
{
    public const int Length = 32;

    /// <summary>How much of a key's hash names it: 4 bytes.</summary>
    public const int IdLength = 4;

    private readonly byte[] _secret;
    private readonly byte[] _id;

    private TokenKey(byte[] secret)
    {
        _secret = secret;

        // Derived, so that the name tells nothing of the secret, not even to who guesses at it with a plain hash in hand.
        _id = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, IdLength, info: "centralops token key id"u8.ToArray());
    }

    public ReadOnlySpan<byte> Id => _id;

    public static TokenKey New() => new(RandomNumberGenerator.GetBytes(Length));

    /// <param name="text">Base64url of the 32 bytes.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out TokenKey? key)
    {
        key = StrictBase64Url.TryDecode(text, out var secret) && secret.Length == Length ? new TokenKey(secret) : null;
        return key is not null;
    }

    /// <summary>The code of a text for one purpose, so that one made for another has another.</summary>
    /// <param name="code">As many bytes of the HMAC-SHA256 as it has room for.</param>
    public void Authenticate(string purpose, ReadOnlySpan<byte> data, Span<byte> code)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(purpose));
        hash.AppendData([0]);
        hash.AppendData(data);
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(whole);
        whole[..code.Length].CopyTo(code);
    }

    /// <summary>What a setting takes: for who makes a key and hands it on.</summary>
    internal string Export() => Base64Url.EncodeToString(_secret);

    public override string ToString() => $"key {Convert.ToHexStringLower(_id)}";
}
