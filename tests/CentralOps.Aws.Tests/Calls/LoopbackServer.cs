using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Calls;

/// <summary>An HTTP/1.1 server on 127.0.0.1 that can also do what a decent server never does: break off, reset, talk nonsense.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly ConcurrentQueue<WireRequest> _requests = new();
    private readonly Func<LoopbackExchange, Task> _handle;
    private readonly Task _accepting;
    private int _count;

    public LoopbackServer(Func<LoopbackExchange, Task> handle)
    {
        _handle = handle;
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Url { get; }

    public IReadOnlyList<WireRequest> Requests => [.. _requests];

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptSocketAsync(_ending.Token);
                _connections.Add(ServeAsync(socket));
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            socket.NoDelay = true;
            await using var stream = new NetworkStream(socket);
            try
            {
                while (await ReadAsync(stream) is { } request)
                {
                    _requests.Enqueue(request);
                    await _handle(new LoopbackExchange(socket, request, Interlocked.Increment(ref _count), _ending.Token));
                }
            }
            catch (Exception end) when (end is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The client went, or the test is over.
            }
        }
    }

    private async Task<WireRequest?> ReadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < 4 || !head[^4..].SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one, _ending.Token) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var lines = Encoding.UTF8.GetString([.. head]).TrimEnd().Split("\r\n");
        var start = lines[0].Split(' ');
        var query = start[1].IndexOf('?');
        var request = new WireRequest { Method = start[0], Path = query < 0 ? start[1] : start[1][..query], Query = query < 0 ? "" : start[1][(query + 1)..] };
        foreach (var line in lines[1..])
        {
            request.Headers.Add(line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim());
        }

        var body = new byte[int.Parse(request.Headers.Find("Content-Length") ?? "0")];
        await stream.ReadExactlyAsync(body, _ending.Token);
        request.Body = body;
        return request;
    }
}

/// <summary>One request, and the ways to answer it.</summary>
/// <param name="Number">Counts the server's requests from 1.</param>
internal sealed record LoopbackExchange(Socket Socket, WireRequest Request, int Number, CancellationToken Ending)
{
    public Task AnswerAsync(int status, string body, params (string Name, string Value)[] headers)
    {
        var head = new StringBuilder($"HTTP/1.1 {status} Something\r\n");
        foreach (var (name, value) in headers)
        {
            head.Append($"{name}: {value}\r\n");
        }

        return WriteAsync($"{head}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
    }

    public async Task WriteAsync(string text) => await Socket.SendAsync(Encoding.UTF8.GetBytes(text), SocketFlags.None, Ending);

    /// <summary>Ends the connection in good manners (FIN).</summary>
    public void Close() => Socket.Shutdown(SocketShutdown.Both);

    /// <summary>Ends it without (RST).</summary>
    public void Reset()
    {
        Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        Socket.Close();
    }

    /// <summary>Never answers.</summary>
    public Task HangAsync() => Task.Delay(Timeout.InfiniteTimeSpan, Ending);
}
