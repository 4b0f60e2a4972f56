using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace CentralOps.Access.Tokens;

/// <summary>
/// Whether a token is what its issuer signed, and good now: RFC 7519 and RFC 8725, check by check. What a gateway demands beyond that
/// (audience, clients, scopes) is judged over the <see cref="VerifiedToken"/>.
/// </summary>
public static class TokenJudge
{
    /// <summary>Of the whole token.</summary>
    public const int MaxLength = 16 * 1024;

    private const int MaxSubject = 255;
    private const int MaxKeyId = 256;

    // 9999-12-31: a later date cannot be told from a mistake.
    private const double LatestDate = 253_402_300_799;

    /// <param name="maxSkew">How far the issuer's clock may be off from ours.</param>
    public static TokenVerdict Judge(string token, string issuer, JwkSet keys, DateTimeOffset now, TimeSpan maxSkew)
    {
        // 1. Three parts of base64url, bounded. Five would be an encrypted token.
        if (token.Length > MaxLength)
        {
            return new(TokenProblem.TooLong);
        }

        var parts = token.Split('.', 7);
        if (parts.Length != 3)
        {
            return new(parts.Length == 5 ? TokenProblem.Encrypted : TokenProblem.Malformed);
        }

        if (!TryDecode(parts[0], out var header) || !TryDecode(parts[1], out var payload) || !TryDecode(parts[2], out var signature))
        {
            return new(TokenProblem.Malformed);
        }

        // 2. The header: an algorithm that is allowed, a type that is an access token's, nothing critical. Keys that it brings along
        //    (jwk, jku, x5u, x5c) are never looked at.
        if (StrictClaims.Read(header) is not { } head)
        {
            return new(TokenProblem.Header);
        }

        var problem = JudgeHeader(head, out var algorithm, out var keyId);
        if (problem != TokenProblem.None)
        {
            return new(problem);
        }

        // 3. A key of the provider that goes with the algorithm. The algorithm was allowed before a key was looked for, and the key has the
        //    last word on what it may be used with: an RSA key is never a shared secret.
        var candidates = keys.For(keyId, algorithm!);
        if (candidates.Count == 0)
        {
            return new(keys.Knows(keyId) ? TokenProblem.KeyMismatch : TokenProblem.UnknownKey);
        }

        // 4. The signature, over the bytes as they came.
        var signed = Encoding.ASCII.GetBytes(token, 0, parts[0].Length + 1 + parts[1].Length);
        if (!candidates.Any(key => key.Verify(algorithm!, signed, signature)))
        {
            return new(TokenProblem.Signature);
        }

        // 5. The claims.
        return StrictClaims.Read(payload) is { } claims ? JudgeClaims(claims, issuer, now, maxSkew) : new(TokenProblem.Claims);
    }

    private static TokenProblem JudgeHeader(JsonElement head, out SignatureAlgorithm? algorithm, out string? keyId)
    {
        keyId = null;
        algorithm = SignatureAlgorithm.Find(StrictClaims.Text(head, "alg"));
        if (algorithm is null)
        {
            return TokenProblem.Algorithm;
        }

        if (head.TryGetProperty("typ"u8, out _) && !IsAccessToken(StrictClaims.Text(head, "typ")))
        {
            return TokenProblem.Type;
        }

        if (head.TryGetProperty("crit"u8, out _))
        {
            return TokenProblem.Critical;
        }

        if (head.TryGetProperty("kid"u8, out _) && StrictClaims.Text(head, "kid") is not { Length: > 0 and <= MaxKeyId })
        {
            return TokenProblem.Header;
        }

        keyId = StrictClaims.Text(head, "kid");
        return TokenProblem.None;
    }

    private static TokenVerdict JudgeClaims(JsonElement claims, string issuer, DateTimeOffset now, TimeSpan maxSkew)
    {
        // 5a. The issuer, to the letter.
        if (!string.Equals(StrictClaims.Text(claims, "iss"), issuer, StringComparison.Ordinal))
        {
            return new(TokenProblem.Issuer);
        }

        // 5b. Times, each within the skew. A token that never ends is none.
        var (seconds, skew) = (now.ToUnixTimeMilliseconds() / 1000.0, maxSkew.TotalSeconds);
        if (Date(claims, "exp") is not { } expires || double.IsNaN(expires))
        {
            return new(TokenProblem.Expiry);
        }

        if (expires + skew <= seconds)
        {
            return new(TokenProblem.Expired);
        }

        // A date that is there has to be a number: what cannot be compared holds nobody back.
        if (Date(claims, "nbf") is { } from && !(from - skew <= seconds))
        {
            return new(TokenProblem.NotYetValid);
        }

        if (Date(claims, "iat") is { } issued && !(issued - skew <= seconds))
        {
            return new(TokenProblem.IssuedLater);
        }

        // 5c. Somebody: OpenID Connect Core, section 2, has 255 ASCII characters at most.
        var subject = StrictClaims.Text(claims, "sub");
        return subject is { Length: > 0 and <= MaxSubject } && subject.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0
            ? new(new VerifiedToken(claims, issuer, subject, DateTimeOffset.FromUnixTimeMilliseconds((long)(expires * 1000))))
            : new(TokenProblem.Subject);
    }

    /// <returns>Null where the claim is absent; not a number where it is no date.</returns>
    private static double? Date(JsonElement claims, string name)
    {
        if (!claims.TryGetProperty(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var date) && date is >= 0 and <= LatestDate ? date : double.NaN;
    }

    private static bool IsAccessToken(string? type) =>
        type is not null
        && (type.Equals("JWT", StringComparison.OrdinalIgnoreCase)
            || type.Equals("at+jwt", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/at+jwt", StringComparison.OrdinalIgnoreCase));

    private static bool TryDecode(string part, out byte[] bytes)
    {
        bytes = [];
        if (part.Length == 0 || part.AsSpan().ContainsAnyExcept(Base64UrlCharacters))
        {
            return false;
        }

        try
        {
            bytes = Base64Url.DecodeFromChars(part);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    // The framework's decoder forgives white space and padding; a token has neither.
    private static readonly System.Buffers.SearchValues<char> Base64UrlCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}

/// <summary>A token that holds, or why not.</summary>
public readonly record struct TokenVerdict
{
    public TokenVerdict(TokenProblem problem) => Problem = problem;

    internal TokenVerdict(VerifiedToken token) => Token = token;

    public VerifiedToken? Token { get; }

    public TokenProblem Problem { get; }
}
