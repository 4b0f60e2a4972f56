namespace CentralOps.Gateway.Control;

/// <summary>The kinds of documents that the control plane keeps.</summary>
internal static class Kinds
{
    /// <summary>By gateway id; named by the gateway's name.</summary>
    public const string Gateway = "gateway";

    /// <summary>By target id, below its gateway; named by the target's name.</summary>
    public const string Target = "target";

    /// <summary>What of a target is served: the configuration that was last found to work. By target id, below its gateway.</summary>
    public const string Served = "served";

    /// <summary>What a target offers; by an id of its own, below its target, never changed.</summary>
    public const string Catalog = "catalog";

    /// <summary>What is to be done with a gateway or a target; by its id.</summary>
    public const string Work = "work";

    /// <summary>By rule id, below its gateway.</summary>
    public const string Rule = "rule";

    /// <summary>By gateway and rate limit id, below its gateway; named by the dimensions, which no two may share.</summary>
    public const string RateLimit = "rate-limit";

    /// <summary>By name.</summary>
    public const string OAuthProvider = "oauth2-provider";

    /// <summary>By name.</summary>
    public const string ApiKeyProvider = "api-key-provider";

    /// <summary>Sealed; by the provider's ARN.</summary>
    public const string Secret = "secret";

    /// <summary>By name.</summary>
    public const string WorkloadIdentity = "workload-identity";

    /// <summary>By id of the token vault.</summary>
    public const string TokenVault = "token-vault";

    /// <summary>By ARN.</summary>
    public const string Policy = "resource-policy";

    /// <summary>By ARN.</summary>
    public const string Tags = "tags";

    /// <summary>An idempotency token with the answer that was given; by operation and token.</summary>
    public const string Token = "client-token";
}
