using System.Net;
using CentralOps.Gateway.Serving;
using CentralOps.Gateway.Targets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CentralOps.Gateway;

/// <summary>The server of one gateway, or of all of a source, up and serving. Disposing it stops it: running calls get a few seconds to end.</summary>
public sealed partial class GatewayServer : IAsyncDisposable
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(5);

    // A request runs on the pool's thread that its bytes came in on, and is not handed from thread to thread on the way: that is a good part of what a
    // request costs. It asks that nothing here waits for something without awaiting it; other connections' bytes are taken up by other threads.
    private static readonly SocketTransportOptions Transport = new() { UnsafePreferInlineScheduling = true };

    private readonly KestrelServer _kestrel;
    private readonly GatewayTable _table;
    private readonly TimeProvider _time;
    private readonly GatewayConfig? _gateway;
    private readonly CancellationTokenSource _stopping = new();
    private Task _following = Task.CompletedTask;

    private GatewayServer(KestrelServer kestrel, GatewayTable table, GatewayOptions options)
    {
        (_kestrel, _table, _time, _gateway) = (kestrel, table, options.Time, options.Gateway);
        Url = new Uri(kestrel.Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Where it listens: <c>http://127.0.0.1:PORT/</c>.</summary>
    public Uri Url { get; }

    /// <summary>Where clients of the one gateway connect: <c>http://127.0.0.1:PORT/{gatewayId}/mcp</c>.</summary>
    public Uri McpUrl => UrlOf((_gateway ?? throw new InvalidOperationException("This server serves the gateways of a source: ask for one by id.")).GatewayId);

    /// <summary>Checks the settings and starts to listen.</summary>
    /// <exception cref="GatewayStartException">A setting is wrong or the port is taken.</exception>
    public static async Task<GatewayServer> StartAsync(GatewayOptions options, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        ServerRules.Check(options, problems);
        var targets = new TargetPool(options);
        var table = new GatewayTable(new GatewayCompiler(options, targets), targets, options.Logging.CreateLogger<GatewayTable>());
        if (options.Gateway is { } gateway)
        {
            problems.AddRange(table.Serve([gateway]));
        }

        if (problems.Count > 0)
        {
            throw new GatewayStartException(string.Join('\n', problems));
        }

        var kestrel = CreateKestrel(options);
        await ListenAsync(kestrel, table, new GatewayApplication(table, options.Logging.CreateLogger<GatewayApplication>()), options, cancellationToken);
        var server = new GatewayServer(kestrel, table, options);
        if (options.Source is { } source)
        {
            var follower = new SourceFollower(source, table, options.Time, options.Logging.CreateLogger<SourceFollower>());
            server._following = follower.FollowAsync(server._stopping.Token);
            await follower.Ready.WaitAsync(cancellationToken);
        }

        Listening(options.Logging.CreateLogger<GatewayServer>(), server.Url);
        return server;
    }

    /// <summary>Where clients of a gateway connect.</summary>
    public Uri UrlOf(string gatewayId) => new(Url, $"/{gatewayId}/mcp");

    /// <summary>The gateway as it is served at this moment; null where it is not.</summary>
    public GatewayConfig? Served(string gatewayId) => _table.Served(gatewayId);

    /// <summary>All gateways as they are served at this moment, by name.</summary>
    public IReadOnlyList<GatewayConfig> Served() => _table.Served();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _following;
        using var patience = new CancellationTokenSource(StopWithin, _time);
        await _kestrel.StopAsync(patience.Token);
        _kestrel.Dispose();
        await _table.DisposeAsync();
        _stopping.Dispose();
    }

    private static async Task ListenAsync(KestrelServer kestrel, GatewayTable table, GatewayApplication application, GatewayOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await kestrel.StartAsync(application, cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            kestrel.Dispose();
            await table.DisposeAsync();
            throw new GatewayStartException($"Port {options.Port} on {options.Address} is taken by another process. Stop it, or choose another port.", e);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            kestrel.Dispose();
            await table.DisposeAsync();
            throw new GatewayStartException(
                $"The gateway cannot listen on {options.Address}, port {options.Port}. Choose an address of this machine and a port that is allowed.", e);
        }
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
            Options.Create(settings), new SocketTransportFactory(Options.Create(Transport), options.Logging), options.Logging);
    }

    [LoggerMessage(LogLevel.Information, "The gateway answers at {Url}.")]
    private static partial void Listening(ILogger log, Uri url);
}
