using System.Net.Sockets;
using System.Text;

namespace CentralOps.Gateway.Tests.Fixtures;

/// <summary>HTTP as a test wrote it, which no client library would send.</summary>
internal static class RawHttp
{
    /// <returns>All that came until the server closed.</returns>
    public static async Task<string> SendAsync(Uri url, string request)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port, limit.Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), limit.Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(limit.Token);
    }
}
