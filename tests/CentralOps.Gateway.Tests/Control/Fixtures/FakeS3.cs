using System.Collections.Concurrent;
using System.Net;
using System.Text;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Gateway.Tests.Control.Fixtures;

/// <summary>Objects by path-style path, over HTTP on loopback.</summary>
internal sealed class FakeS3 : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Task _loop;

    private FakeS3(HttpListener listener, string url)
    {
        _listener = listener;
        Client = new AwsClient(_http, new EndpointResolver(EndpointOverrides.Read(name => name is "AWS_ENDPOINT_URL_S3" ? url : null)), TimeProvider.System, new AwsClientOptions { MaxAttempts = 1 });
        _loop = LoopAsync();
    }

    public ConcurrentDictionary<string, string> Objects { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<(string Path, string Authorization, string? Owner)> Asked { get; } = [];

    public AwsClient Client { get; }

    public static Task<FakeS3> StartAsync()
    {
        for (var tries = 0; ; tries++)
        {
            var listener = new HttpListener();
            var url = $"http://127.0.0.1:{Random.Shared.Next(20000, 60000)}/";
            listener.Prefixes.Add(url);
            try
            {
                listener.Start();
                return Task.FromResult(new FakeS3(listener, url));
            }
            catch (HttpListenerException) when (tries < 50)
            {
                // Taken.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
        _http.Dispose();
    }

    private async Task LoopAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                var path = context.Request.Url!.AbsolutePath;
                Asked.Enqueue((path, context.Request.Headers["Authorization"] ?? "", context.Request.Headers["x-amz-expected-bucket-owner"]));
                var found = Objects.TryGetValue(path, out var text);
                var body = Encoding.UTF8.GetBytes(found ? text! : "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>");
                context.Response.StatusCode = found ? 200 : 404;
                context.Response.ContentLength64 = body.Length;
                await context.Response.OutputStream.WriteAsync(body);
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // Stopped, or the client went.
            }
        }
    }
}
