using System.Text.Json.Nodes;

namespace CentralOps.Gateway.Control.Served;

/// <summary>Makes of a gateway's document its configuration.</summary>
internal static class ServedGateways
{
    public static GatewayConfig Read(JsonObject body, ControlOptions options)
    {
        var mcp = body.At("protocolConfiguration", "mcp");
        var versions = mcp.TextsAt("supportedVersions");
        var gateway = new GatewayConfig
        {
            GatewayId = body.TextAt("gatewayId")!,
            Name = body.TextAt("name")!,
            AccountId = options.AccountId,
            Region = options.Region,
            Authorizer = body.TextAt("authorizerType") switch
            {
                "CUSTOM_JWT" => GatewayAuthorizer.CustomJwt,
                "NONE" => GatewayAuthorizer.None,
                "AUTHENTICATE_ONLY" => GatewayAuthorizer.AuthenticateOnly,

                // Whatever else may come: nobody gets in by accident.
                _ => GatewayAuthorizer.AwsIam,
            },
            CustomJwt = Jwt(body.At("authorizerConfiguration", "customJWTAuthorizer")),
            Interceptors = body["interceptorConfigurations"] is JsonArray interceptors ? [.. interceptors.Select(Interceptor)] : [],
            Search = mcp.TextAt("searchType") is "SEMANTIC",
            Debug = body.TextAt("exceptionLevel") is "DEBUG",
            Instructions = mcp.TextAt("instructions"),
            SupportedVersions = versions.Count > 0 ? versions : ProtocolVersions.All,
            ResponseStreaming = (bool?)mcp.At("streamingConfiguration", "enableResponseStreaming") ?? false,
        };
        return options.Complete(gateway);
    }

    private static CustomJwtConfig? Jwt(JsonNode? authorizer) => authorizer is null ? null : new CustomJwtConfig
    {
        DiscoveryUrl = authorizer.TextAt("discoveryUrl")!,
        AllowedAudience = authorizer.TextsAt("allowedAudience"),
        AllowedClients = authorizer.TextsAt("allowedClients"),
        AllowedScopes = authorizer.TextsAt("allowedScopes"),
        AdvertisedScopes = (authorizer.At("advertisedScopeMapping") as JsonObject)?.ToDictionary(static entry => entry.Key, static entry => (string)entry.Value!, StringComparer.Ordinal)
            ?? new Dictionary<string, string>(StringComparer.Ordinal),
        CustomClaims = authorizer.At("customClaims") is JsonArray claims ? [.. claims.Select(Claim)] : [],
    };

    private static ClaimRule Claim(JsonNode? claim)
    {
        var (name, match) = (claim.TextAt("inboundTokenClaimName")!, claim.At("authorizingClaimMatchValue"));
        return match.TextAt("claimMatchOperator") switch
        {
            "EQUALS" => new ClaimRule.EqualTo(name, match.TextAt("claimMatchValue", "matchValueString")!),
            "CONTAINS" => new ClaimRule.Containing(name, match.TextAt("claimMatchValue", "matchValueString")!),
            _ => new ClaimRule.ContainingAny(name, match.TextsAt("claimMatchValue", "matchValueStringList")),
        };
    }

    private static InterceptorConfig Interceptor(JsonNode? interceptor)
    {
        var points = interceptor.TextsAt("interceptionPoints");
        var exclude = interceptor.At("inputConfiguration", "payloadFilter", "exclude") as JsonArray;
        return new InterceptorConfig(
            interceptor.TextAt("interceptor", "lambda", "arn")!,
            points.Contains("REQUEST", StringComparer.Ordinal),
            points.Contains("RESPONSE", StringComparer.Ordinal),
            (bool?)interceptor.At("inputConfiguration", "passRequestHeaders") ?? false,
            exclude?.Any(static selector => selector.TextAt("field") is "RESPONSE_BODY") ?? false);
    }
}
