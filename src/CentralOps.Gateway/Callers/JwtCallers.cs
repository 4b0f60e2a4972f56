using CentralOps.Access.Callers;
using CentralOps.Access.Tokens;
using CentralOps.Gateway.Mcp;
using Microsoft.AspNetCore.Http.Features;

namespace CentralOps.Gateway.Callers;

/// <summary>Authorizer CUSTOM_JWT: <c>Authorization: Bearer …</c> with a token of the gateway's OpenID provider.</summary>
internal sealed class JwtCallers(
    OpenIdProvider provider, TokenDemands demands, BearerChallenge challenge, GatewayUrls urls, JwtOptions options, TimeProvider time) : ICallers
{
    private const int MaxGroups = 1000;
    private const int MaxRemembered = 10_000;

    private volatile Remembered? _remembered;

    public ValueTask<Admission> AdmitAsync(IHttpRequestFeature request, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        // 1. One bearer token, or the challenge.
        var presented = Presented.By(request);
        if (presented.Bearer.Length == 0)
        {
            return new(Unreadable(presented.Form, request));
        }

        if (presented.Bearer.Length > TokenJudge.MaxLength)
        {
            return new(Refuse(TokenProblem.TooLong, request));
        }

        // 2. The provider's keys as they are now: with them come and go the tokens that were verified by them.
        var keys = provider.KeysAsync(cancellationToken);
        return keys.IsCompletedSuccessfully
            ? AdmitAsync(presented.Bearer, keys.Result, request, cancellationToken)
            : AwaitKeysAsync(presented.Bearer, keys, request, cancellationToken);
    }

    private async ValueTask<Admission> AwaitKeysAsync(string token, ValueTask<ProviderKeys?> keys, IHttpRequestFeature request, CancellationToken cancellationToken) =>
        await AdmitAsync(token, await keys, request, cancellationToken);

    private ValueTask<Admission> AdmitAsync(string token, ProviderKeys? keys, IHttpRequestFeature request, CancellationToken cancellationToken)
    {
        if (keys is null)
        {
            return new(new Admission(McpError.ProviderAway));
        }

        // 3. Verified a moment ago, by the same keys and for the same address.
        var digest = CredentialDigest.Of(token);
        var cache = CacheOf(keys);
        if (cache.Find(digest) is { } known && time.GetUtcNow() < known.Until && IsFor(known, request))
        {
            return new(known.Admission);
        }

        // 4. Verify.
        var verdict = Judge(token, keys);
        return verdict.Problem == TokenProblem.UnknownKey
            ? RetryAsync(token, keys, digest, request, cancellationToken)
            : new(Conclude(verdict, cache, digest, request));
    }

    /// <summary>5. A key that is not known may be new: the provider is asked once, if it was not asked just now.</summary>
    private async ValueTask<Admission> RetryAsync(string token, ProviderKeys before, CredentialDigest digest, IHttpRequestFeature request, CancellationToken cancellationToken)
    {
        var keys = await provider.RenewedKeysAsync(cancellationToken) ?? before;
        return Conclude(ReferenceEquals(keys, before) ? new(TokenProblem.UnknownKey) : Judge(token, keys), CacheOf(keys), digest, request);
    }

    private TokenVerdict Judge(string token, ProviderKeys keys) => TokenJudge.Judge(token, keys.Issuer, keys.Keys, time.GetUtcNow(), options.ClockSkew);

    /// <summary>6. What this gateway demands beyond a good token; and who it is.</summary>
    private Admission Conclude(TokenVerdict verdict, RecentCache<Verified> cache, CredentialDigest digest, IHttpRequestFeature request)
    {
        if (verdict.Token is not { } token)
        {
            return Refuse(verdict.Problem, request);
        }

        var shortfall = demands.Judge(token, urls.Mcp(request));
        if (shortfall == Shortfall.Scope)
        {
            return new(McpError.InsufficientScope(challenge.Write(request, "insufficient_scope", $"The token {ShortfallWords.Of(shortfall)}")));
        }

        if (shortfall != Shortfall.None)
        {
            return Refuse(ShortfallWords.Of(shortfall), request);
        }

        var admission = new Admission(CallerOf(token));
        var (now, expires) = (time.GetUtcNow(), token.Expires + options.ClockSkew);
        cache.Keep(digest, new(admission, now + options.RememberFor < expires ? now + options.RememberFor : expires, urls.AreFixed ? null : request.Headers.Host.ToString()));
        return admission;
    }

    private Caller CallerOf(VerifiedToken token) => new(token.Subject, CallerKind.Jwt)
    {
        Issuer = token.Issuer,
        ClientId = token.ClientId,
        Groups = [.. options.GroupClaims.SelectMany(token.OneOrMore).Distinct(StringComparer.Ordinal).Take(MaxGroups)],
        Scopes = token.Scopes,
    };

    private Admission Unreadable(CredentialForm form, IHttpRequestFeature request) => form == CredentialForm.Several
        ? new(McpError.SeveralCredentials(challenge.Write(request, "invalid_request", "Send one Authorization header")))
        : new(McpError.NoToken("Missing Bearer token: send 'Authorization: Bearer TOKEN'", challenge.Write(request)));

    private Admission Refuse(TokenProblem problem, IHttpRequestFeature request) => Refuse(TokenWords.Of(problem), request);

    private Admission Refuse(string reason, IHttpRequestFeature request) =>
        new(McpError.NoToken($"Invalid Bearer token: it {reason}", challenge.Write(request, "invalid_token", $"The token {reason}")));

    private static bool IsFor(Verified known, IHttpRequestFeature request) =>
        known.Host is null || string.Equals(known.Host, request.Headers.Host.ToString(), StringComparison.Ordinal);

    /// <summary>A cache for each set of keys: when a provider drops a key, all that was verified is verified anew.</summary>
    private RecentCache<Verified> CacheOf(ProviderKeys keys)
    {
        var remembered = _remembered;
        if (remembered is null || !ReferenceEquals(remembered.Keys, keys))
        {
            _remembered = remembered = new(keys, new(MaxRemembered));
        }

        return remembered.Cache;
    }

    private sealed record Remembered(ProviderKeys Keys, RecentCache<Verified> Cache);

    private sealed record Verified(Admission Admission, DateTimeOffset Until, string? Host);
}
