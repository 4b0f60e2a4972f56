using System.Text.Json.Nodes;
using CentralOps.Conformance.Subjects;
using CentralOps.Gateway;
using CentralOps.Gateway.Outbound;

namespace CentralOps.Conformance.Client;

/// <summary>
/// What the owner of a gateway does before there is a target: he looks up where the server's authorization server is, and stores a client id and
/// a secret for it in a credential provider. From there on it is the gateway's client that authenticates.
/// </summary>
internal sealed class OwnersOAuthClient(OAuthClient client) : ICredentialProviders
{
    private const string Arn = "arn:aws:bedrock-agentcore:us-east-1:111111111111:token-vault/default/oauth2credentialprovider/conformance";

    public static async Task<(ICredentialProviders Providers, OutboundCredential Credential)> ReadAsync(Uri server, JsonObject context, CancellationToken cancellationToken)
    {
        if (context["client_id"] is not { } id || context["client_secret"] is not { } secret)
        {
            return (new NoAws(), new OutboundCredential.None());
        }

        using var http = OutboundHttp.Create(new OutboundRules { AllowLoopback = true }, TimeProvider.System);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, "/.well-known/oauth-protected-resource" + server.AbsolutePath));
        using var response = await http.SendAsync(request, cancellationToken);
        var resource = JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken));
        var issuer = resource!["authorization_servers"]![0]!.GetValue<string>();
        var client = new OAuthClient(
            Arn,
            Version: 1,
            id.GetValue<string>(),
            new Secret(secret.GetValue<string>()),
            OAuthClientAuthentication.ClientSecretBasic,
            issuer.TrimEnd('/') + "/.well-known/oauth-authorization-server",
            Issuer: null,
            TokenEndpoint: null);
        return (new OwnersOAuthClient(client), new OutboundCredential.OAuth(Arn, [], OAuthGrant.ClientCredentials, new Dictionary<string, string>(StringComparer.Ordinal)));
    }

    public ValueTask<OAuthClient?> FindOAuthAsync(string providerArn, CancellationToken cancellationToken) => new(providerArn == Arn ? client : null);

    public ValueTask<Secret?> FindApiKeyAsync(string providerArn, CancellationToken cancellationToken) => new((Secret?)null);
}
