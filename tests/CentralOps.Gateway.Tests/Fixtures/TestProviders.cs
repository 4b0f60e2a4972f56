using System.Collections.Concurrent;
using CentralOps.Gateway.Outbound;

namespace CentralOps.Gateway.Tests.Fixtures;

/// <summary>A token vault in memory.</summary>
internal sealed class TestProviders : ICredentialProviders
{
    public ConcurrentDictionary<string, OAuthClient> Clients { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, Secret> Keys { get; } = new(StringComparer.Ordinal);

    public ValueTask<OAuthClient?> FindOAuthAsync(string providerArn, CancellationToken cancellationToken) => new(Clients.GetValueOrDefault(providerArn));

    public ValueTask<Secret?> FindApiKeyAsync(string providerArn, CancellationToken cancellationToken) => new(Keys.GetValueOrDefault(providerArn));
}
