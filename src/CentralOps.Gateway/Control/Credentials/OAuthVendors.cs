using System.Text.Json.Nodes;

namespace CentralOps.Gateway.Control.Credentials;

/// <summary>Where the authorization servers of the vendors are that the API knows by name.</summary>
internal static class OAuthVendors
{
    private const string WellKnown = "/.well-known/openid-configuration";

    /// <summary>The member of the configuration's union that a vendor has.</summary>
    public static string MemberOf(string vendor) => vendor switch
    {
        "CustomOauth2" => "customOauth2ProviderConfig",
        "GoogleOauth2" => "googleOauth2ProviderConfig",
        "GithubOauth2" => "githubOauth2ProviderConfig",
        "SlackOauth2" => "slackOauth2ProviderConfig",
        "SalesforceOauth2" => "salesforceOauth2ProviderConfig",
        "MicrosoftOauth2" => "microsoftOauth2ProviderConfig",
        "AtlassianOauth2" => "atlassianOauth2ProviderConfig",
        "LinkedinOauth2" => "linkedinOauth2ProviderConfig",
        _ => "includedOauth2ProviderConfig",
    };

    /// <summary>Adds <c>oauthDiscovery</c> where the vendor says it instead of the configuration.</summary>
    public static ControlError? Complete(string vendor, JsonObject config, string place)
    {
        if (config["oauthDiscovery"] is not null)
        {
            return null;
        }

        config["oauthDiscovery"] = vendor switch
        {
            "GoogleOauth2" => Discovery("https://accounts.google.com"),
            "SlackOauth2" => Discovery("https://slack.com"),
            "SalesforceOauth2" => Discovery("https://login.salesforce.com"),
            "LinkedinOauth2" => Discovery("https://www.linkedin.com/oauth"),
            "MicrosoftOauth2" => Discovery($"https://login.microsoftonline.com/{Uri.EscapeDataString(config.TextAt("tenantId") ?? "common")}/v2.0"),
            "GithubOauth2" => Metadata("https://github.com/login/oauth", "https://github.com/login/oauth/authorize", "https://github.com/login/oauth/access_token"),
            "AtlassianOauth2" => Metadata("https://auth.atlassian.com", "https://auth.atlassian.com/authorize", "https://auth.atlassian.com/oauth/token"),
            _ => Given(config),
        };
        return config["oauthDiscovery"] is null
            ? ControlError.Invalid($"{place}issuer", $"Where the authorization server of vendor {vendor} is has to be said: give issuer, or issuer, authorizationEndpoint and tokenEndpoint")
            : null;
    }

    private static JsonObject? Given(JsonObject config) => (config.TextAt("issuer"), config.TextAt("authorizationEndpoint"), config.TextAt("tokenEndpoint")) switch
    {
        ({ } issuer, { } authorization, { } token) => Metadata(issuer, authorization, token),
        ({ } issuer, _, null) => Discovery(issuer.TrimEnd('/')),
        _ => null,
    };

    private static JsonObject Discovery(string issuer) => new() { ["discoveryUrl"] = issuer + WellKnown };

    private static JsonObject Metadata(string issuer, string authorization, string token) => new()
    {
        ["authorizationServerMetadata"] = new JsonObject { ["issuer"] = issuer, ["authorizationEndpoint"] = authorization, ["tokenEndpoint"] = token },
    };
}
