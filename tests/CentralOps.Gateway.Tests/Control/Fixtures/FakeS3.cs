using System.Collections.Concurrent;
using System.Text;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Gateway.Tests.Control.Fixtures;

/// <summary>Objects by path-style path, over HTTP on loopback.</summary>
internal sealed class FakeS3 : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false });

    private FakeS3(WebApplication app)
    {
        _app = app;
        _app.Run(AnswerAsync);
    }

    public ConcurrentDictionary<string, string> Objects { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<(string Path, string Authorization, string? Owner)> Asked { get; } = [];

    public AwsClient Client { get; private set; } = null!;

    public static async Task<FakeS3> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var bucket = new FakeS3(builder.Build());
        await bucket._app.StartAsync();
        var url = bucket._app.Urls.First();
        bucket.Client = new AwsClient(bucket._http, new EndpointResolver(EndpointOverrides.Read(name => name is "AWS_ENDPOINT_URL_S3" ? url : null)), TimeProvider.System, new AwsClientOptions { MaxAttempts = 1 });
        return bucket;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        Asked.Enqueue((path, context.Request.Headers.Authorization.ToString(), context.Request.Headers["x-amz-expected-bucket-owner"]));
        var found = Objects.TryGetValue(path, out var text);
        context.Response.StatusCode = found ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(found ? text! : "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>"), context.RequestAborted);
    }
}
