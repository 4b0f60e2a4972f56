namespace CentralOps.Gateway;

/// <summary>What the gateway shows a target: AgentCore's <c>credentialProviderConfigurations[0]</c>. No secret is in it, only where one is kept.</summary>
public abstract record OutboundCredential
{
    private OutboundCredential()
    {
    }

    /// <summary>Nothing.</summary>
    public sealed record None : OutboundCredential;

    /// <summary>The gateway's role: Lambda's Invoke for functions (both null), Signature Version 4 for MCP servers (<c>iamCredentialProvider</c>).</summary>
    /// <param name="Service">The signing name.</param>
    /// <param name="Region">Null: the gateway's own.</param>
    public sealed record GatewayRole(string? Service, string? Region) : OutboundCredential;

    /// <summary>A token of the OAuth2 credential provider with this ARN.</summary>
    public sealed record OAuth(string ProviderArn, IReadOnlyList<string> Scopes, OAuthGrant Grant, IReadOnlyDictionary<string, string> CustomParameters) : OutboundCredential;

    /// <summary>The key of the API key credential provider with this ARN.</summary>
    /// <param name="ParameterName">The header or query parameter; null: <c>Authorization</c>.</param>
    /// <param name="Prefix">Stands before the key with a space, such as <c>Bearer</c>.</param>
    public sealed record ApiKey(string ProviderArn, string? ParameterName, string? Prefix, ApiKeyLocation Location) : OutboundCredential;
}

/// <summary>AgentCore's <c>grantType</c>.</summary>
public enum OAuthGrant
{
    ClientCredentials,
    AuthorizationCode,
    TokenExchange,
}

/// <summary>AgentCore's <c>credentialLocation</c>.</summary>
public enum ApiKeyLocation
{
    Header,
    QueryParameter,
}
