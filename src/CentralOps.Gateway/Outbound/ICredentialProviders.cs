namespace CentralOps.Gateway.Outbound;

/// <summary>The credential providers of the token vault, decrypted for one use. Implemented over the store; asked by targets at call time.</summary>
public interface ICredentialProviders
{
    /// <returns>Null where there is no such provider.</returns>
    ValueTask<OAuthClient?> FindOAuthAsync(string providerArn, CancellationToken cancellationToken);

    /// <returns>Null where there is no such provider.</returns>
    ValueTask<Secret?> FindApiKeyAsync(string providerArn, CancellationToken cancellationToken);
}

/// <summary>A value that no text form tells.</summary>
public sealed class Secret(string value)
{
    /// <summary>The value itself: only where it is sent or sealed.</summary>
    public string Reveal() => value;

    public override string ToString() => "(secret)";
}

/// <summary>An OAuth client at an authorization server, as an OAuth2 credential provider describes it.</summary>
/// <param name="Version">Changes with every update of the provider: a token that an older version got is not used again.</param>
/// <param name="DiscoveryUrl">Null where the server's metadata is given: then <paramref name="TokenEndpoint"/> is there.</param>
public sealed record OAuthClient(
    string ProviderArn, long Version, string ClientId, Secret ClientSecret, OAuthClientAuthentication Authentication, string? DiscoveryUrl, string? Issuer, string? TokenEndpoint);

/// <summary>How a client shows its secret to the token endpoint.</summary>
public enum OAuthClientAuthentication
{
    ClientSecretBasic,
    ClientSecretPost,
}
