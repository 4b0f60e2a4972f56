using System.Net;
using System.Net.Sockets;

namespace CentralOps.Gateway.Tests.Storage;

/// <summary>A wire to a server that breaks at a commit: after the server did it but before it could tell, or before it heard of it.</summary>
internal sealed class CuttingWire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _server;
    private readonly bool _reaches;
    private readonly Task _accepting;
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _silent;
    private int _armed;
    private int _cuts;

    public CuttingWire(int server, bool reaches)
    {
        (_server, _reaches) = (server, reaches);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Cuts => Volatile.Read(ref _cuts);

    public void CutNextCommit() => Volatile.Write(ref _armed, 1);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var wires = new List<Task>();
        try
        {
            while (true)
            {
                wires.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(wires);
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _server, _stop.Token);
            await Task.WhenAny(AskAsync(near.GetStream(), far.GetStream()), AnswerAsync(far.GetStream(), near.GetStream()));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or IOException)
        {
            // Cut.
        }
    }

    private async Task AskAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1_024];
        while (await from.ReadAsync(buffer, _stop.Token) is var count and > 0)
        {
            if (buffer.AsSpan(0, count).IndexOf("COMMIT"u8) >= 0 && Interlocked.Exchange(ref _armed, 0) == 1)
            {
                Interlocked.Increment(ref _cuts);
                if (_reaches)
                {
                    _silent = true;
                    await to.WriteAsync(buffer.AsMemory(0, count), _stop.Token);
                    await _answered.Task.WaitAsync(_stop.Token);
                }

                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, count), _stop.Token);
        }
    }

    private async Task AnswerAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1_024];
        while (await from.ReadAsync(buffer, _stop.Token) is var count and > 0)
        {
            if (_silent)
            {
                _silent = false;
                _answered.TrySetResult();
                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, count), _stop.Token);
        }
    }
}
