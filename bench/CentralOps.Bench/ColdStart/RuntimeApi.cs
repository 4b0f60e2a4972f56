using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CentralOps.Bench.ColdStart;

/// <summary>A Lambda runtime API that hands out one invocation and tells when its answer arrived.</summary>
internal sealed class RuntimeApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _clientContext;
    private readonly string _event;
    private TaskCompletionSource<(long At, string Body)> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _given;

    private RuntimeApi(string clientContext, string @event)
    {
        _clientContext = clientContext;
        _event = @event;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public string Address => new Uri(_app.Urls.First()).Authority;

    public static async Task<RuntimeApi> StartAsync(string clientContext, string @event)
    {
        var api = new RuntimeApi(clientContext, @event);
        await api._app.StartAsync();
        return api;
    }

    /// <summary>Forgets the last process; the next one to ask gets the invocation.</summary>
    public Task<(long At, string Body)> Expect()
    {
        _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _given, 0);
        return _answer.Task;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path.EndsWith("/next", StringComparison.Ordinal))
        {
            if (Interlocked.Exchange(ref _given, 1) != 0)
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            }

            var headers = context.Response.Headers;
            headers["Lambda-Runtime-Aws-Request-Id"] = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";
            headers["Lambda-Runtime-Deadline-Ms"] = DateTimeOffset.UtcNow.AddSeconds(30).ToUnixTimeMilliseconds().ToString(provider: null);
            headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:us-east-1:111111111111:function:central-ops-ec2";
            headers["Lambda-Runtime-Trace-Id"] = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0";
            headers["Lambda-Runtime-Client-Context"] = _clientContext;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(_event);
            return;
        }

        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        _answer.TrySetResult((Stopwatch.GetTimestamp(), path.EndsWith("/response", StringComparison.Ordinal) ? body : path + ": " + body));
        context.Response.StatusCode = 202;
    }
}
