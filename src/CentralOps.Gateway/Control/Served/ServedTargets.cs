using System.Text.Json.Nodes;
using CentralOps.Gateway.Storage;

namespace CentralOps.Gateway.Control.Served;

/// <summary>
/// What of a target is served: the configuration that was last found to work, and which catalogue goes with it. An update that fails changes none of it. The
/// inline schema stays out: its tools are in the catalogue.
/// </summary>
internal static class ServedTargets
{
    /// <summary>Makes of a target's document what is served of it.</summary>
    public static JsonObject Snapshot(JsonObject target, string catalogId)
    {
        var snapshot = target.Only("name", "targetConfiguration", "credentialProviderConfigurations", "metadataConfiguration");
        (snapshot.At("targetConfiguration", "mcp", "lambda") as JsonObject)?.Remove("toolSchema");
        snapshot["catalog"] = catalogId;
        return snapshot;
    }

    public static TargetConfig Read(StoredDocument served, TargetCatalog catalog) => Read(served.Id, JsonNode.Parse(served.Body.Span)!.AsObject(), catalog);

    /// <param name="body">A target's document, or a snapshot of one.</param>
    public static TargetConfig Read(string id, JsonObject body, TargetCatalog catalog) => new()
    {
        TargetId = id,
        Name = body.TextAt("name")!,
        Endpoint = Endpoint(body),
        Credential = Credential((body["credentialProviderConfigurations"] as JsonArray) is [{ } config, ..] ? config : null),
        Propagation = new PropagationConfig(
            body.TextsAt("metadataConfiguration", "allowedRequestHeaders"),
            body.TextsAt("metadataConfiguration", "allowedQueryParameters"),
            body.TextsAt("metadataConfiguration", "allowedResponseHeaders")),
        Catalog = catalog,
    };

    public static string CatalogOf(StoredDocument served) => JsonNode.Parse(served.Body.Span).TextAt("catalog")!;

    private static TargetEndpoint Endpoint(JsonObject body)
    {
        var config = body.At("targetConfiguration", "mcp");
        if (config.At("lambda") is { } lambda)
        {
            return new TargetEndpoint.Lambda(lambda.TextAt("lambdaArn")!);
        }

        return config.At("mcpServer") is { } server
            ? new TargetEndpoint.McpServer(
                server.TextAt("endpoint")!,
                server.TextAt("listingMode") is "DYNAMIC" ? ListingMode.Dynamic : ListingMode.Default,
                (int?)server.At("resourcePriority") ?? 1000)
            : new TargetEndpoint.Builtin(config.TextAt("connector", "source", "connectorId")![Targets.TargetKinds.BuiltinPrefix.Length..]);
    }

    private static OutboundCredential Credential(JsonNode? config) => config.TextAt("credentialProviderType") switch
    {
        null => new OutboundCredential.None(),
        "GATEWAY_IAM_ROLE" => new OutboundCredential.GatewayRole(
            config.TextAt("credentialProvider", "iamCredentialProvider", "service"), config.TextAt("credentialProvider", "iamCredentialProvider", "region")),
        "API_KEY" => ApiKey(config.At("credentialProvider", "apiKeyCredentialProvider")),
        _ => OAuth(config.At("credentialProvider", "oauthCredentialProvider")),
    };

    private static OutboundCredential.ApiKey ApiKey(JsonNode? provider) => new(
        provider.TextAt("providerArn")!, provider.TextAt("credentialParameterName"), provider.TextAt("credentialPrefix"),
        provider.TextAt("credentialLocation") is "QUERY_PARAMETER" ? ApiKeyLocation.QueryParameter : ApiKeyLocation.Header);

    private static OutboundCredential.OAuth OAuth(JsonNode? provider) => new(
        provider.TextAt("providerArn")!,
        provider.TextsAt("scopes"),
        provider.TextAt("grantType") switch
        {
            "AUTHORIZATION_CODE" => OAuthGrant.AuthorizationCode,
            "TOKEN_EXCHANGE" => OAuthGrant.TokenExchange,
            _ => OAuthGrant.ClientCredentials,
        },
        (provider.At("customParameters") as JsonObject)?.ToDictionary(static entry => entry.Key, static entry => (string)entry.Value!, StringComparer.Ordinal)
            ?? new Dictionary<string, string>(StringComparer.Ordinal));
}
