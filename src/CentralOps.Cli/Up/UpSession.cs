using CentralOps.Access.CallerContext;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Endpoints;
using CentralOps.Cli.Running;
using CentralOps.Cli.Up.Provisioning;
using CentralOps.Gateway;
using CentralOps.Sandbox;
using CentralOps.Tools;
using Microsoft.Extensions.Logging;

namespace CentralOps.Cli.Up;

/// <summary>The sandbox organization, its function processes and the gateway, wired together in this process.</summary>
internal sealed class UpSession : IUpSession
{
    private readonly SandboxServer _sandbox;
    private readonly HttpMessageInvoker _http;
    private readonly UpOptions _options;
    private readonly DateTimeOffset _startedAt;
    private LocalGateway? _gateway;
    private CallerSigner? _signer;

    private UpSession(SandboxServer sandbox, HttpMessageInvoker http, UpOptions options, DateTimeOffset startedAt)
    {
        _sandbox = sandbox;
        _http = http;
        _options = options;
        _startedAt = startedAt;
    }

    /// <param name="step">Runs one named step of the start; words for the person are its business.</param>
    public static async Task<UpSession> StartAsync(UpOptions options, ILoggerFactory logging, TimeProvider time, Func<string, Func<Task>, Task> step, CancellationToken cancellationToken)
    {
        UpSession? session = null;
        try
        {
            var binary = FunctionBinary();
            await step("sandbox organization", async () =>
            {
                var sandbox = await StartSandboxAsync(options, logging, time, cancellationToken);
                session = new UpSession(sandbox, new HttpMessageInvoker(AwsHttp.CreateHandler()), options, time.GetUtcNow());
            });
            var callerKeys = session!.MakeSigner(options, time);
            var variables = FunctionVariables.Of(options, callerKeys);
            var functions = FunctionSet.Of(ToolCatalog.Declarations, options.FunctionPer, binary, session._sandbox.Url, variables);
            await step($"functions ({string.Join(", ", functions.Functions.Select(function => function.Name))})", () =>
            {
                foreach (var function in functions.Functions)
                {
                    session._sandbox.Deploy(function);
                }

                session._sandbox.Deploy(FunctionSet.Wrapper(binary, session._sandbox.Url, variables));

                return Task.CompletedTask;
            });
            await step("gateway", async () => session._gateway = await session.StartGatewayAsync(functions, logging, time, cancellationToken));
            return session;
        }
        catch
        {
            if (session is not null)
            {
                await session.DisposeAsync();
            }

            throw;
        }
    }

    public UpState State => new(
        _gateway!.McpUrl.AbsoluteUri,
        _sandbox.Url.GetLeftPart(UriPartial.Authority),
        _options.Auth == UpAuth.Iam ? "iam" : "none",
        UpOptions.Region,
        new ControlCredentials(_sandbox.Operator.AccessKeyId, _sandbox.Operator.SecretAccessKey),
        new UpPorts(_gateway.McpUrl.Port, _sandbox.Url.Port),
        [
            new UpProcess("up", Environment.ProcessId, "running"),
            .. _sandbox.Processes.Select(process => new UpProcess(process.Function, process.ProcessId, process.State)),
        ],
        _startedAt)
    {
        ControlUrl = _gateway.ControlUrl?.GetLeftPart(UriPartial.Authority),
        Search = _gateway.HasSearch,
    };

    public async ValueTask DisposeAsync()
    {
        // The door first: nothing new comes in while the functions are stopped.
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        await _sandbox.DisposeAsync();
        _signer?.Dispose();
        _http.Dispose();
    }

    /// <summary>Where every caller is identified, functions are told who calls; anonymous ones they would refuse.</summary>
    /// <returns>The keys that functions verify with; null where they are told nothing.</returns>
    private string? MakeSigner(UpOptions options, TimeProvider time)
    {
        if (options.Auth != UpAuth.Iam)
        {
            return null;
        }

        _signer = CallerSigner.New(time, out var publicKeys);
        return publicKeys;
    }

    private static async Task<SandboxServer> StartSandboxAsync(UpOptions options, ILoggerFactory logging, TimeProvider time, CancellationToken cancellationToken)
    {
        return await SandboxServer.StartAsync(new SandboxOptions { Port = Ports.Beside(options.Port, 1), Estate = options.Estate(), Logging = logging, Time = time }, cancellationToken);
    }

    private Task<LocalGateway> StartGatewayAsync(FunctionSet functions, ILoggerFactory logging, TimeProvider time, CancellationToken cancellationToken)
    {
        var endpoint = _sandbox.Url.GetLeftPart(UriPartial.Authority);
        var endpoints = new EndpointResolver(EndpointOverrides.Read(name => string.Equals(name, "AWS_ENDPOINT_URL", StringComparison.Ordinal) ? endpoint : null));
        var role = new RoleSession(_sandbox, GatewayPlan.RoleArn, "gateway", time);
        return LocalGateway.StartAsync(
            new LocalGatewayOptions
            {
                Serving = new GatewayOptions
                {
                    Port = _options.Port,
                    Region = UpOptions.Region,
                    // The gateway itself waits out a function's throttles.
                    Aws = new AwsClient(_http, endpoints, time, new AwsClientOptions { MaxAttempts = 1, AttemptTimeout = TimeSpan.FromSeconds(65) }),
                    RoleCredentials = role.GetAsync,
                    Keys = _sandbox.Keys,
                    Access = _options.Access,
                    CallerSigner = _signer,
                    Logging = logging,
                    Time = time,
                },
                Authorizer = _options.Auth == UpAuth.Iam ? GatewayAuthorizer.AwsIam : GatewayAuthorizer.None,
                Targets = functions.Targets,
                StateDirectory = _options.StateDirectory,
                DatabaseUrl = _options.DatabaseUrl,
                MasterKey = _options.MasterKey,
                ControlPort = Ports.Beside(_options.Port, 2),
                Manager = new ManagerKey(_sandbox.Operator, $"arn:aws:iam::{UpOptions.CentralAccount}:user/Operator"),
                Settings = _options.Settings,
                Search = _options.Search,
            },
            cancellationToken);
    }

    private static string FunctionBinary()
    {
        // Published side by side by ./centralops.
        var path = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "function", "bootstrap"));
        return File.Exists(path)
            ? path
            : throw new CommandFailedException($"The function binary is not at {path}: start CentralOps through ./centralops, which builds it.");
    }
}
