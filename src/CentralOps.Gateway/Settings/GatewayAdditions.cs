namespace CentralOps.Gateway.Settings;

/// <summary>What settings add to one gateway.</summary>
/// <param name="Gateway">Its name or its id, or <c>*</c> for every gateway that no other entry names.</param>
public sealed record GatewayAdditions(string Gateway)
{
    public const string Every = "*";

    public IReadOnlyList<GatewayAuthorizer> AlsoAdmits { get; init; } = [];

    /// <summary>For a gateway that admits tokens beside its own authorizer; its own configuration, where the API gave it one, goes before.</summary>
    public CustomJwtConfig? CustomJwt { get; init; }

    public IReadOnlyList<ToolSet> ToolSets { get; init; } = [];

    /// <summary>Names and values of switches, in order; they go over those of the installation.</summary>
    public IReadOnlyList<(string Name, string Value)> Switches { get; init; } = [];

    internal bool Names(GatewayConfig gateway) =>
        string.Equals(Gateway, gateway.GatewayId, StringComparison.Ordinal) || string.Equals(Gateway, gateway.Name, StringComparison.Ordinal);

    /// <param name="switches">Of the installation.</param>
    internal GatewayConfig AddTo(GatewayConfig gateway, SwitchSet switches)
    {
        foreach (var (name, value) in Switches)
        {
            switches = SwitchTable.TryApply(switches, name, value, out var changed, out _) ? changed : switches;
        }

        return gateway with
        {
            AlsoAdmits = [.. gateway.AlsoAdmits, .. AlsoAdmits.Where(way => way != gateway.Authorizer && !gateway.AlsoAdmits.Contains(way))],
            CustomJwt = gateway.CustomJwt ?? CustomJwt,
            ToolSets = [.. gateway.ToolSets, .. ToolSets],
            Switches = switches.Serving,
        };
    }
}
