using System.Net;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;
using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Synchronizing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralOps.Gateway.Control;

/// <summary>What a control plane needs. Several processes may share one store: each runs a control plane of its own.</summary>
public sealed record ControlOptions
{
    /// <summary>Where to listen.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0 takes any free port.</summary>
    public int Port { get; init; }

    /// <summary>Stays the caller's: it is not disposed with the control plane.</summary>
    public required IStore Store { get; init; }

    public required ISecretSealer Sealer { get; init; }

    public required ITargetSynchronizer Synchronizer { get; init; }

    /// <summary>The account that resources belong to: twelve digits.</summary>
    public required string AccountId { get; init; }

    public required string Region { get; init; }

    /// <summary>Where a gateway's MCP endpoint is, by its id; asked with every answer.</summary>
    public required Func<string, string> GatewayUrl { get; init; }

    /// <summary>The keys that requests are signed with. Null takes requests without a signature, on loopback only.</summary>
    public IAccessKeys? Keys { get; init; }

    /// <summary>Gateways with authorizer NONE are refused where false. Null: taken where the control plane listens on loopback.</summary>
    public bool? AllowNoAuthorizer { get; init; }

    /// <summary>Host names, beside loopback, that a request may be addressed to, without a port.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Origins, beside loopback, that a browser may come from.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Reads tool schemas from S3; null: those targets fail, and say why. It has to read answers of 10 MB.</summary>
    public AwsClient? Aws { get; init; }

    /// <summary>Credentials of the gateway's role; needed with <see cref="Aws"/>.</summary>
    public Func<CancellationToken, ValueTask<AwsCredentials>>? RoleCredentials { get; init; }

    /// <summary>Tools in this process, by name: what the connector <c>centralops-builtin:NAME</c> offers. Every replica has to have the same.</summary>
    public IReadOnlyDictionary<string, TargetCatalog> Builtins { get; init; } = new Dictionary<string, TargetCatalog>(StringComparer.Ordinal);

    public ControlSwitches Switches { get; init; } = new();

    /// <summary>Adds to a gateway what the API has no member for: tool sets, further authorizers, switches of the data plane. Asked once for each version of it.</summary>
    public Func<GatewayConfig, GatewayConfig> Complete { get; init; } = static gateway => gateway;

    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal bool HttpLoopbackAllowed => Switches.AllowHttpLoopback ?? IPAddress.IsLoopback(Address);

    internal bool NoAuthorizerAllowed => AllowNoAuthorizer ?? IPAddress.IsLoopback(Address);
}
