using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CentralOps.Gateway.Control.Serving;

/// <summary>Kestrel on the control plane's port: HTTP/1.1, no middleware.</summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(5);

    private readonly KestrelServer _kestrel;
    private readonly TimeProvider _time;

    private ControlServer(KestrelServer kestrel, Uri url, TimeProvider time) => (_kestrel, Url, _time) = (kestrel, url, time);

    public Uri Url { get; }

    /// <param name="front">Makes what answers, once it is known where.</param>
    /// <exception cref="GatewayStartException">The port is taken, or the address is not this machine's.</exception>
    public static async Task<ControlServer> StartAsync(ControlOptions options, Func<Uri, ControlFront> front, CancellationToken cancellationToken)
    {
        var settings = new KestrelServerOptions { AddServerHeader = false };
        settings.Limits.MaxRequestBodySize = ControlLimits.MaxDroppedBytes;
        settings.Limits.MaxConcurrentConnections = Gateway.Serving.Limits.MaxConnections;
        settings.Listen(options.Address, options.Port, static listen => listen.Protocols = HttpProtocols.Http1);
        var kestrel = new KestrelServer(Options.Create(settings), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), options.Logging), options.Logging);
        var application = new ControlApplication(options.Logging.CreateLogger<ControlApplication>());
        try
        {
            await kestrel.StartAsync(application, cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            kestrel.Dispose();
            throw new GatewayStartException($"Port {options.Port} on {options.Address} is taken by another process. Stop it, or choose another port for the control plane.", e);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            kestrel.Dispose();
            throw new GatewayStartException($"The control plane cannot listen on {options.Address}, port {options.Port}. Choose an address of this machine and a port that is allowed.", e);
        }

        var url = new Uri(kestrel.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        application.Front = front(url);
        return new ControlServer(kestrel, url, options.Time);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(StopWithin, _time);
        await _kestrel.StopAsync(patience.Token);
        _kestrel.Dispose();
    }
}
