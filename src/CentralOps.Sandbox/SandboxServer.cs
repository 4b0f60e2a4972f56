using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;
using CentralOps.Sandbox.AwsMcp;
using CentralOps.Sandbox.Control;
using CentralOps.Sandbox.Faults;
using CentralOps.Sandbox.Front;
using CentralOps.Sandbox.Identity;
using CentralOps.Sandbox.Lambda;
using CentralOps.Sandbox.Lambda.Urls;
using CentralOps.Sandbox.Lambda.Workers;
using CentralOps.Sandbox.Operations;
using CentralOps.Sandbox.Trail;
using Microsoft.Extensions.Logging;

namespace CentralOps.Sandbox;

/// <summary>An AWS organization in one process, on AWS's own wire protocols, on one port of 127.0.0.1.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private static readonly TimeSpan FunctionKeysLifetime = TimeSpan.FromHours(6);

    private readonly SandboxOptions _options;
    private readonly IdentityDirectory _directory;
    private readonly AccessKeyStore _keys;
    private readonly FunctionRegistry _functions = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TimeProvider _time;
    private readonly Router _router;
    private readonly StandIn _awsMcp;
    private LoopbackServer? _server;

    private SandboxServer(SandboxOptions options)
    {
        _options = options;
        _directory = new IdentityDirectory(options.Estate);
        // The faults keep the right time, everything else goes by the clock that they may set wrong.
        _time = new SkewedTime(options.Time, () => Faults!.Skew);
        _keys = new AccessKeyStore(_time) { ShortestLifetime = accountId => Faults!.SessionLifetime(accountId) };
        Services = Front.Services.Of(options.Estate, _directory, _keys, _functions, options.Models, _time);
        _router = new Router(Services);
        var operations = Services.ToDictionary(
            service => service.Model.Name, IReadOnlySet<string> (service) => service.OperationNames.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        _awsMcp = new StandIn(options.AwsMcp, _keys, [.. operations.Keys], () => Url, options.Time, options.Logging, _stopping.Token);
        operations.Add(McpDoor.SigningName, new HashSet<string>(StringComparer.Ordinal) { McpDoor.Operation });
        Faults = new FaultRegistry(options.Time, new FaultRules(options.Estate, operations));
        Keys = new GatewayCallers(_keys, options.Estate);
        Operator = _keys.IssueLongLived(_directory.Operator.ToPrincipal());
    }

    /// <summary>Where every service answers.</summary>
    public Uri Url => _server!.Url;

    /// <summary>The keys of those who may invoke a gateway; a gateway verifies its callers with them.</summary>
    public IAccessKeys Keys { get; }

    /// <summary>The long-lived key of the user <c>Operator</c> in 111111111111, made at start.</summary>
    public AwsCredentials Operator { get; }

    internal IReadOnlyList<Service> Services { get; }

    /// <summary>What goes wrong on demand.</summary>
    public FaultRegistry Faults { get; }

    /// <summary>Who called what.</summary>
    public TrailLog Trail { get; } = new();

    /// <summary>The processes that run functions now.</summary>
    public IReadOnlyList<FunctionProcess> Processes => _functions.Processes;

    /// <summary>Throws <see cref="IOException"/> when the port is taken.</summary>
    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        var sandbox = new SandboxServer(options);
        var authorizer = new Authorizer(options.Estate);
        var door = new FrontDoor(
            sandbox._keys,
            sandbox._router,
            authorizer,
            sandbox.Faults,
            sandbox.Trail,
            new ControlDoor(options.Estate, sandbox._keys, sandbox.Operator.AccessKeyId, sandbox.Faults, sandbox.Trail, options.Time),
            new McpDoor(
                options.AwsMcp, sandbox._keys, authorizer, sandbox.Faults, sandbox.Trail, sandbox._awsMcp.Endpoint, sandbox._time, options.Time, options.Logging.CreateLogger<McpDoor>()),
            new UrlDoor(options.Estate, sandbox._functions, sandbox._keys, authorizer, sandbox.Trail, sandbox._time),
            sandbox._time,
            options.Logging.CreateLogger<FrontDoor>(),
            sandbox._stopping.Token);
        sandbox._server = await LoopbackServer.StartAsync(options.Port, FrontDoor.MaxBodyBytes, door.AnswerAsync, options.Logging, cancellationToken);
        return sandbox;
    }

    /// <summary>
    /// The keys that an AWS service gets for a role that it runs as, such as a gateway's or a function's role.
    /// Throws <see cref="ArgumentException"/> when the role is not there.
    /// </summary>
    public AwsCredentials SessionOf(string roleArn, string sessionName, TimeSpan lifetime)
    {
        if (!_directory.TryFindRole(roleArn, out var role))
        {
            throw new ArgumentException($"'{roleArn}' is not a role of the estate.", nameof(roleArn));
        }

        return _keys.IssueSession(role.Session(sessionName), lifetime);
    }

    /// <summary>
    /// Makes a function callable; its processes start when it is called. Throws <see cref="ArgumentException"/> that names the property
    /// which does not fit.
    /// </summary>
    public void Deploy(FunctionDefinition function)
    {
        FunctionRules.Check(function, _directory);
        var workers = new WorkerPool(
            function, () => SessionOf(function.RoleArn, function.Name, FunctionKeysLifetime), Url, _options.Logging, _options.Time, _stopping.Token);
        var events = new AsyncEvents(function.Name, workers, _options.Time, _options.Logging.CreateLogger<AsyncEvents>(), _stopping.Token);
        _functions.Deploy(new Function(function, workers, events));
    }

    /// <summary>The function URL of a function that was deployed with one; what is put behind it is the path that the function sees.</summary>
    public Uri FunctionUrlOf(FunctionDefinition function) => FunctionUrl.Of(Url, function.Arn);

    /// <summary>Stops listening and ends every function process; none is left when it returns.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        await _functions.DisposeAsync();
        await _awsMcp.DisposeAsync();
        _stopping.Dispose();
    }
}
