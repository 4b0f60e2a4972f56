using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CentralOps.Aws.Tests.Calls;

/// <summary>A proxy on 127.0.0.1 that writes down what it is asked for, and leads every tunnel to one port of this machine.</summary>
/// <param name="credentials">What it demands as <c>Basic</c>; null: nothing.</param>
internal sealed class RecordingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentBag<Task> _tunnels = [];
    private readonly Task _accepting;
    private readonly int _target;
    private readonly string? _credentials;

    public RecordingProxy(int target, string? credentials = null)
    {
        (_target, _credentials) = (target, credentials);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConcurrentQueue<string> Asked { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_tunnels);
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _tunnels.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_ending.Token)));
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                while (await HeadAsync(stream) is { Length: > 0 } head)
                {
                    var line = head[..head.IndexOf('\r')];
                    Asked.Enqueue(line);
                    if (_credentials is not null && !head.Contains($"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(_credentials))}", StringComparison.OrdinalIgnoreCase))
                    {
                        await stream.WriteAsync("HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), _ending.Token);
                        continue;
                    }

                    await TunnelAsync(stream);
                    return;
                }
            }
            catch (Exception end) when (end is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One of the two went, or the test is over.
            }
        }
    }

    private async Task TunnelAsync(NetworkStream client)
    {
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, _target, _ending.Token);
        await client.WriteAsync("HTTP/1.1 200 Connected\r\n\r\n"u8.ToArray(), _ending.Token);
        await Task.WhenAny(client.CopyToAsync(server.GetStream(), _ending.Token), server.GetStream().CopyToAsync(client, _ending.Token));
    }

    private async Task<string> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _ending.Token) > 0)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
