using System.Net;
using CentralOps.Accounts.Credentials;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Proxy.Identities;

namespace CentralOps.Proxy.Upstreams;

/// <summary>How an MCP server is reached.</summary>
public sealed record UpstreamOptions
{
    public required UpstreamAddress Address { get; init; }

    /// <summary>Sessions of roles, made, kept and renewed.</summary>
    public required CredentialBroker Broker { get; init; }

    /// <summary>What every session is held to; null: nothing but its role (<see cref="Own"/> has to be there then).</summary>
    public required SessionConfinement? Confinement { get; init; }

    /// <summary>What identities without a role sign with; only where nothing is confined. Null: such an identity is a fault.</summary>
    public ICredentialSource? Own { get; init; }

    /// <summary>Proxy and trusted roots.</summary>
    public HttpSettings Transport { get; init; } = HttpSettings.None;

    /// <summary>How long one call may take, waiting for quotas and sessions included; 1 second to 15 minutes.</summary>
    public TimeSpan Timeout
    {
        get;
        init => field = value >= TimeSpan.FromSeconds(1) && value <= TimeSpan.FromMinutes(15)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A call may take 1 second to 15 minutes.");
    } = TimeSpan.FromMinutes(2);

    /// <summary>How often a call is made again that did not reach the server, or whose connection broke and that may be repeated; 0 to 10.</summary>
    public int Retries
    {
        get;
        init => field = value is >= 0 and <= 10 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "0 to 10 retries.");
    } = 2;

    /// <summary>What the server takes of one account.</summary>
    public UpstreamQuotas Quotas { get; init; } = UpstreamQuotas.Open;

    /// <summary>Identities whose connections and session are kept at most, 1 or more; the one that was used longest ago goes first.</summary>
    public int MaxIdentities { get; init; } = 200;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Spreads retries.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>What names stand for; null: the system's resolver.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>>? Resolve { get; init; }
}

/// <summary>What an MCP server takes of one account.</summary>
/// <param name="PerSecond">Requests a second, sustained; null where it is not published.</param>
/// <param name="Burst">Requests that may come at once after a pause.</param>
/// <param name="Concurrency">Calls under way at once.</param>
public sealed record UpstreamQuotas(double? PerSecond, int Burst, int Concurrency)
{
    /// <summary>Nothing is published.</summary>
    public static UpstreamQuotas Open { get; } = new(null, 1, 64);

    /// <summary>
    /// The AWS MCP Server's: 3 requests a second and 27 connections. Two connections are left for what runs beside calls: farewells and cancellations.
    /// </summary>
    public static UpstreamQuotas AwsMcpServer { get; } = new(3, 3, 25);

    public static UpstreamQuotas Of(UpstreamAddress address) => string.Equals(address.Service, "aws-mcp", StringComparison.Ordinal) ? AwsMcpServer : Open;
}
