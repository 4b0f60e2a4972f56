namespace CentralOps.Gateway.Control;

/// <summary>What the control plane takes at most: AgentCore's quotas, where it has one.</summary>
internal static class ControlLimits
{
    public const int MaxBodyBytes = 10 * 1024 * 1024;

    /// <summary>How much of a body that is too large is read, so that its sender gets to see the refusal.</summary>
    public const int MaxDroppedBytes = 2 * MaxBodyBytes;

    public const int MaxDepth = 64;

    /// <summary>AgentCore's limit on an inline schema.</summary>
    public const int MaxInlineSchemaBytes = 1024 * 1024;

    /// <summary>AgentCore's limit on a schema in S3.</summary>
    public const int MaxSchemaBytes = 10 * 1024 * 1024;

    public const int MaxGateways = 1000;

    public const int MaxTargets = Gateway.Serving.Limits.MaxTargets;

    /// <summary>AgentCore's limit on operations on one gateway's targets that run at once.</summary>
    public const int MaxTargetOperations = 5;

    public const int MaxRules = 1000;

    public const int MaxRateLimits = 100;

    public const int MaxProviders = 50;

    public const int MaxWorkloadIdentities = 1000;

    public const int MaxTags = 50;

    /// <summary>How often an operation begins anew when others changed what it had read.</summary>
    public const int MaxTries = 16;

    /// <summary>How long an idempotency token is known.</summary>
    public static readonly TimeSpan TokenLife = TimeSpan.FromHours(24);
}
