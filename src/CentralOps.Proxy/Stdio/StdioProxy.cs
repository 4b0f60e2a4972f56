using System.Collections.Concurrent;
using CentralOps.Gateway.Mcp;
using CentralOps.Proxy.Identities;
using CentralOps.Proxy.Serving;
using CentralOps.Proxy.Upstreams;
using Microsoft.Extensions.Logging;

namespace CentralOps.Proxy.Stdio;

/// <summary>
/// MCP's stdio transport: a JSON-RPC message a line, in and out, requests answered as they are ready. Nothing but MCP is written.
/// https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#stdio
/// </summary>
public sealed partial class StdioProxy : IDisposable
{
    /// <summary>As much as a gateway takes of one message.</summary>
    public const int MaxLineBytes = 6 * 1024 * 1024;

    /// <summary>What was asked before the input ended is answered, where that takes no longer.</summary>
    private static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Ending = TimeSpan.FromSeconds(2);

    private static readonly McpErrorBytes TooLong = new("The line is longer than the 6 MB that are taken of one message. Send less at once.");

    private readonly ProxyServer _server;
    private readonly ProxyClient _client;
    private readonly Stream _output;
    private readonly LineReader _lines;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ConcurrentDictionary<Task, byte> _underWay = new();

    /// <param name="input">Standard input; it is not closed.</param>
    /// <param name="output">Standard output; it is not closed.</param>
    public StdioProxy(ConfinedUpstream upstream, IIdentities identities, ProxyOptions options, Stream input, Stream output, ILoggerFactory logging, TimeProvider time)
    {
        _server = new(upstream, identities, options, time, logging.CreateLogger<ProxyServer>());
        _log = logging.CreateLogger<StdioProxy>();
        (_output, _time) = (output, time);
        _lines = new(input, MaxLineBytes);
        _client = new("stdio") { Progress = WriteAsync };
    }

    /// <summary>Serves until the input ends, nobody reads the output any more, or it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (await _lines.ReadAsync(stop.Token) is { } line)
            {
                await TakeAsync(line, stop);
            }

            await FinishAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped, or nobody reads: both end it without a word.
        }
        catch (IOException)
        {
            InputBroke(_log);
        }
        finally
        {
            await stop.CancelAsync();
            await EndAsync();
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Dispose() => _writing.Dispose();

    private async ValueTask TakeAsync(InputLine line, CancellationTokenSource stop)
    {
        if (line.TooLong)
        {
            await TellAsync(TooLong.Json, stop);
            return;
        }

        if (line.Bytes.Span.IndexOfAnyExcept(" \t\r"u8) < 0)
        {
            return;
        }

        // Begun in the order of the lines, up to where each first waits: what a client says before initialize is judged before it, and a
        // cancellation finds what it cancels.
        var answering = AnswerAsync(line.Bytes, stop);
        if (!answering.IsCompleted)
        {
            _underWay[answering] = 0;
            _ = answering.ContinueWith(ended => _underWay.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task AnswerAsync(ReadOnlyMemory<byte> line, CancellationTokenSource stop)
    {
        try
        {
            var answer = await _server.AnswerAsync(line, _client, stop.Token);
            if (!answer.Json.IsEmpty)
            {
                await TellAsync(answer.Json, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // It ends, and nobody waits.
        }
    }

    private async ValueTask TellAsync(ReadOnlyMemory<byte> json, CancellationTokenSource stop)
    {
        try
        {
            await WriteAsync(json, stop.Token);
        }
        catch (IOException)
        {
            // Nobody reads.
            await stop.CancelAsync();
        }
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        // One write, so that a line is never seen in halves where the system does not make them.
        var line = new byte[json.Length + 1];
        json.Span.CopyTo(line);
        line[^1] = (byte)'\n';
        await _writing.WaitAsync(cancellationToken);
        try
        {
            // A line that was begun is ended: half of one would spoil the next.
            await _output.WriteAsync(line, CancellationToken.None);
            await _output.FlushAsync(CancellationToken.None);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task FinishAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_underWay.Keys).WaitAsync(LastAnswers, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            LeftUnanswered(_log, _underWay.Count);
        }
    }

    private async Task EndAsync()
    {
        try
        {
            await Task.WhenAll(_underWay.Keys).WaitAsync(Ending, _time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            // A line stands in a pipe that nobody empties; with the process it goes.
        }
    }

    [LoggerMessage(LogLevel.Warning, "The input broke off.")]
    private static partial void InputBroke(ILogger log);

    [LoggerMessage(LogLevel.Warning, "{Count} requests were left without an answer: the input had ended, and they took too long.")]
    private static partial void LeftUnanswered(ILogger log, int count);

    /// <summary>An error to a message whose id nobody has read.</summary>
    private sealed class McpErrorBytes
    {
        public McpErrorBytes(string message)
        {
            var reply = new Reply();
            reply.Refuse(default, McpError.Invalid(message), new Dialect(ClientVersions.November2024));
            Json = reply.Buffer.Span.ToArray();
        }

        public ReadOnlyMemory<byte> Json { get; }
    }
}
