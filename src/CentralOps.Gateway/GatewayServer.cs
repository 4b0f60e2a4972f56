using System.Net;
using CentralOps.Gateway.Callers;
using CentralOps.Gateway.Catalog;
using CentralOps.Gateway.Discovery;
using CentralOps.Gateway.Mcp;
using CentralOps.Gateway.Serving;
using CentralOps.Gateway.Targets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CentralOps.Gateway;

/// <summary>A gateway that is up and serves. Disposing it stops it: running calls get a few seconds to end.</summary>
public sealed partial class GatewayServer : IAsyncDisposable
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(5);

    private readonly KestrelServer _kestrel;
    private readonly ToolSearch? _search;
    private readonly TimeProvider _time;

    private GatewayServer(KestrelServer kestrel, ToolSearch? search, Uri mcpUrl, TimeProvider time)
    {
        _kestrel = kestrel;
        _search = search;
        McpUrl = mcpUrl;
        _time = time;
    }

    /// <summary>Where clients connect: <c>http://127.0.0.1:PORT/{gatewayId}/mcp</c>.</summary>
    public Uri McpUrl { get; }

    /// <summary>Checks the settings and starts to listen.</summary>
    /// <exception cref="GatewayStartException">A setting is wrong or the port is taken.</exception>
    public static async Task<GatewayServer> StartAsync(GatewayOptions options, CancellationToken cancellationToken)
    {
        var endpoint = Compose(options, out var search);
        var path = $"/{options.Gateway!.GatewayId}/mcp";
        var application = new GatewayApplication(path, endpoint, options.Logging.CreateLogger<GatewayApplication>());
        var kestrel = CreateKestrel(options);
        try
        {
            await kestrel.StartAsync(application, cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await AbandonAsync(kestrel, search);
            throw new GatewayStartException($"Port {options.Port} on {options.Address} is taken by another process. Stop it, or choose another port.", e);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            await AbandonAsync(kestrel, search);
            throw new GatewayStartException(
                $"The gateway cannot listen on {options.Address}, port {options.Port}. Choose an address of this machine and a port that is allowed.", e);
        }

        var url = new Uri(new Uri(kestrel.Features.Get<IServerAddressesFeature>()!.Addresses.First()), path);
        Listening(options.Logging.CreateLogger<GatewayServer>(), options.Gateway.GatewayId, url, options.Gateway.Targets.Count);
        return new GatewayServer(kestrel, search, url, options.Time);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(StopWithin, _time);
        await _kestrel.StopAsync(patience.Token);
        await AbandonAsync(_kestrel, _search);
    }

    private static async ValueTask AbandonAsync(KestrelServer kestrel, ToolSearch? search)
    {
        kestrel.Dispose();
        if (search is not null)
        {
            await search.DisposeAsync();
        }
    }

    private static McpEndpoint Compose(GatewayOptions options, out ToolSearch? search)
    {
        var gateway = options.Gateway!;
        var problems = new List<string>();
        GatewayRules.Check(options, problems);
        var tools = new CatalogReader(TargetsOf(gateway, options), options.Logging.CreateLogger<CatalogReader>()).Read(gateway, problems);
        if (problems.Count > 0)
        {
            throw new GatewayStartException(string.Join('\n', problems));
        }

        var version = typeof(GatewayServer).Assembly.GetName().Version!.ToString(3);
        var server = new ServerIdentity(gateway.Name, version, gateway.Instructions, gateway.SupportedVersions);
        ICallers callers = gateway.Authorizer switch
        {
            GatewayAuthorizer.AwsIam => new IamCallers(options.Keys!, options.Region, options.Time),
            GatewayAuthorizer.LocalToken => new TokenCallers(options.LocalToken!),
            _ => new AnonymousCallers(),
        };
        search = ToolSearch.Of(gateway, options);
        search?.Track(tools);
        var catalog = new ToolCatalog(new CatalogView(tools, gateway.Switches.ListPaging, server, search));
        return new McpEndpoint(
            new HostRules(options.Address, options.AllowedHosts, options.AllowedOrigins),
            callers,
            new VersionRules(gateway.SupportedVersions),
            catalog,
            server,
            new ToolCalls(catalog, new ToolResult(server, gateway.Debug), options.Logging.CreateLogger<ToolCalls>()),
            gateway.ResponseStreaming,
            options.Logging.CreateLogger<McpEndpoint>());
    }

    private static Func<TargetConfig, ITarget> TargetsOf(GatewayConfig gateway, GatewayOptions options)
    {
        var throttles = new ThrottleWait(options.ThrottleWait, options.Time, Random.Shared);
        var invoker = new LambdaInvoker(options.Aws, options.RoleCredentials, throttles, options.InvocationTimeout, options.Time);
        return target => target.Endpoint switch
        {
            TargetEndpoint.Lambda lambda => new LambdaTarget(LambdaFunction.Of(gateway, target, lambda.Arn), invoker),
            TargetEndpoint.Builtin builtin => options.Builtins[builtin.Name],
            _ => options.McpServers!(gateway, target),
        };
    }

    private static KestrelServer CreateKestrel(GatewayOptions options)
    {
        var settings = new KestrelServerOptions { AddServerHeader = false };
        settings.Limits.MaxRequestBodySize = Limits.MaxDroppedBytes;
        settings.Limits.MaxRequestHeadersTotalSize = Limits.MaxHeaderBytes;
        settings.Limits.MaxRequestHeaderCount = Limits.MaxHeaders;
        settings.Limits.MaxRequestLineSize = Limits.MaxRequestLineBytes;
        settings.Limits.MaxConcurrentConnections = Limits.MaxConnections;
        settings.Listen(new IPEndPoint(options.Address, options.Port), listen => listen.Protocols = HttpProtocols.Http1);
        return new KestrelServer(
            Options.Create(settings), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), options.Logging), options.Logging);
    }

    [LoggerMessage(LogLevel.Information, "Gateway {GatewayId} answers at {Url} with {Targets} targets.")]
    private static partial void Listening(ILogger log, string gatewayId, Uri url, int targets);
}
