using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace CentralOps.Conformance.Fixture;

/// <summary>An MCP server on loopback that offers everything the conformance suite asks servers for, in both eras of the protocol.</summary>
internal sealed class FixtureServer : IAsyncDisposable
{
    private const long MaxBodyBytes = 6_000_000;

    private readonly WebApplication _app;

    private FixtureServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/mcp");

    /// <param name="port">0 takes any free port.</param>
    public static async Task<FixtureServer> StartAsync(int port, TimeProvider time, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaxBodyBytes)
            .UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        var app = builder.Build();
        app.Run(new FixtureEndpoint(time).HandleAsync);
        await app.StartAsync(cancellationToken);
        return new(app);
    }

    public async ValueTask DisposeAsync()
    {
        // Streams stay open as long as their clients like: they are not waited for.
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
