using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace CentralOps.Aws.Tests.Calls;

/// <summary>Kestrel with TLS on 127.0.0.1, under a certificate authority made for it, answering to the names of AWS's hosts.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder = Directory.CreateTempSubdirectory("central-ops-tls-").FullName;

    private TlsServer(HttpProtocols protocols)
    {
        var (authority, own) = Certificates();
        CaBundle = Path.Combine(_folder, "ca.pem");
        File.WriteAllText(CaBundle, "# A comment before it, as bundles have.\n" + authority.ExportCertificatePem() + "\n");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = protocols;
            listen.UseHttps(own);
        }));
        _app = builder.Build();
        _app.Run(context =>
        {
            Requests.Enqueue((context.Request.Protocol, context.Request.Host.Value!, context.Connection.Id));
            return context.Response.WriteAsync(CallFixture.Answer);
        });
    }

    public string CaBundle { get; }

    public int Port { get; private set; }

    public ConcurrentQueue<(string Protocol, string Host, string Connection)> Requests { get; } = new();

    public static async Task<TlsServer> StartAsync(HttpProtocols protocols = HttpProtocols.Http1AndHttp2)
    {
        var server = new TlsServer(protocols);
        await server._app.StartAsync();
        server.Port = new Uri(server._app.Urls.Single()).Port;
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static (X509Certificate2 Authority, X509Certificate2 Own) Certificates()
    {
        var (from, to) = (TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=Authority of a test", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var authority = authorityRequest.CreateSelfSigned(from, to);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName("*.eu-west-1.amazonaws.com");
        request.CertificateExtensions.Add(names.Build());
        using var bare = request.Create(authority, from, to, [1, 2, 3, 4]);
        using var own = bare.CopyWithPrivateKey(key);
        return (X509CertificateLoader.LoadCertificate(authority.Export(X509ContentType.Cert)), X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null));
    }
}
