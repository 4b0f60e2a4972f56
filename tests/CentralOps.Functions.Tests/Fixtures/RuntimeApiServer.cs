using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace CentralOps.Functions.Tests.Fixtures;

/// <summary>The Lambda runtime API, as far as a function sees it.</summary>
internal sealed class RuntimeApiServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();
    private readonly Dictionary<string, TaskCompletionSource<Outcome>> _waiting = [];
    private readonly TaskCompletionSource<JsonElement> _initError = new();
    private readonly Task _serving;
    private int _number;
    private int _polls;

    private RuntimeApiServer(int port)
    {
        Address = $"127.0.0.1:{port}";
        _listener.Prefixes.Add($"http://{Address}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    /// <summary>What the function said instead of starting.</summary>
    public Task<JsonElement> InitError => _initError.Task;

    public static RuntimeApiServer Start()
    {
        using var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        return new RuntimeApiServer(port);
    }

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

    public async ValueTask DisposeAsync()
    {
        // A pending poll is cut off: the listener itself would end it with an empty 200, which no runtime API answers.
        _calls.Writer.TryComplete();
        while (Volatile.Read(ref _polls) > 0)
        {
            await Task.Yield();
        }

        // The client may try the cut poll once more on a new connection; that one has to be cut too before the listener goes.
        await Task.Delay(TimeSpan.FromMilliseconds(200));
        _listener.Abort();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var path = context.Request.Url!.AbsolutePath["/2018-06-01/runtime/".Length..];
            if (path == "invocation/next")
            {
                await HandOutAsync(context.Response);
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var body = await reader.ReadToEndAsync();
            context.Response.StatusCode = 202;
            context.Response.Close();
            Take(path, body);
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The function, or the test, has ended.
        }
    }

    private async Task HandOutAsync(HttpListenerResponse response)
    {
        Call call;
        Interlocked.Increment(ref _polls);
        try
        {
            call = await _calls.Reader.ReadAsync();
        }
        catch (ChannelClosedException)
        {
            response.Abort();
            return;
        }
        finally
        {
            Interlocked.Decrement(ref _polls);
        }

        response.Headers["Lambda-Runtime-Aws-Request-Id"] = call.Id;
        response.Headers["Lambda-Runtime-Deadline-Ms"] = $"{call.Deadline.ToUnixTimeMilliseconds()}";
        response.Headers["Lambda-Runtime-Trace-Id"] = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1";
        response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:us-east-1:111111111111:function:central-ops-ec2";
        if (call.ClientContext is not null)
        {
            response.Headers["Lambda-Runtime-Client-Context"] = call.ClientContext;
        }

        var body = Encoding.UTF8.GetBytes(call.Payload);
        response.ContentLength64 = body.Length;
        await response.OutputStream.WriteAsync(body);
        response.Close();
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
