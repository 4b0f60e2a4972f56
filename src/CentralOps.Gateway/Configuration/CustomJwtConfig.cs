namespace CentralOps.Gateway;

/// <summary>AgentCore's <c>customJWTAuthorizer</c>. An empty list asks nothing.</summary>
public sealed record CustomJwtConfig
{
    /// <summary>Ends in <c>/.well-known/openid-configuration</c>.</summary>
    public required string DiscoveryUrl { get; init; }

    /// <summary>One of them has to be in <c>aud</c>.</summary>
    public IReadOnlyList<string> AllowedAudience { get; init; } = [];

    /// <summary>One of them has to be the <c>client_id</c>.</summary>
    public IReadOnlyList<string> AllowedClients { get; init; } = [];

    /// <summary>One of them has to be among the token's scopes.</summary>
    public IReadOnlyList<string> AllowedScopes { get; init; } = [];

    /// <summary>What a scope is called in the metadata and challenges.</summary>
    public IReadOnlyDictionary<string, string> AdvertisedScopes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>All of them have to hold.</summary>
    public IReadOnlyList<ClaimRule> CustomClaims { get; init; } = [];
}

/// <summary>One of <c>customClaims</c>; the three legal combinations of AgentCore.</summary>
public abstract record ClaimRule(string Claim)
{
    /// <summary>STRING, EQUALS.</summary>
    public sealed record EqualTo(string Claim, string Value) : ClaimRule(Claim);

    /// <summary>STRING_ARRAY, CONTAINS.</summary>
    public sealed record Containing(string Claim, string Value) : ClaimRule(Claim);

    /// <summary>STRING_ARRAY, CONTAINS_ANY.</summary>
    public sealed record ContainingAny(string Claim, IReadOnlyList<string> Values) : ClaimRule(Claim);
}
