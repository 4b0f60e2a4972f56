using System.Net;
using CentralOps.Access.CallerContext;
using CentralOps.Aws.Calls;
using CentralOps.Cli.Running;
using CentralOps.Cli.Up;
using CentralOps.Cli.Up.RealAccounts;
using CentralOps.Gateway;
using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Storage.Sealing;
using CentralOps.Profiles;
using Microsoft.Extensions.Logging;

namespace CentralOps.Cli.Serve;

/// <summary>The gateway alone: a control plane and what is managed there, over one store. Several on one store are replicas.</summary>
internal sealed class ServeSession : IUpSession
{
    private readonly ServeOptions _options;
    private readonly HttpMessageInvoker _http;
    private readonly DateTimeOffset _startedAt;
    private ManagerKey? _manager;
    private CallerSigner? _signer;
    private string _region = "";
    private IStore? _store;
    private GatewayHost? _host;

    private ServeSession(ServeOptions options, HttpMessageInvoker http, DateTimeOffset startedAt) => (_options, _http, _startedAt) = (options, http, startedAt);

    /// <summary>Name and MCP URL of each gateway that is served now.</summary>
    public IReadOnlyList<(string Name, Uri Url)> Gateways => [.. _host!.Server.Served().Select(gateway => (gateway.Name, _host.Server.UrlOf(gateway.GatewayId)))];

    public UpState State => new(
        Gateways is [var (_, only), ..] ? only.AbsoluteUri : _host!.Server.Url.AbsoluteUri,
        SandboxUrl: null,
        _options.NoAuth ? "none" : "iam",
        _region,
        _manager is { } manager ? new ControlCredentials(manager.Credentials.AccessKeyId, manager.Credentials.SecretAccessKey) : null,
        new UpPorts(_host!.Server.Url.Port, 0),
        [new UpProcess("serve", Environment.ProcessId, "running")],
        _startedAt)
    {
        ControlUrl = _host.ControlUrl.GetLeftPart(UriPartial.Authority),
    };

    /// <param name="variable">The process environment.</param>
    public static async Task<ServeSession> StartAsync(ServeOptions options, Func<string, string?> variable, ILoggerFactory logging, TimeProvider time, CancellationToken cancellationToken)
    {
        // 1. Settings, all that is wrong with them at once.
        var problems = new List<string>();
        var profile = ProfileSettings.Open(options.Profile, variable, time, problems);
        var transport = profile is null ? HttpSettings.None : ProfileSettings.Transport(profile, problems);
        var session = new ServeSession(options, new HttpMessageInvoker(AwsHttp.CreateHandler(transport)), time.GetUtcNow());
        try
        {
            // The gateway itself waits out a function's throttles.
            var client = profile is null ? null : ProfileSettings.Client(profile, session._http, time, problems, new AwsClientOptions { MaxAttempts = 1, AttemptTimeout = TimeSpan.FromSeconds(65) });
            session._region = options.Settings.Region ?? ProfileSettings.RegionOf(profile, problems).ToString();
            session._signer = SigningKey.Read(variable, time, problems);
            session.TakeManager(variable, problems);
            if (problems.Count > 0)
            {
                throw new CommandFailedException(string.Join('\n', problems));
            }

            // 2. What is kept, and what serves it.
            session._store = await KeptStore.OpenAsync(options.StateDirectory, options.DatabaseUrl, time, logging, cancellationToken);
            session._host = await GatewayHost.StartAsync(session.HostOptions(profile!, client!, transport, logging, time), cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        _signer?.Dispose();
        _http.Dispose();
    }

    private string AccountId => _options.Settings.AccountId ?? UpOptions.CentralAccount;

    private void TakeManager(Func<string, string?> variable, List<string> problems)
    {
        if (_options.NoAuth)
        {
            return;
        }

        var principal = $"arn:aws:iam::{AccountId}:user/Operator";
        _manager = ManagerKey.Read(variable, principal, problems) ?? ManagerKey.New(principal);
    }

    private GatewayHostOptions HostOptions(AwsProfile profile, AwsClient client, HttpSettings transport, ILoggerFactory logging, TimeProvider time) => new()
    {
        Serving = new GatewayOptions
        {
            Address = _options.Address,
            Port = _options.Port,
            Region = _region,
            Aws = client,
            RoleCredentials = profile.Credentials.GetAsync,
            // Who manages may call as well; everybody else by what the settings admit.
            Keys = _manager,
            Access = _options.Access,
            CallerSigner = _signer,
            Logging = logging,
            Time = time,
        },
        Store = _store!,
        Sealer = new Sealer(KeptStore.Keys(_options.StateDirectory, _options.MasterKey, time)),
        AccountId = AccountId,
        ControlPort = Ports.Beside(_options.Port, 1, _options.Address),
        ControlKeys = _manager,
        // What runs beside a gateway of one's own machine may be its target; another has to be told.
        Outbound = OutboundRules.Strict with { AllowLoopback = IPAddress.IsLoopback(_options.Address) },
        Http = transport,
        Settings = _options.Settings,
        Environment = ProcessEnvironment.Read,
    };
}
