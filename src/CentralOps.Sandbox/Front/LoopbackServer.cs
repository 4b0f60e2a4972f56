using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CentralOps.Sandbox.Front;

/// <summary>Kestrel alone, on one port of 127.0.0.1: HTTP/1.1, no middleware, no container.</summary>
internal sealed class LoopbackServer : IHttpApplication<IFeatureCollection>, IAsyncDisposable
{
    private readonly KestrelServer _server;
    private readonly Func<HttpExchange, Task> _answer;

    private LoopbackServer(KestrelServer server, Func<HttpExchange, Task> answer) => (_server, _answer) = (server, answer);

    public Uri Url { get; private set; } = null!;

    /// <param name="port">0 takes any free one.</param>
    /// <param name="maxBodyBytes">The largest body that is read.</param>
    /// <param name="answer">Answers one request.</param>
    /// <param name="logging">Where Kestrel reports.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<LoopbackServer> StartAsync(
        int port, long maxBodyBytes, Func<HttpExchange, Task> answer, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = maxBodyBytes;
        options.Limits.MaxConcurrentConnections = 4096;
        // Lambda's long poll and a function of fifteen minutes keep a connection quiet for as long.
        options.Limits.MinResponseDataRate = null;
        options.Listen(IPAddress.Loopback, port, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions { IOQueueCount = 1 }), logging);
        var server = new LoopbackServer(new KestrelServer(Options.Create(options), transport, logging), answer);
        try
        {
            await server._server.StartAsync(server, cancellationToken);
        }
        catch
        {
            server._server.Dispose();
            throw;
        }

        server.Url = new Uri(server._server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        return server;
    }

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public Task ProcessRequestAsync(IFeatureCollection context) => _answer(new HttpExchange(context));

    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }

    public async ValueTask DisposeAsync()
    {
        // Whoever still waits is cut off: every caller of this server copes with that.
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
    }
}
