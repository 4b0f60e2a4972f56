namespace CentralOps.Gateway.Targets;

/// <summary>Where a target's function is, and what it is told about itself.</summary>
internal sealed record LambdaFunction(string Arn, string Region, string GatewayId, string TargetId)
{
    public static LambdaFunction Of(TargetConfig target, GatewayOptions options)
    {
        // An ARN's fourth part is its region.
        var region = target.LambdaArn.Split(':') is [_, _, _, { Length: > 0 } named, ..] ? named : options.Region;
        return new(target.LambdaArn, region, options.Gateway.GatewayId, target.TargetId);
    }
}
