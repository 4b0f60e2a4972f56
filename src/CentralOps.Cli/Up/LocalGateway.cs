using CentralOps.Gateway;

namespace CentralOps.Cli.Up;

/// <summary>The gateway that 'up' serves, whatever is behind it.</summary>
internal static class LocalGateway
{
    public static GatewayConfig Config(GatewayAuthorizer authorizer, IReadOnlyList<TargetConfig> targets, CompatibilitySwitches switches) => new()
    {
        GatewayId = "central-ops-gateway-localup001",
        Name = "central-ops-gateway",
        Authorizer = authorizer,
        // A person sits before it: the cause of a failure belongs on the screen.
        Debug = true,
        Instructions = "Read-only operations tools over every account of an AWS organization. Give account_id (an id or a name); list_accounts tells them.",
        Targets = targets,
        Switches = switches,
    };
}
