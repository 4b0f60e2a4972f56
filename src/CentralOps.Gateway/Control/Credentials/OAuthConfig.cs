using System.Text.Json.Nodes;

namespace CentralOps.Gateway.Control.Credentials;

/// <summary>An OAuth2 provider's configuration as it was given: what is shown of it, and its secret.</summary>
/// <param name="Shown">The <c>oauth2ProviderConfigOutput</c>.</param>
/// <param name="Secret">Null where none was given.</param>
internal sealed record OAuthConfig(JsonObject Shown, string? Secret)
{
    private const string Input = "oauth2ProviderConfigInput";

    public override string ToString() => "(OAuth2 provider)";

    public static ControlError? Read(JsonObject input, ControlOptions options, bool secretNeeded, out OAuthConfig config)
    {
        var (member, node) = input[Input]!.AsObject().Single(static choice => choice.Value is not null);
        var given = node!.AsObject();
        var place = $"{Input}.{member}.";
        var shown = given.DeepClone().AsObject();
        foreach (var hidden in (string[])["clientSecret", "clientSecretConfig", "clientSecretSource"])
        {
            shown.Remove(hidden);
        }

        config = new(new JsonObject { [member] = shown }, given.TextAt("clientSecret") is { Length: > 0 } secret ? secret : null);
        var vendor = input.TextAt("credentialProviderVendor")!;
        var wanted = OAuthVendors.MemberOf(vendor);
        if (!string.Equals(member, wanted, StringComparison.Ordinal))
        {
            return ControlError.Invalid($"{Input}.{member}", $"The configuration of vendor {vendor} is {wanted}");
        }

        return SecretSource.Check(given, "clientSecretSource", "clientSecretConfig", place)
            ?? Client(given, place, secretNeeded, config)
            ?? OAuthVendors.Complete(vendor, shown, place)
            ?? Urls(shown, place, options);
    }

    private static ControlError? Client(JsonObject given, string place, bool secretNeeded, OAuthConfig config)
    {
        if (given.TextAt("clientAuthenticationMethod") is { } method and not ("CLIENT_SECRET_BASIC" or "CLIENT_SECRET_POST"))
        {
            return ControlError.Invalid($"{place}clientAuthenticationMethod", $"Client authentication {method} is not served. Served are CLIENT_SECRET_BASIC and CLIENT_SECRET_POST");
        }

        if (given.TextAt("clientId") is not { Length: > 0 })
        {
            return ControlError.Invalid($"{place}clientId", "The client id must not be empty");
        }

        return secretNeeded && config.Secret is null ? ControlError.Invalid($"{place}clientSecret", "The client secret must not be empty") : null;
    }

    private static ControlError? Urls(JsonObject shown, string place, ControlOptions options)
    {
        var discovery = shown.At("oauthDiscovery");
        foreach (var (name, url) in ((string, string?)[])
            [
                ("discoveryUrl", discovery.TextAt("discoveryUrl")),
                ("authorizationServerMetadata.issuer", discovery.TextAt("authorizationServerMetadata", "issuer")),
                ("authorizationServerMetadata.authorizationEndpoint", discovery.TextAt("authorizationServerMetadata", "authorizationEndpoint")),
                ("authorizationServerMetadata.tokenEndpoint", discovery.TextAt("authorizationServerMetadata", "tokenEndpoint")),
            ])
        {
            if (url is not null && !EndpointRule.Admits(url, options.HttpLoopbackAllowed))
            {
                return ControlError.Invalid($"{place}oauthDiscovery.{name}", EndpointRule.Words(options.HttpLoopbackAllowed));
            }
        }

        return null;
    }
}
