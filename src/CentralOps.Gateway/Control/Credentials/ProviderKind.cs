namespace CentralOps.Gateway.Control.Credentials;

/// <summary>What differs between the two kinds of credential providers.</summary>
/// <param name="Kind">Of the documents.</param>
/// <param name="Family">In the ARN of the secret.</param>
internal sealed record ProviderKind(string Kind, string What, string Family, Func<Arns, string, string> Arn)
{
    public static ProviderKind OAuth { get; } = new(Kinds.OAuthProvider, "OAuth2 credential provider", "oauth2", static (arns, name) => arns.OAuthProvider(name));

    public static ProviderKind ApiKey { get; } = new(Kinds.ApiKeyProvider, "API key credential provider", "apikey", static (arns, name) => arns.ApiKeyProvider(name));
}
