using System.Security.Cryptography;
using System.Text;
using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Storage;

namespace CentralOps.Gateway.Control.Credentials;

/// <summary>The credential providers that the control plane keeps, opened for one use.</summary>
internal sealed class StoredCredentialProviders(IStore store, ISecretSealer sealer, Arns arns) : ICredentialProviders
{
    public async ValueTask<OAuthClient?> FindOAuthAsync(string providerArn, CancellationToken cancellationToken)
    {
        if (await FindAsync(Kinds.OAuthProvider, providerArn, "oauth2credentialprovider", cancellationToken) is not var (provider, secret))
        {
            return null;
        }

        var config = provider.Body["oauth2ProviderConfigOutput"]!.AsObject().First().Value;
        var metadata = config.At("oauthDiscovery", "authorizationServerMetadata");
        var method = config.TextAt("clientAuthenticationMethod");
        var post = method is "CLIENT_SECRET_POST" || (method is null && metadata.TextsAt("tokenEndpointAuthMethods") is ["client_secret_post", ..]);
        return new OAuthClient(
            providerArn, provider.Document.Version, config.TextAt("clientId")!, secret,
            post ? OAuthClientAuthentication.ClientSecretPost : OAuthClientAuthentication.ClientSecretBasic,
            config.TextAt("oauthDiscovery", "discoveryUrl"), metadata.TextAt("issuer"), metadata.TextAt("tokenEndpoint"));
    }

    public async ValueTask<Secret?> FindApiKeyAsync(string providerArn, CancellationToken cancellationToken) =>
        (await FindAsync(Kinds.ApiKeyProvider, providerArn, "apikeycredentialprovider", cancellationToken))?.Secret;

    /// <exception cref="CryptographicException">The secret does not open: the master key is another, or the row was changed.</exception>
    private async ValueTask<(Resource Provider, Secret Secret)?> FindAsync(string kind, string providerArn, string family, CancellationToken cancellationToken)
    {
        if (arns.ProviderName(providerArn, family) is not { } name || await store.FindAsync(kind, name, cancellationToken) is not { } document)
        {
            return null;
        }

        var provider = Resource.Of(document);

        // Sealed under the ARN that we gave it, however the target writes it.
        var arn = provider.Find("credentialProviderArn")!;
        if (await store.FindAsync(Kinds.Secret, arn, cancellationToken) is not { } secret)
        {
            return null;
        }

        var plain = sealer.Open(Kinds.Secret, arn, secret.Body.Span);
        try
        {
            return (provider, new Secret(Encoding.UTF8.GetString(plain)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}
