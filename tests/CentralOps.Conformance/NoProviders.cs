using CentralOps.Gateway.Outbound;

namespace CentralOps.Conformance;

internal sealed class NoProviders : ICredentialProviders
{
    public ValueTask<OAuthClient?> FindOAuthAsync(string providerArn, CancellationToken cancellationToken) => default;

    public ValueTask<Secret?> FindApiKeyAsync(string providerArn, CancellationToken cancellationToken) => default;
}
