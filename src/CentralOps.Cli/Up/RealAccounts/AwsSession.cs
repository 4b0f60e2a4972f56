using CentralOps.Accounts.Entry;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Cli.Ledgers;
using CentralOps.Cli.Running;
using CentralOps.Gateway;
using CentralOps.Gateway.Targets;
using CentralOps.Ledger;
using CentralOps.Ledger.Writing;
using CentralOps.Profiles;
using CentralOps.Tools;
using Microsoft.Extensions.Logging;

namespace CentralOps.Cli.Up.RealAccounts;

/// <summary>The gateway over real accounts, its tools in this process. Every request needs the token that is made here.</summary>
internal sealed class AwsSession : IUpSession
{
    private readonly HttpMessageInvoker _http;
    private readonly DateTimeOffset _startedAt;
    private readonly RegionName _region;
    private LocalToken? _token;
    private LocalGateway? _gateway;
    private ManagerKey? _manager;
    private LedgerWriter? _ledger;

    private AwsSession(HttpMessageInvoker http, RegionName region, DateTimeOffset startedAt)
    {
        _http = http;
        _region = region;
        _startedAt = startedAt;
    }

    public UpState State => new(
        _gateway!.McpUrl.AbsoluteUri, SandboxUrl: null, "token", _region.ToString(), new ControlCredentials(_manager!.Credentials.AccessKeyId, _manager.Credentials.SecretAccessKey), new UpPorts(_gateway.McpUrl.Port, 0),
        [new UpProcess("up", Environment.ProcessId, "running")], _startedAt)
    {
        GatewayToken = _token!.Token,
        ControlUrl = _gateway.ControlUrl?.GetLeftPart(UriPartial.Authority),
        Search = _gateway.HasSearch,
    };

    /// <param name="variable">The process environment.</param>
    /// <param name="step">Runs one named step of the start; words for the person are its business.</param>
    public static async Task<AwsSession> StartAsync(
        UpOptions options, AwsOptions aws, Func<string, string?> variable, ILoggerFactory logging, TimeProvider time, Func<string, Func<Task>, Task> step, CancellationToken cancellationToken)
    {
        // 1. Settings, all that is wrong with them at once.
        var problems = new List<string>();
        var entry = EntrySettings.Read(variable, problems);
        var profile = ProfileSettings.Open(aws.Profile, variable, time, problems);
        var region = ProfileSettings.RegionOf(profile, problems);
        var session = profile is null ? null : new AwsSession(new HttpMessageInvoker(AwsHttp.CreateHandler(ProfileSettings.Transport(profile, problems))), region, time.GetUtcNow());
        var client = profile is null ? null : ProfileSettings.Client(profile, session!._http, time, problems);
        if (problems.Count > 0)
        {
            session?._http.Dispose();
            throw new CommandFailedException(string.Join('\n', problems));
        }

        try
        {
            // 2. Whose credentials are these, and do they work?
            Person? person = null;
            ProfileWays? ways = null;
            await step("credentials", async () =>
            {
                person = await Person.AskAsync(client!, profile!.Credentials, region, cancellationToken);
                ways = await ProfileWays.ReadAsync(aws, variable, client!, region, time, cancellationToken);
            });
            session!._token = LocalToken.New(person!.Caller);
            session._manager = ManagerKey.New(person.Caller.Principal);

            // 3. The same tools and the same gateway as over the sandbox.
            session._ledger = OpenLedger(options, session._http, logging, time);
            var services = AccountServices.Build(profile!, person, ways!, client!, region, entry, aws, options.Access, session._ledger as ILedger ?? NoLedger.Instance, time);
            await step("gateway", async () => session._gateway = await session.StartGatewayAsync(options, services, client!, profile!, logging, time, cancellationToken));
            return session;
        }
        catch
        {
            await session!.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        if (_ledger is not null)
        {
            await _ledger.DisposeAsync();
        }

        _http.Dispose();
    }

    // What cannot be recorded is refused: better at the start than with each call.
    private static LedgerWriter? OpenLedger(UpOptions options, HttpMessageInvoker http, ILoggerFactory logging, TimeProvider time)
    {
        try
        {
            return options.Ledger.Open(http, Console.OpenStandardOutput, time, new LedgerTrouble(logging.CreateLogger<LedgerTrouble>()).Tell);
        }
        catch (LedgerUnavailableException unavailable)
        {
            throw new CommandFailedException($"The ledger cannot be opened: {unavailable.Message}. (CENTRALOPS_LEDGER=off records nothing.)");
        }
    }

    private Task<LocalGateway> StartGatewayAsync(
        UpOptions options, ToolServices services, AwsClient client, AwsProfile profile, ILoggerFactory logging, TimeProvider time, CancellationToken cancellationToken)
    {
        // The targets of the sandbox' gateway, each answered in this process.
        var functions = FunctionSet.Of(ToolCatalog.Declarations, options.FunctionPer, binary: "", new Uri("http://127.0.0.1"));
        var tools = new ToolTarget(ToolCatalog.Tools, services);
        return LocalGateway.StartAsync(
            new LocalGatewayOptions
            {
                Serving = new GatewayOptions
                {
                    Port = options.Port,
                    Region = _region.ToString(),
                    Aws = client,
                    RoleCredentials = profile.Credentials.GetAsync,
                    LocalToken = _token,
                    Access = options.Access,
                    Builtins = functions.Targets.ToDictionary(static target => target.Name, ITarget (_) => tools, StringComparer.Ordinal),
                    Logging = logging,
                    Time = time,
                },
                Authorizer = GatewayAuthorizer.LocalToken,
                Targets = [.. functions.Targets.Select(static target => target with { Endpoint = new TargetEndpoint.Builtin(target.Name) })],
                BuiltinCatalogs = functions.Targets.ToDictionary(static target => target.Name, static target => target.Catalog, StringComparer.Ordinal),
                StateDirectory = options.StateDirectory,
                DatabaseUrl = options.DatabaseUrl,
                MasterKey = options.MasterKey,
                ControlPort = Ports.Beside(options.Port, 1),
                Manager = _manager!,
                Http = HttpSettings.Read(profile.Setting),
                Settings = options.Settings,
                Search = options.Search,
            },
            cancellationToken);
    }
}
