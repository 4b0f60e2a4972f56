namespace CentralOps.Gateway.Control;

/// <summary>What AgentCore's control plane leaves open, or does in a way that not everybody wants, by name.</summary>
public sealed record ControlSwitches
{
    /// <summary>Takes http endpoints on loopback where the model asks for https (<c>allow_http_loopback</c>). Null: where the control plane listens on loopback.</summary>
    public bool? AllowHttpLoopback { get; init; }

    /// <summary>Which outbound credentials a kind of target takes (<c>matrix</c>).</summary>
    public OutboundMatrixVersion Matrix { get; init; }

    /// <summary>Answers more requests than §2.7's quotas with ThrottlingException (<c>throttles</c>). Off: a laptop has one user.</summary>
    public bool Throttles { get; init; }

    /// <summary>What DeleteGateway does where targets are left (<c>delete_gateway_with_targets</c>).</summary>
    public DeleteGatewayWithTargets DeleteGatewayWithTargets { get; init; }

    /// <summary>What happens to a credential provider that targets use (<c>delete_provider_in_use</c>).</summary>
    public DeleteProviderInUse DeleteProviderInUse { get; init; }

    /// <summary>What the sixth operation at once on one gateway's targets gets (<c>sixth_target_operation</c>).</summary>
    public SixthTargetOperation SixthTargetOperation { get; init; }

    /// <summary>UpdateGateway may change <c>supportedVersions</c> (<c>allow_version_updates</c>). AgentCore lets only accounts do it that it enabled for it.</summary>
    public bool AllowVersionUpdates { get; init; }
}

public enum OutboundMatrixVersion
{
    /// <summary>The developer guide's table of 2026.</summary>
    Current,

    /// <summary>The integration guide's older table: no IAM for MCP servers, nor API keys, nor a person's consent.</summary>
    Guide,
}

public enum DeleteGatewayWithTargets
{
    /// <summary>ConflictException: AWS's own helpers delete all targets first.</summary>
    Conflict,

    /// <summary>The targets go with it.</summary>
    Cascade,
}

public enum DeleteProviderInUse
{
    /// <summary>It is refused, and the targets are named: without it they would fail with the next call.</summary>
    Refuse,

    /// <summary>It is deleted.</summary>
    Allow,
}

public enum SixthTargetOperation
{
    /// <summary>ThrottlingException, which SDKs wait for and repeat.</summary>
    Throttling,

    /// <summary>ConflictException.</summary>
    Conflict,

    /// <summary>ServiceQuotaExceededException.</summary>
    Quota,
}
