using System.Net;
using CentralOps.Aws.Calls;

namespace CentralOps.Gateway.Outbound;

/// <summary>
/// The way out for every URL that a configuration names: targets, discovery documents, key sets and token endpoints. Made once a process, in
/// the composition, and shared. Whoever sends bounds the body that he reads and the time that he waits.
/// </summary>
public static class OutboundHttp
{
    private const int MaxHeaderKilobytes = 64;

    /// <param name="settings">Proxy and trusted roots; null: none, and the system's.</param>
    /// <param name="resolve">What names stand for; null: the system's resolver.</param>
    public static HttpMessageInvoker Create(
        OutboundRules rules, TimeProvider time, HttpSettings? settings = null, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        var handler = AwsHttp.CreateHandler(settings ?? HttpSettings.None);
        handler.MaxResponseHeadersLength = MaxHeaderKilobytes;
        // Event streams that were left when their answer had come are not read on for long.
        handler.MaxResponseDrainSize = 64 * 1024;
        handler.ResponseDrainTimeout = TimeSpan.FromSeconds(1);
        handler.MaxConnectionsPerServer = 1024;
        handler.ConnectCallback = new OutboundConnector(rules, handler.Proxy, resolve ?? Dns.GetHostAddressesAsync, time).ConnectAsync;
        return new HttpMessageInvoker(new OutboundGate(rules, handler.Proxy, handler));
    }
}
