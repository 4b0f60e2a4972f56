using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Functions.Tests.Fixtures;

/// <summary>The Lambda runtime API, as far as a function sees it.</summary>
internal sealed class RuntimeApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();
    private readonly Dictionary<string, TaskCompletionSource<Outcome>> _waiting = [];
    private readonly TaskCompletionSource<JsonElement> _initError = new();
    private int _number;

    private RuntimeApiServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
        _app.StartAsync().GetAwaiter().GetResult();
        Address = new Uri(_app.Urls.First()).Authority;
    }

    public string Address { get; }

    /// <summary>What the function said instead of starting.</summary>
    public Task<JsonElement> InitError => _initError.Task;

    public static RuntimeApiServer Start() => new();

    /// <summary>One call of a tool, as the gateway makes it.</summary>
    public Task<Outcome> InvokeAsync(string tool, string arguments, TimeSpan? timeout = null) =>
        InvokeRawAsync(JsonSerializer.Serialize(new { custom = new { bedrockAgentCoreToolName = tool } }), arguments, timeout);

    public async Task<Outcome> InvokeRawAsync(string? clientContext, string payload, TimeSpan? timeout = null)
    {
        var id = $"8476a536-e9f4-11e8-9739-{Interlocked.Increment(ref _number):D12}";
        var waiting = new TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiting)
        {
            _waiting[id] = waiting;
        }

        var deadline = DateTimeOffset.UtcNow + (timeout ?? TimeSpan.FromSeconds(30));
        await _calls.Writer.WriteAsync(new Call(id, clientContext, payload, deadline));
        return await waiting.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Goes away as a process does: whoever waits is cut off, and nobody listens any more.</summary>
    public async ValueTask DisposeAsync()
    {
        _calls.Writer.TryComplete();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!["/2018-06-01/runtime/".Length..];
        if (path == "invocation/next")
        {
            await HandOutAsync(context);
            return;
        }

        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        context.Response.StatusCode = 202;
        await context.Response.CompleteAsync();
        Take(path, body);
    }

    private async Task HandOutAsync(HttpContext context)
    {
        Call call;
        try
        {
            call = await _calls.Reader.ReadAsync(context.RequestAborted);
        }
        catch (Exception over) when (over is ChannelClosedException or OperationCanceledException)
        {
            context.Abort();
            return;
        }

        var response = context.Response;
        response.Headers["Lambda-Runtime-Aws-Request-Id"] = call.Id;
        response.Headers["Lambda-Runtime-Deadline-Ms"] = $"{call.Deadline.ToUnixTimeMilliseconds()}";
        response.Headers["Lambda-Runtime-Trace-Id"] = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1";
        response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:us-east-1:111111111111:function:central-ops-ec2";
        if (call.ClientContext is not null)
        {
            response.Headers["Lambda-Runtime-Client-Context"] = call.ClientContext;
        }

        await response.WriteAsync(call.Payload);
    }

    private void Take(string path, string body)
    {
        if (path == "init/error")
        {
            _initError.TrySetResult(JsonDocument.Parse(body).RootElement);
            return;
        }

        var parts = path.Split('/');
        lock (_waiting)
        {
            _waiting[parts[1]].TrySetResult(new Outcome(JsonDocument.Parse(body).RootElement, parts[2] == "error"));
        }
    }

    private sealed record Call(string Id, string? ClientContext, string Payload, DateTimeOffset Deadline);
}

/// <summary>How a call ended.</summary>
internal sealed record Outcome(JsonElement Body, bool IsError)
{
    public string? Text(params ReadOnlySpan<string> path)
    {
        var element = Body;
        foreach (var name in path)
        {
            element = element.GetProperty(name);
        }

        return element.GetString();
    }
}
