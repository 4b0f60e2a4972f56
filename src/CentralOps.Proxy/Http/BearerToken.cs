using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace CentralOps.Proxy.Http;

/// <summary>What admits to the loopback endpoint. <see cref="ToString"/> does not tell it.</summary>
public sealed class BearerToken
{
    private const int MinLength = 32;
    private const int MaxLength = 512;
    private const string Scheme = "Bearer ";

    private readonly byte[] _hash;

    private BearerToken(string value) => (Value, _hash) = (value, SHA256.HashData(Encoding.UTF8.GetBytes(value)));

    /// <summary>The token itself: only where its owner reads it.</summary>
    public string Value { get; }

    /// <summary>256 random bits.</summary>
    public static BearerToken New() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>32 to 512 characters of visible ASCII.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out BearerToken? token)
    {
        token = text is { Length: >= MinLength and <= MaxLength } && !text.AsSpan().ContainsAnyExceptInRange('!', '~') ? new(text) : null;
        return token is not null;
    }

    /// <param name="authorization">The header.</param>
    public bool Admits(string? authorization) =>
        authorization is not null && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && authorization.Length <= MaxLength + Scheme.Length
        // Of equal length, so that the time it takes tells nothing.
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim())), _hash);

    public override string ToString() => "(token)";
}
