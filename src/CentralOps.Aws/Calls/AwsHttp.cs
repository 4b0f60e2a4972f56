using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace CentralOps.Aws.Calls;

/// <summary>The transport for AWS: made once a process, in the composition, and shared.</summary>
public static class AwsHttp
{
    private const int MostConnectionsToOneHost = 256;

    /// <summary>A transport that goes straight and trusts the system's roots.</summary>
    public static SocketsHttpHandler CreateHandler() => CreateHandler(HttpSettings.None);

    public static SocketsHttpHandler CreateHandler(HttpSettings settings) => new()
    {
        // A redirect would carry a signature to a host it was not made for, a cookie would carry state between callers.
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        // AWS moves endpoints between addresses; a connection that never ends would never see it.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        // AWS's load balancers close after 60 seconds without traffic: ours has to be the first to let go.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(55),
        MaxConnectionsPerServer = MostConnectionsToOneHost,
        EnableMultipleHttp2Connections = true,
        // Adds no header that was not signed, and spares the start.
        ActivityHeadersPropagator = null,
        UseProxy = settings.Proxy is not null,
        Proxy = settings.Proxy,
        SslOptions = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateChainPolicy = settings.Roots is { } roots ? TrustOnly(roots) : null,
        },
    };

    private static X509ChainPolicy TrustOnly(X509Certificate2Collection roots)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        return policy;
    }
}
