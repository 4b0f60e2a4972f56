using CentralOps.Gateway.Callers;

namespace CentralOps.Gateway.Targets;

/// <summary>Where a target's function is, and what it is told about itself.</summary>
internal sealed record LambdaFunction(string Arn, string Region, string GatewayId, string TargetId)
{
    /// <summary>Signs for it who calls; null where it is not told.</summary>
    public CallerStamp? Stamp { get; init; }

    /// <summary>Of an interceptor, which belongs to no target.</summary>
    public static LambdaFunction Of(GatewayConfig gateway, InterceptorConfig interceptor) => new(interceptor.LambdaArn, RegionOf(interceptor.LambdaArn, gateway), gateway.GatewayId, "");

    public static LambdaFunction Of(GatewayConfig gateway, TargetConfig target, string arn) =>
        new(arn, RegionOf(arn, gateway), gateway.GatewayId, target.TargetId);

    // An ARN's fourth part is its region.
    private static string RegionOf(string arn, GatewayConfig gateway) => arn.Split(':') is [_, _, _, { Length: > 0 } named, ..] ? named : gateway.Region;
}
