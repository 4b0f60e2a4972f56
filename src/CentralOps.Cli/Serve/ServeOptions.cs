using System.Net;
using CentralOps.Access.Rules;
using CentralOps.Gateway.Settings;

namespace CentralOps.Cli.Serve;

/// <summary>What 'serve' is started with.</summary>
internal sealed record ServeOptions(IPAddress Address, int Port, string StateDirectory, GatewaySettings Settings)
{
    /// <summary>The control plane takes requests without a signature: on loopback only.</summary>
    public bool NoAuth { get; init; }

    /// <summary>An AWS profile, for targets that are called with the gateway's role; null for the usual chain.</summary>
    public string? Profile { get; init; }

    /// <summary>Null: whoever is let in may call everything.</summary>
    public AccessRules? Access { get; init; }

    /// <summary>Null: a file in the state directory.</summary>
    public string? DatabaseUrl { get; init; }

    /// <summary>Null: a file in the state directory.</summary>
    public string? MasterKey { get; init; }
}
