using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using CentralOps.Proxy.Identities;
using CentralOps.Proxy.Stdio;
using CentralOps.Proxy.Upstreams;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralOps.Proxy.Tests.Fixtures;

/// <summary>The other end of the proxy's stdio: lines in, lines out.</summary>
internal sealed class StdioClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Pipe _toProxy = new();
    private readonly Pipe _fromProxy = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly StdioProxy _proxy;
    private readonly Task _running;
    private readonly Task _reading;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _awaited = new(StringComparer.Ordinal);
    private int _lastId;

    public StdioClient(ConfinedUpstream upstream, IIdentities identities, ProxyOptions options)
    {
        _proxy = new StdioProxy(upstream, identities, options, _toProxy.Reader.AsStream(), _fromProxy.Writer.AsStream(), NullLoggerFactory.Instance, TimeProvider.System);
        _running = Task.Run(RunAsync);
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Ends when the proxy has ended.</summary>
    public Task Ended => _running.WaitAsync(Patience);

    /// <summary>Every line that the proxy wrote.</summary>
    public ConcurrentQueue<string> Lines { get; } = [];

    public async Task SendAsync(string line)
    {
        await _toProxy.Writer.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
        await _toProxy.Writer.FlushAsync();
    }

    public async Task<JsonElement> AskAsync(string method, string parameters = "{}", string? id = null)
    {
        id ??= Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);
        var answer = Await(id);
        await SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""");
        return await answer;
    }

    /// <summary>The message with this id, null for one without.</summary>
    public Task<JsonElement> Await(string id) =>
        _awaited.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(Patience);

    public async Task<StdioClient> InitializeAsync(string version = "2025-11-25")
    {
        var initialized = await AskAsync("initialize", $$$"""{"protocolVersion":"{{{version}}}","capabilities":{},"clientInfo":{"name":"test","version":"1"}}""");
        initialized.GetProperty("result").GetProperty("protocolVersion").GetString().ShouldBe(version);
        await SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return this;
    }

    /// <summary>Calls a tool; its result.</summary>
    public async Task<JsonElement> CallAsync(string tool, string arguments = "{}", string more = "") =>
        (await AskAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}{{more}}}""")).GetProperty("result");

    /// <summary>Calls a tool of the usual server, which tells who called it and with what.</summary>
    public async Task<JsonElement> ToldAsync(string tool, string arguments = "{}", string more = "")
    {
        var result = await CallAsync(tool, arguments, more);
        var text = result.GetProperty("content")[0].GetProperty("text").GetString()!;
        (result.TryGetProperty("isError", out var isError) && isError.GetBoolean()).ShouldBeFalse(text);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The words of a call that came to nothing.</summary>
    public async Task<string> RefusedAsync(string tool, string arguments = "{}")
    {
        var result = await CallAsync(tool, arguments);
        result.GetProperty("isError").GetBoolean().ShouldBeTrue(result.GetRawText());
        return result.GetProperty("content")[0].GetProperty("text").GetString()!;
    }

    public ValueTask EndInputAsync() => _toProxy.Writer.CompleteAsync();

    /// <summary>Nobody reads any more.</summary>
    public ValueTask StopReadingAsync() => _fromProxy.Reader.CompleteAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(Patience);
        await _reading.WaitAsync(Patience);
        _proxy.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await _proxy.RunAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
        finally
        {
            await _fromProxy.Writer.CompleteAsync();
        }
    }

    private async Task ReadAsync()
    {
        using var reader = new StreamReader(_fromProxy.Reader.AsStream());
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                Lines.Enqueue(line);
                var message = JsonDocument.Parse(line).RootElement;
                var id = message.ValueKind == JsonValueKind.Array ? "batch" : message.TryGetProperty("id", out var own) ? own.GetRawText() : message.GetProperty("method").GetString()!;
                _awaited.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult(message);
            }
        }
        catch (InvalidOperationException)
        {
            // The test itself has stopped reading.
        }
    }
}
