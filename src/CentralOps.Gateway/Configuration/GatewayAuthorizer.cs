namespace CentralOps.Gateway;

/// <summary>Who may speak to a gateway.</summary>
public enum GatewayAuthorizer
{
    /// <summary>Everyone who reaches it; refused on any address but loopback.</summary>
    None,

    /// <summary>Signature Version 4, service <c>bedrock-agentcore</c>.</summary>
    AwsIam,

    /// <summary>A bearer token of an OpenID provider, checked by <see cref="CustomJwtConfig"/>.</summary>
    CustomJwt,

    /// <summary>A verified Signature Version 4, and no decision on what its principal may: that is left to interceptors and policies.</summary>
    AuthenticateOnly,

    /// <summary>A bearer token that was made for this run of the gateway. AgentCore has no such authorizer: it is for one person's machine.</summary>
    LocalToken,
}
