using System.Net;
using System.Net.Sockets;

namespace CentralOps.Gateway.Outbound;

/// <summary>
/// Makes connections: resolves the name once, judges every address that it stands for, and connects to one of those very addresses, so that
/// a name which changes its mind between judgement and connection gains nothing.
/// </summary>
internal sealed class OutboundConnector(OutboundRules rules, IWebProxy? proxy, Func<string, CancellationToken, Task<IPAddress[]>> resolve, TimeProvider time)
{
    // An address that does not answer must not use up the time of those after it.
    private static readonly TimeSpan PerAddress = TimeSpan.FromSeconds(2);

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var url = context.InitialRequestMessage.RequestUri!;
        var proxied = proxy?.GetProxy(url) is not null;
        var addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await resolve(host, cancellationToken);
        if (!proxied)
        {
            Judge(host, addresses, string.Equals(url.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal));
        }

        return await ConnectAsync(addresses, port, cancellationToken);
    }

    /// <summary>All of them have to be admitted: a name with one foot inside is not of the internet.</summary>
    private void Judge(string host, IPAddress[] addresses, bool encrypted)
    {
        foreach (var address in addresses)
        {
            if (rules.Refuse(host, address, encrypted) is { } refusal)
            {
                throw new OutboundRefusedException(refusal);
            }
        }
    }

    private async ValueTask<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        for (var i = 0; i < addresses.Length - 1; i++)
        {
            using var patience = new CancellationTokenSource(PerAddress, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
            try
            {
                return await ConnectAsync(addresses[i], port, either.Token);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                continue;
            }
        }

        return addresses.Length > 0
            ? await ConnectAsync(addresses[^1], port, cancellationToken)
            : throw new SocketException((int)SocketError.HostNotFound);
    }

    private static async ValueTask<Stream> ConnectAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, port), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
