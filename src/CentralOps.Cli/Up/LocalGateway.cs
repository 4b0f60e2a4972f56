using CentralOps.Aws.Calls;
using CentralOps.Cli.Control;
using CentralOps.Cli.Serve;
using CentralOps.Cli.Up.Provisioning;
using CentralOps.Gateway;
using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Settings;
using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Storage.Sealing;

namespace CentralOps.Cli.Up;

/// <summary>The gateway that 'up' serves, whatever is behind it: its store, its control plane, and its own gateway made through that.</summary>
internal sealed class LocalGateway : IAsyncDisposable
{
    private const string Name = "central-ops-gateway";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan ServedWithin = TimeSpan.FromSeconds(10);

    private readonly IStore? _store;
    private readonly GatewayHost? _host;
    private readonly GatewayServer _server;

    private LocalGateway(GatewayServer server, string gatewayId) => (_server, McpUrl) = (server, server.UrlOf(gatewayId));

    private LocalGateway(IStore store, GatewayHost host, string gatewayId)
        : this(host.Server, gatewayId) => (_store, _host) = (store, host);

    /// <summary>Where clients of 'up's own gateway connect.</summary>
    public Uri McpUrl { get; }

    /// <summary>Null where nothing is kept.</summary>
    public Uri? ControlUrl => _host?.ControlUrl;

    /// <summary>Tools can be searched for: decided when the gateway was made.</summary>
    public bool HasSearch { get; private init; }

    public static Task<LocalGateway> StartAsync(LocalGatewayOptions options, CancellationToken cancellationToken) =>
        options.StateDirectory is { } directory ? StartKeptAsync(directory, options, cancellationToken) : StartFixedAsync(options, cancellationToken);

    /// <summary>One gateway for one question: no store, no control plane.</summary>
    private static async Task<LocalGateway> StartFixedAsync(LocalGatewayOptions options, CancellationToken cancellationToken)
    {
        var gateway = new GatewayConfig
        {
            GatewayId = Name, Name = Name, Authorizer = options.Authorizer, Debug = true, Instructions = GatewayPlan.Instructions, Targets = options.Targets, Switches = options.Settings.Switches.Serving,
        };
        return new LocalGateway(await GatewayServer.StartAsync(options.Serving with { Gateway = gateway }, cancellationToken), gateway.GatewayId);
    }

    private static async Task<LocalGateway> StartKeptAsync(string directory, LocalGatewayOptions options, CancellationToken cancellationToken)
    {
        // Gateways and targets that people make stay from one run to the next.
        var store = await KeptStore.OpenAsync(directory, options.DatabaseUrl, options.Serving.Time, options.Serving.Logging, cancellationToken);
        GatewayHost? host = null;
        try
        {
            host = await GatewayHost.StartAsync(HostOptions(directory, options, store), cancellationToken);
            using var control = ControlSession.Of(host.ControlUrl, options.Manager.Credentials, options.Serving.Region, options.Serving.Time);
            var gatewayId = await ProvisionAsync(control, PlanOf(options), cancellationToken);
            await ServedAsync(host, gatewayId, options, cancellationToken);
            return new LocalGateway(store, host, gatewayId) { HasSearch = host.Server.Served(gatewayId) is { Search: true } };
        }
        catch
        {
            if (host is not null)
            {
                await host.DisposeAsync();
            }

            await store.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (_host?.DisposeAsync() ?? _server.DisposeAsync());
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }
    }

    // Ready in the control plane is served a moment later; 'up' is up when its tools are there.
    private static async Task ServedAsync(GatewayHost host, string gatewayId, LocalGatewayOptions options, CancellationToken cancellationToken)
    {
        var time = options.Serving.Time;
        for (var startedAt = time.GetTimestamp(); !IsComplete(host.Server.Served(gatewayId), options); await Task.Delay(Look, time, cancellationToken))
        {
            if (time.GetElapsedTime(startedAt) > ServedWithin)
            {
                throw new CommandFailedException("The gateway was set up and is not served; 'up --verbose' says why.");
            }
        }
    }

    private static bool IsComplete(GatewayConfig? served, LocalGatewayOptions options) =>
        served is not null && options.Targets.All(wanted => served.Targets.Any(target => string.Equals(target.Name, wanted.Name, StringComparison.Ordinal) && target.Catalog.Tools.Count == wanted.Catalog.Tools.Count));

    private static GatewayHostOptions HostOptions(string directory, LocalGatewayOptions options, IStore store) => new()
    {
        Serving = options.Serving,
        Store = store,
        Sealer = new Sealer(KeptStore.Keys(directory, options.MasterKey, options.Serving.Time)),
        AccountId = UpOptions.CentralAccount,
        ControlPort = options.ControlPort,
        ControlKeys = options.Manager,
        // It is one person's machine: what runs beside it may be a target.
        Outbound = OutboundRules.Strict with { AllowLoopback = true },
        Http = options.Http,
        BuiltinCatalogs = options.BuiltinCatalogs,
        Settings = options.Settings,
        Environment = ProcessEnvironment.Read,
        Complete = gateway => gateway with
        {
            Authorizer = options.Authorizer == GatewayAuthorizer.LocalToken ? GatewayAuthorizer.LocalToken : gateway.Authorizer,
        },
    };

    private static GatewayPlan PlanOf(LocalGatewayOptions options) => options.Authorizer switch
    {
        GatewayAuthorizer.None => new(Name, "NONE", options.Search, [.. options.Targets.Select(TargetPlan.Of)]),
        GatewayAuthorizer.AwsIam => new(Name + "-iam", "AWS_IAM", options.Search, [.. options.Targets.Select(TargetPlan.Of)]),
        // The API knows no local token; until it is put in its place nobody gets in.
        _ => new(Name + "-aws", "AWS_IAM", options.Search, [.. options.Targets.Select(TargetPlan.Of)]),
    };

    private static async Task<string> ProvisionAsync(ControlSession control, GatewayPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            return await new GatewayProvisioner(control).ApplyAsync(plan, cancellationToken);
        }
        catch (ControlRefusedException refused)
        {
            throw new CommandFailedException($"The gateway could not be set up: {refused.Message}");
        }
    }
}

/// <summary>What 'up's gateway is made of.</summary>
internal sealed record LocalGatewayOptions
{
    public required GatewayOptions Serving { get; init; }

    public required GatewayAuthorizer Authorizer { get; init; }

    public required IReadOnlyList<TargetConfig> Targets { get; init; }

    public IReadOnlyDictionary<string, TargetCatalog> BuiltinCatalogs { get; init; } = new Dictionary<string, TargetCatalog>(StringComparer.Ordinal);

    /// <summary>Null: nothing is kept, and nothing can be managed.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>Null: a file in the state directory.</summary>
    public string? DatabaseUrl { get; init; }

    /// <summary>Null: a file in the state directory.</summary>
    public string? MasterKey { get; init; }

    public int ControlPort { get; init; }

    /// <summary>Who may manage gateways here.</summary>
    public required ManagerKey Manager { get; init; }

    public HttpSettings? Http { get; init; }

    /// <summary>What the gateway is told beside the API.</summary>
    public GatewaySettings Settings { get; init; } = GatewaySettings.None;

    /// <summary>A gateway that is made now offers the tool that searches tools.</summary>
    public bool Search { get; init; } = true;
}
