using System.Net;
using CentralOps.Proxy.Identities;
using CentralOps.Proxy.Serving;
using CentralOps.Proxy.Upstreams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CentralOps.Proxy.Http;

/// <summary>MCP's Streamable HTTP transport on 127.0.0.1, for whoever has the token: any program of this machine can connect, and behind the proxy are a person's credentials.</summary>
public sealed class LoopbackProxy : IAsyncDisposable
{
    private const int MaxConnections = 256;

    private readonly WebApplication _app;

    private LoopbackProxy(WebApplication app) => _app = app;

    /// <summary>Where clients connect.</summary>
    public Uri Url => new(new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), "/mcp");

    /// <param name="port">0 takes any free one.</param>
    /// <param name="token">What clients send as <c>Authorization: Bearer …</c>.</param>
    /// <exception cref="IOException">The port cannot be had.</exception>
    public static async Task<LoopbackProxy> StartAsync(
        ConfinedUpstream upstream, IIdentities identities, ProxyOptions options, int port, BearerToken token, ILoggerFactory logging, TimeProvider time, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton(logging);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = ProxyEndpoint.MaxBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        });
        var app = builder.Build();
        var server = new ProxyServer(upstream, identities, options, time, logging.CreateLogger<ProxyServer>());
        var endpoint = new ProxyEndpoint(server, token);
        app.Run(endpoint.HandleAsync);
        try
        {
            await app.StartAsync(cancellationToken);
            return new LoopbackProxy(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2), TimeProvider.System);
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }
}
