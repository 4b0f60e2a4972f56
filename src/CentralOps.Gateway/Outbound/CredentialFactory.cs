using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;

namespace CentralOps.Gateway.Outbound;

/// <summary>What each kind of outbound credential does, in one place.</summary>
internal sealed class CredentialFactory(
    Func<CancellationToken, ValueTask<AwsCredentials>> role, ICredentialProviders providers, OAuthTokens tokens, TimeProvider time)
{
    /// <summary>See <see cref="Targets.McpServers.McpTargetOptions.KeyRefused"/>.</summary>
    public Func<string, bool>? KeyRefused { get; init; }

    public Credential For(OutboundCredential configured, GatewayConfig gateway, TargetUrl url) => configured switch
    {
        OutboundCredential.None => new NoCredential(),
        OutboundCredential.GatewayRole { Service: { Length: > 0 } service } signing =>
            new SignatureCredential(role, new SigningScope(signing.Region ?? gateway.Region, service), time, KeyRefused),
        OutboundCredential.GatewayRole => new UnservedCredential(
            "GATEWAY_IAM_ROLE for an MCP server needs an iamCredentialProvider with the service to sign for. Update the target with it."),
        OutboundCredential.OAuth { Grant: OAuthGrant.ClientCredentials } oauth => new OAuthCredential(oauth, url.Resource, providers, tokens),
        OutboundCredential.OAuth { Grant: OAuthGrant.AuthorizationCode } => new UnservedCredential(
            "The grant AUTHORIZATION_CODE is stored and not served yet. Use CLIENT_CREDENTIALS."),
        OutboundCredential.OAuth => new UnservedCredential("The grant TOKEN_EXCHANGE is stored and not served yet. Use CLIENT_CREDENTIALS."),
        OutboundCredential.ApiKey key => new ApiKeyCredential(key, providers),
        _ => new UnservedCredential("This kind of credential is not served."),
    };
}
