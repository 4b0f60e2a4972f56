namespace CentralOps.Gateway.Targets;

/// <summary>Where a target's function is, and what it is told about itself.</summary>
internal sealed record LambdaFunction(string Arn, string Region, string GatewayId, string TargetId)
{
    /// <summary>What it is told of the client's request.</summary>
    public PropagationConfig Propagation { get; init; } = PropagationConfig.None;

    public static LambdaFunction Of(GatewayConfig gateway, TargetConfig target, string arn)
    {
        // An ARN's fourth part is its region.
        var region = arn.Split(':') is [_, _, _, { Length: > 0 } named, ..] ? named : gateway.Region;
        return new(arn, region, gateway.GatewayId, target.TargetId) { Propagation = target.Propagation };
    }
}
