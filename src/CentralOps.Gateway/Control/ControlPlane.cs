using System.Net;
using System.Text.RegularExpressions;
using CentralOps.Gateway.Control.Credentials;
using CentralOps.Gateway.Control.Provisioning;
using CentralOps.Gateway.Control.Served;
using CentralOps.Gateway.Control.Serving;
using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Serving;
using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Control;

/// <summary>
/// AgentCore Gateway's control plane, served: AWS's SDKs and CLI manage gateways through it, and a data plane serves them from <see cref="Source"/>.
/// Disposing it stops the server and the work in progress, which another replica, or the next start, takes up.
/// </summary>
public sealed partial class ControlPlane : IAsyncDisposable
{
    private readonly ControlServer _server;
    private readonly Provisioner _provisioner;

    private ControlPlane(ControlServer server, Provisioner provisioner, IGatewaySource source, ICredentialProviders providers) =>
        (_server, _provisioner, Source, CredentialProviders) = (server, provisioner, source, providers);

    /// <summary>The endpoint for SDKs: <c>AWS_ENDPOINT_URL_BEDROCK_AGENTCORE_CONTROL</c>.</summary>
    public Uri Url => _server.Url;

    /// <summary>The gateways that are managed here, for a data plane.</summary>
    public IGatewaySource Source { get; }

    /// <summary>The credential providers that are managed here, for targets. Their secrets are opened for one use.</summary>
    public ICredentialProviders CredentialProviders { get; }

    /// <summary>Credential providers over a store without a control plane: for what a control plane needs before it starts, such as its synchronizer.</summary>
    public static ICredentialProviders OpenCredentialProviders(Storage.IStore store, Storage.ISecretSealer sealer, string region, string accountId) =>
        new StoredCredentialProviders(store, sealer, new Arns(region, accountId));

    /// <exception cref="GatewayStartException">A setting is wrong, or the port is taken.</exception>
    public static async Task<ControlPlane> StartAsync(ControlOptions options, CancellationToken cancellationToken)
    {
        Check(options);
        ControlContext? context = null;
        var server = await ControlServer.StartAsync(options, Compose, cancellationToken);
        var provisioner = new Provisioner(context!, options.Logging.CreateLogger<Provisioner>());
        provisioner.Start();
        Listening(options.Logging.CreateLogger<ControlPlane>(), server.Url);
        return new ControlPlane(
            server, provisioner, new StoredGateways(context!, options.Logging.CreateLogger<StoredGateways>()),
            new StoredCredentialProviders(options.Store, options.Sealer, context!.Arns));

        ControlFront Compose(Uri url)
        {
            context = new ControlContext(options, url);
            return new ControlFront(
                new HostRules(options.Address, options.AllowedHosts, options.AllowedOrigins),
                new ControlCallers(options.Keys, options.Region, options.Time),
                new Throttles(options.Switches.Throttles, options.Time),
                new ControlOperations(context),
                options.HttpLoopbackAllowed,
                options.Logging.CreateLogger<ControlFront>());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _provisioner.DisposeAsync();
    }

    private static void Check(ControlOptions options)
    {
        var problem = options switch
        {
            { Keys: null } when !IPAddress.IsLoopback(options.Address) =>
                $"A control plane without access keys on {options.Address} would let anybody on the network manage it. Listen on 127.0.0.1, or set Keys.",
            { Port: < 0 or > 65535 } => $"Port {options.Port} of the control plane must be 0 (any) to 65535.",
            _ when !Account().IsMatch(options.AccountId) => $"AccountId '{options.AccountId}' must be twelve digits.",
            _ => null,
        };
        if (problem is not null)
        {
            throw new GatewayStartException(problem);
        }
    }

    [GeneratedRegex(@"\A[0-9]{12}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Account();

    [LoggerMessage(LogLevel.Information, "The control plane answers at {Url}.")]
    private static partial void Listening(ILogger log, Uri url);
}
