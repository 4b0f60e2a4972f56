using CentralOps.Gateway.Control;
using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Settings;
using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Synchronizing;
using CentralOps.Gateway.Targets.McpServers;

namespace CentralOps.Gateway;

/// <summary>
/// A gateway as AgentCore is one: a control plane, and a data plane that serves what is managed there, over one store. Several hosts on one store
/// are replicas. Disposing it leaves the store open.
/// </summary>
public sealed class GatewayHost : IAsyncDisposable
{
    private readonly HttpMessageInvoker _outbound;
    private readonly ControlPlane _control;
    private readonly Installation _installation;

    private GatewayHost(Installation installation, HttpMessageInvoker outbound, ControlPlane control, GatewayServer server) =>
        (_installation, _outbound, _control, Server) = (installation, outbound, control, server);

    /// <summary>The data plane.</summary>
    public GatewayServer Server { get; }

    /// <summary>The control plane's endpoint: <c>AWS_ENDPOINT_URL_BEDROCK_AGENTCORE_CONTROL</c>.</summary>
    public Uri ControlUrl => _control.Url;

    /// <exception cref="GatewayStartException">A setting is wrong, or a port is taken.</exception>
    public static async Task<GatewayHost> StartAsync(GatewayHostOptions options, CancellationToken cancellationToken)
    {
        var installation = Installation.Of(options);
        options = installation.Options;
        var (store, sealer, serving) = (options.Store, options.Sealer, options.Serving);
        var outbound = OutboundHttp.Create(options.Outbound, serving.Time, options.Http);
        ControlPlane? control = null;
        try
        {
            var servers = new McpTargets(new McpTargetOptions
            {
                Http = outbound,
                RoleCredentials = serving.RoleCredentials,
                Providers = ControlPlane.OpenCredentialProviders(store, sealer, serving.Region, options.AccountId),
                Time = serving.Time,
                Timeout = serving.InvocationTimeout,
            });

            // The data plane's address is part of what the control plane answers, and the control plane's gateways are what the data plane serves: the
            // address is asked for with each answer, and there is none before both are up.
            GatewayServer? server = null;
            control = await ControlPlane.StartAsync(
                options.Control(new TargetSynchronizer(servers, serving.Time), id => server?.UrlOf(id).AbsoluteUri ?? ""), cancellationToken);
            server = await GatewayServer.StartAsync(
                serving with { Gateway = null, Source = control.Source, McpServers = servers.Open, Discovery = outbound }, cancellationToken);
            return new GatewayHost(installation, outbound, control, server);
        }
        catch
        {
            if (control is not null)
            {
                await control.DisposeAsync();
            }

            outbound.Dispose();
            installation.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The doors first: work in progress is left to the next start.
        await Server.DisposeAsync();
        await _control.DisposeAsync();
        _outbound.Dispose();
        _installation.Dispose();
    }
}
