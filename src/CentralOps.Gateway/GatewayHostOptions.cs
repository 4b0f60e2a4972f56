using CentralOps.Aws.Calls;
using CentralOps.Aws.Signing;
using CentralOps.Gateway.Control;
using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Settings;
using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Synchronizing;

namespace CentralOps.Gateway;

/// <summary>What a gateway with its control plane needs.</summary>
public sealed record GatewayHostOptions
{
    /// <summary>The data plane. Gateways, MCP servers and the way to OpenID providers are set by the host.</summary>
    public required GatewayOptions Serving { get; init; }

    public required IStore Store { get; init; }

    public required ISecretSealer Sealer { get; init; }

    /// <summary>The account that gateways belong to: twelve digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>The control plane's port, on the data plane's address; 0 takes any free one.</summary>
    public int ControlPort { get; init; }

    /// <summary>The keys that requests to the control plane are signed with. Null takes requests without a signature, on loopback only.</summary>
    public IAccessKeys? ControlKeys { get; init; }

    /// <summary>Where targets, OpenID providers and token endpoints may be.</summary>
    public OutboundRules Outbound { get; init; } = OutboundRules.Strict;

    /// <summary>Proxy and trusted roots of what goes out; null: none, and the system's.</summary>
    public HttpSettings? Http { get; init; }

    /// <summary>What the builtin targets offer, by the names of <see cref="GatewayOptions.Builtins"/>.</summary>
    public IReadOnlyDictionary<string, TargetCatalog> BuiltinCatalogs { get; init; } = new Dictionary<string, TargetCatalog>(StringComparer.Ordinal);

    public ControlSwitches ControlSwitches { get; init; } = new();

    /// <summary>What the installation's owner says beside the API; its switches and additions go over <see cref="Complete"/> and <see cref="ControlSwitches"/>. Null: nothing.</summary>
    public GatewaySettings? Settings { get; init; }

    /// <summary>Reads an environment variable: settings name those that hold secrets.</summary>
    public Func<string, string?> Environment { get; init; } = static _ => null;

    /// <summary>Adds to a gateway what the API has no member for: tool sets, further authorizers, switches of the data plane.</summary>
    public Func<GatewayConfig, GatewayConfig> Complete { get; init; } = static gateway => gateway;

    internal ControlOptions Control(ITargetSynchronizer synchronizer, Func<string, string> gatewayUrl) => new()
    {
        Address = Serving.Address,
        Port = ControlPort,
        Store = Store,
        Sealer = Sealer,
        Synchronizer = synchronizer,
        AccountId = AccountId,
        Region = Serving.Region,
        GatewayUrl = gatewayUrl,
        Keys = ControlKeys,
        AllowedHosts = Serving.AllowedHosts,
        AllowedOrigins = Serving.AllowedOrigins,
        Aws = Serving.Aws,
        RoleCredentials = Serving.RoleCredentials,
        Builtins = BuiltinCatalogs,
        Switches = ControlSwitches,
        Complete = Complete,
        Logging = Serving.Logging,
        Time = Serving.Time,
    };
}
