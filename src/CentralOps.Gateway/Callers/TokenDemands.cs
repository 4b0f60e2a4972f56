using CentralOps.Access.Tokens;

namespace CentralOps.Gateway.Callers;

/// <summary>What a gateway demands of a token that holds, check by check.</summary>
/// <param name="checkResource">
/// RFC 8707: where the gateway names no audiences, a token whose audience is a URL was made for that resource and no other. Where it names some, its owner
/// has decided. A <c>resource</c> claim is held to in any case.
/// </param>
internal sealed class TokenDemands(CustomJwtConfig config, bool checkResource)
{
    /// <param name="resource">The gateway's MCP URL.</param>
    public Shortfall Judge(VerifiedToken token, string resource)
    {
        // 1. Audience. Cognito's access tokens have none: such a gateway names clients instead.
        var audience = token.OneOrMore("aud");
        if (config.AllowedAudience.Count > 0 && !audience.Any(one => config.AllowedAudience.Contains(one, StringComparer.Ordinal)))
        {
            return Shortfall.Audience;
        }

        // 2. Client.
        if (config.AllowedClients.Count > 0 && (token.ClientId is not { } client || !config.AllowedClients.Contains(client, StringComparer.Ordinal)))
        {
            return Shortfall.Client;
        }

        // 3. Claims: all of them.
        if (!config.CustomClaims.All(rule => Holds(rule, token)))
        {
            return Shortfall.Claim;
        }

        // 4. Resource.
        if (checkResource && !IsForResource(token, audience, resource))
        {
            return Shortfall.Resource;
        }

        // 5. Scopes last: who lacks only them is told to ask for more.
        return config.AllowedScopes.Count == 0 || token.Scopes.Any(scope => config.AllowedScopes.Contains(scope, StringComparer.Ordinal))
            ? Shortfall.None
            : Shortfall.Scope;
    }

    private static bool Holds(ClaimRule rule, VerifiedToken token) => rule switch
    {
        ClaimRule.EqualTo equal => string.Equals(token.Text(equal.Claim), equal.Value, StringComparison.Ordinal),
        ClaimRule.Containing containing => token.List(containing.Claim).Contains(containing.Value, StringComparer.Ordinal),
        ClaimRule.ContainingAny any => token.List(any.Claim).Any(value => any.Values.Contains(value, StringComparer.Ordinal)),
        _ => false,
    };

    private bool IsForResource(VerifiedToken token, IReadOnlyList<string> audience, string resource)
    {
        if (token.Has("resource") && !token.OneOrMore("resource").Any(one => GatewayUrls.AreSame(one, resource)))
        {
            return false;
        }

        var urls = audience.Where(IsWebUrl).ToArray();
        return config.AllowedAudience.Count > 0 || urls.Length == 0 || urls.Any(one => GatewayUrls.AreSame(one, resource));
    }

    private static bool IsWebUrl(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
}

/// <summary>What a good token lacks.</summary>
internal enum Shortfall
{
    None,
    Audience,
    Client,
    Claim,
    Resource,
    Scope,
}

/// <summary>The words for each; they name no value, neither the token's nor the gateway's.</summary>
internal static class ShortfallWords
{
    /// <summary>A clause that follows "the token".</summary>
    public static string Of(Shortfall shortfall) => shortfall switch
    {
        Shortfall.Audience => "is for another audience (aud)",
        Shortfall.Client => "is of a client that is not admitted (client_id)",
        Shortfall.Claim => "lacks a claim that this gateway demands",
        Shortfall.Resource => "was made for another resource (RFC 8707)",
        Shortfall.Scope => "has none of the scopes that this gateway admits",
        _ => "is good",
    };
}
