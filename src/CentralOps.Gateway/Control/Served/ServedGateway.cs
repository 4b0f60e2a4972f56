using System.Text.Json.Nodes;

namespace CentralOps.Gateway.Control.Served;

/// <summary>A gateway's configuration with what it was read from. Where neither that nor a target is another, the configuration is the same instance.</summary>
internal sealed record ServedGateway(long Version, JsonObject Body, GatewayConfig Config)
{
    public static ServedGateway Of(Resource gateway, IReadOnlyList<TargetConfig> targets, ServedGateway? before, ControlOptions options)
    {
        var sameTargets = before is not null && Same(before.Config.Targets, targets);
        if (before is not null && before.Version == gateway.Document.Version)
        {
            return sameTargets ? before : before with { Config = before.Config with { Targets = targets } };
        }

        // Its status is nothing that is served.
        var body = gateway.Body;
        foreach (var member in (string[])["status", "statusReasons", "updatedAt"])
        {
            body.Remove(member);
        }

        if (before is not null && JsonNode.DeepEquals(body, before.Body))
        {
            return before with { Version = gateway.Document.Version, Config = sameTargets ? before.Config : before.Config with { Targets = targets } };
        }

        return new(gateway.Document.Version, body, ServedGateways.Read(body, options) with { Targets = targets });
    }

    private static bool Same(IReadOnlyList<TargetConfig> one, IReadOnlyList<TargetConfig> other) =>
        one.Count == other.Count && one.Zip(other).All(static pair => ReferenceEquals(pair.First, pair.Second));
}
