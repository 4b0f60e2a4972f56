using System.Net;

namespace CentralOps.Aws.Calls;

/// <summary>The transport for AWS: made once a process, in the composition, and shared.</summary>
public static class AwsHttp
{
    public static SocketsHttpHandler CreateHandler() => new()
    {
        // A redirect would carry a signature to a host it was not made for, a cookie would carry state between callers.
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        // AWS moves endpoints between addresses; a connection that never ends would never see it.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(55),
        // Adds no header that was not signed, and spares the start.
        ActivityHeadersPropagator = null,
        Proxy = new ProxyBeyondLoopback(),
    };

    /// <summary>The environment's proxy (HTTPS_PROXY, NO_PROXY), but never between us and a sandbox on this machine.</summary>
    private sealed class ProxyBeyondLoopback : IWebProxy
    {
        public ICredentials? Credentials
        {
            get => HttpClient.DefaultProxy.Credentials;
            set => throw new NotSupportedException("The proxy's credentials stand in its URL.");
        }

        public Uri? GetProxy(Uri destination) => destination.IsLoopback ? null : HttpClient.DefaultProxy.GetProxy(destination);

        public bool IsBypassed(Uri host) => host.IsLoopback || HttpClient.DefaultProxy.IsBypassed(host);
    }
}
