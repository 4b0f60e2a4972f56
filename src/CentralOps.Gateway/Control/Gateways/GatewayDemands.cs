using System.Text.Json.Nodes;

namespace CentralOps.Gateway.Control.Gateways;

/// <summary>What a gateway has to be beyond the model: rules between members.</summary>
internal static class GatewayDemands
{
    private const string CustomJwt = "CUSTOM_JWT";

    public static ControlError? Check(JsonObject input, ControlOptions options)
    {
        var authorizer = input.TextAt("authorizerType");
        var configured = input["authorizerConfiguration"] is not null;
        if (authorizer is CustomJwt && !configured)
        {
            return ControlError.Invalid("authorizerConfiguration", "AuthorizerConfiguration is required for CUSTOM_JWT authorizer type");
        }

        if (authorizer is not CustomJwt && configured)
        {
            return ControlError.Invalid("authorizerConfiguration", $"AuthorizerConfiguration is only supported for CUSTOM_JWT authorizer type, not for {authorizer}. Leave it out");
        }

        if (authorizer is "NONE" && !options.NoAuthorizerAllowed)
        {
            return ControlError.Invalid("authorizerType", "Authorizer type NONE would let anybody on the network in: it is served on loopback only. Use AWS_IAM or CUSTOM_JWT");
        }

        return Versions(input) ?? Claims(input) ?? Interceptors(input);
    }

    /// <summary>What an update may not change. A member that is left out stays as it is, because it cannot be anything else.</summary>
    public static ControlError? CheckUnchanged(JsonObject current, JsonObject input, ControlSwitches switches)
    {
        if (!string.Equals(current.TextAt("name"), input.TextAt("name"), StringComparison.Ordinal))
        {
            return ControlError.Invalid("name", $"Name cannot be updated for an existing gateway: it is {current.TextAt("name")}");
        }

        if (!string.Equals(current.TextAt("authorizerType"), input.TextAt("authorizerType"), StringComparison.Ordinal))
        {
            return ControlError.Invalid("authorizerType", "Authorizer type cannot be updated for an existing gateway");
        }

        ReadOnlySpan<string> search = ["protocolConfiguration", "mcp", "searchType"];
        if (input.TextAt(search) is { } asked && !string.Equals(current.TextAt(search), asked, StringComparison.Ordinal))
        {
            return ControlError.Invalid("protocolConfiguration.mcp.searchType", "Search type cannot be updated for an existing gateway: it is enabled at creation");
        }

        ReadOnlySpan<string> versions = ["protocolConfiguration", "mcp", "supportedVersions"];
        var (before, after) = (current.TextsAt(versions), input.TextsAt(versions));
        return !switches.AllowVersionUpdates && after.Count > 0 && !before.Order(StringComparer.Ordinal).SequenceEqual(after.Order(StringComparer.Ordinal), StringComparer.Ordinal)
            ? ControlError.Invalid("protocolConfiguration.mcp.supportedVersions", "Supported versions cannot be updated for an existing gateway")
            : null;
    }

    /// <summary>Takes over what cannot change where the update left it out.</summary>
    public static void KeepUnchangeable(JsonObject current, JsonObject updated)
    {
        foreach (var member in (string[])["searchType", "supportedVersions"])
        {
            if (current.At("protocolConfiguration", "mcp", member) is not { } value || updated.At("protocolConfiguration", "mcp", member) is not null)
            {
                continue;
            }

            updated["protocolConfiguration"] ??= new JsonObject();
            updated["protocolConfiguration"]!["mcp"] ??= new JsonObject();
            updated["protocolConfiguration"]!["mcp"]![member] = value.DeepClone();
        }
    }

    private static ControlError? Versions(JsonObject input)
    {
        foreach (var version in input.TextsAt("protocolConfiguration", "mcp", "supportedVersions"))
        {
            if (!ProtocolVersions.All.Contains(version, StringComparer.Ordinal))
            {
                return ControlError.Invalid(
                    "protocolConfiguration.mcp.supportedVersions",
                    $"MCP version '{Printable.Text(version, 32)}' is not supported. Supported are: {string.Join(", ", ProtocolVersions.All)}");
            }
        }

        return null;
    }

    private static ControlError? Claims(JsonObject input)
    {
        if (input.At("authorizerConfiguration", "customJWTAuthorizer", "customClaims") is not JsonArray claims)
        {
            return null;
        }

        for (var i = 0; i < claims.Count; i++)
        {
            var match = claims[i].At("authorizingClaimMatchValue");
            var form = (claims[i].TextAt("inboundTokenClaimValueType"), match.TextAt("claimMatchOperator"), match.At("claimMatchValue", "matchValueString") is not null);
            if (form is not (("STRING", "EQUALS", true) or ("STRING_ARRAY", "CONTAINS", true) or ("STRING_ARRAY", "CONTAINS_ANY", false)))
            {
                return ControlError.Invalid(
                    $"authorizerConfiguration.customJWTAuthorizer.customClaims.{i}",
                    "A custom claim is of type STRING with EQUALS and matchValueString, or STRING_ARRAY with CONTAINS and matchValueString, or STRING_ARRAY with CONTAINS_ANY and matchValueStringList");
            }
        }

        return null;
    }

    private static ControlError? Interceptors(JsonObject input)
    {
        if (input["interceptorConfigurations"] is not JsonArray interceptors)
        {
            return null;
        }

        var points = interceptors.SelectMany(static interceptor => interceptor.TextsAt("interceptionPoints")).ToList();
        return points.Count != points.Distinct(StringComparer.Ordinal).Count()
            ? ControlError.Invalid("interceptorConfigurations", "Each interception point (REQUEST, RESPONSE) can have one interceptor at most")
            : null;
    }
}
