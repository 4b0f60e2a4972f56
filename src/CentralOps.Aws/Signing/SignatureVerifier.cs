using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Signing;

/// <summary>The receiving side. Says no in AWS's order and words, and never repeats what could be a secret.</summary>
internal static class SignatureVerifier
{
    private const string DoesNotMatch =
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

    private const string InvalidToken = "The security token included in the request is invalid.";

    public static SignatureVerdict Verify(WireRequest request, IAccessKeys keys, DateTimeOffset now, SignatureRules rules)
    {
        // 1. What does the request say of its signature?
        if (!PresentedSignature.TryRead(request, out var presented, out var refusal))
        {
            return refusal;
        }

        // 2. Is it for here, and for now?
        if ((RefuseScope(presented, rules) ?? RefuseTime(presented, now, rules)) is { } outOfPlace)
        {
            return outOfPlace;
        }

        // 3. Whose key is it, is the token that key's, and is the key still good?
        if (!keys.TryFind(presented.KeyId, out var key))
        {
            return SignatureVerdict.Refuse(SignatureProblem.UnknownKey, InvalidToken, presented);
        }

        if (!SameToken(presented.Token, key.SessionToken))
        {
            return SignatureVerdict.Refuse(SignatureProblem.TokenMismatch, InvalidToken, presented);
        }

        if (key.Expiration <= now)
        {
            return SignatureVerdict.Refuse(SignatureProblem.Expired, "The security token included in the request is expired", presented);
        }

        // 4. Is the body the one that was signed?
        if (Payload(request, presented, rules, out var unsigned) is not { } payload)
        {
            return SignatureVerdict.Refuse(SignatureProblem.Mismatch, unsigned, presented);
        }

        // 5. Is the signature the one that this key makes of this request?
        if (!Matches(request, presented, rules, key.Secret, payload))
        {
            return SignatureVerdict.Refuse(SignatureProblem.Mismatch, DoesNotMatch, presented);
        }

        // 6. Are its chunks, where it comes in such, the ones that follow upon that signature?
        if (ChunkSignatures.AreIn(payload) && !ChunkSignatures.Verify(request, presented, key.Secret, payload))
        {
            return SignatureVerdict.Refuse(SignatureProblem.Mismatch, DoesNotMatch, presented);
        }

        return new SignatureVerdict(SignatureProblem.None, "", "", key, presented.Region, presented.Service);
    }

    private static SignatureVerdict? RefuseScope(PresentedSignature presented, SignatureRules rules)
    {
        SignatureVerdict Refuse(string message) => SignatureVerdict.Refuse(SignatureProblem.WrongScope, message, presented);

        if (!string.Equals(presented.Terminator, AmzNames.Terminator, StringComparison.Ordinal))
        {
            return Refuse($"Credential should be scoped with a valid terminator: '{AmzNames.Terminator}', not '{presented.Terminator}'.");
        }

        if (rules.Region is { } region && !string.Equals(presented.Region, region, StringComparison.Ordinal))
        {
            return Refuse($"Credential should be scoped to a valid region, not '{presented.Region}'.");
        }

        if (rules.Services is { } services && !services.Contains(presented.Service, StringComparer.Ordinal))
        {
            return Refuse($"Credential should be scoped to correct service: '{string.Join("' or '", services)}'.");
        }

        return presented.DateText.AsSpan(0, 8).SequenceEqual(presented.ScopeDate)
            ? null
            : Refuse($"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{presented.ScopeDate}' != '{presented.DateText[..8]}', from '{presented.DateText}'.");
    }

    private static SignatureVerdict? RefuseTime(PresentedSignature presented, DateTimeOffset now, SignatureRules rules)
    {
        var minutes = (int)rules.MaxSkew.TotalMinutes;
        if (presented.Date > now + rules.MaxSkew)
        {
            return SignatureVerdict.Refuse(
                SignatureProblem.Skewed,
                $"Signature not yet current: {presented.DateText} is still later than {AmzDate.Format(now + rules.MaxSkew)} ({AmzDate.Format(now)} + {minutes} min.)",
                presented);
        }

        if (presented.Lifetime is { } lifetime)
        {
            return presented.Date + lifetime >= now
                ? null
                : SignatureVerdict.Refuse(
                    SignatureProblem.Skewed, $"Signature expired: {AmzDate.Format(presented.Date + lifetime)} is now earlier than {AmzDate.Format(now)}", presented);
        }

        return presented.Date >= now - rules.MaxSkew
            ? null
            : SignatureVerdict.Refuse(
                SignatureProblem.Skewed,
                $"Signature expired: {presented.DateText} is now earlier than {AmzDate.Format(now - rules.MaxSkew)} ({AmzDate.Format(now)} - {minutes} min.)",
                presented);
    }

    /// <summary>The payload's line in the canonical request; null with the reason when the stated hash is not the body's.</summary>
    private static string? Payload(WireRequest request, PresentedSignature presented, SignatureRules rules, out string reason)
    {
        reason = "";
        var stated = request.Headers.Find(AmzNames.ContentSha256);
        var unsigned = stated is null
            ? presented.Presigned && SigningScope.IsS3(presented.Service)
            : string.Equals(stated, AmzNames.UnsignedPayload, StringComparison.Ordinal);
        if (unsigned)
        {
            reason = "UNSIGNED-PAYLOAD is not taken here: sign the body.";
            return rules.AllowUnsignedPayload || SigningScope.IsS3(presented.Service) ? AmzNames.UnsignedPayload : null;
        }

        // S3's uploads in chunks: what is signed here is only that they follow.
        if (SigningScope.IsS3(presented.Service)
            && stated is AmzNames.SignedChunks or AmzNames.SignedChunksAndTrailer or AmzNames.UnsignedChunksAndTrailer)
        {
            return stated;
        }

        var hash = CanonicalRequest.HashOf(request.Body.Span);
        if (stated is not null && !SameText(stated, hash))
        {
            reason = "The provided 'x-amz-content-sha256' header does not match what was computed.";
            return null;
        }

        return hash;
    }

    private static bool Matches(WireRequest request, PresentedSignature presented, SignatureRules rules, string secret, string payload)
    {
        // In the query nothing tells whether the token was added before or after signing; it has been compared with the key's by now.
        return Matches(tokenAddedLater: false)
            || (presented.Presigned && presented.Token is not null && Matches(tokenAddedLater: true));

        bool Matches(bool tokenAddedLater)
        {
            var isS3 = SigningScope.IsS3(presented.Service);
            var canonical = new CanonicalRequest(request, presented.SignedHeaders)
            {
                NormalizePath = rules.NormalizePath ?? !isS3,
                DoubleEncodePath = rules.DoubleEncodePath ?? !isS3,
                TokenAddedLater = tokenAddedLater,
                Payload = payload,
            };
            Span<char> expected = stackalloc char[64];
            return canonical.TrySign(secret, presented.DateText, presented.Region, presented.Service, expected)
                && SameText(expected, presented.Signature);
        }
    }

    /// <summary>Tokens are long and the library's comparison goes byte by byte: their hashes are compared, where time tells nothing of the text.</summary>
    private static bool SameToken(string? presented, string? expected)
    {
        if (string.IsNullOrEmpty(presented) || string.IsNullOrEmpty(expected))
        {
            return string.IsNullOrEmpty(presented) && string.IsNullOrEmpty(expected);
        }

        Span<byte> hashes = stackalloc byte[2 * SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(presented.AsSpan()), hashes);
        SHA256.HashData(MemoryMarshal.AsBytes(expected.AsSpan()), hashes[SHA256.HashSizeInBytes..]);
        return CryptographicOperations.FixedTimeEquals(hashes[..SHA256.HashSizeInBytes], hashes[SHA256.HashSizeInBytes..]);
    }

    private static bool SameText(ReadOnlySpan<char> one, ReadOnlySpan<char> other) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(one), MemoryMarshal.AsBytes(other));
}
