using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CentralOps.Gateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralOps.Gateway.Tests.Storage;

public sealed class PostgresTransportTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cops-tls-").FullName;
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(120));

    public void Dispose()
    {
        _patience.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [StoreFact]
    public async Task A_server_whose_certificate_is_not_trusted_for_its_name_never_sees_the_password()
    {
        var authority = Authority("CentralOps test authority");
        var certificate = Write("server.crt", Issue(authority, "localhost", out var key).ExportCertificatePem());
        var keyFile = Write("server.key", key);
        var trusted = Write("authority.pem", authority.ExportCertificatePem());
        var stranger = Write("stranger.pem", Authority("Somebody else").ExportCertificatePem());
        File.SetUnixFileMode(_directory, File.GetUnixFileMode(_directory) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        if (Environment.UserName is "root")
        {
            using var chown = Process.Start("/bin/chown", ["postgres", keyFile]);
            await chown.WaitForExitAsync();
        }

        await using var server = await PostgresServer.StartAsync("ssl=on", $"ssl_cert_file={certificate}", $"ssl_key_file={keyFile}", "log_connections=on");
        await server.CreateDatabaseAsync();
        await using (var store = await OpenAsync(server.Url("gateway_1", "localhost", $"?sslmode=verify-full&sslrootcert={trusted}")))
        {
            (await store.CountAsync("gateway", null, _patience.Token)).ShouldBe(0);
            (await server.ExecuteAsync("postgres", "SELECT BOOL_AND(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'centralops'")).ShouldBe(true);
        }

        foreach (var url in new[]
        {
            server.Url("gateway_1", "localhost", $"?sslmode=verify-full&sslrootcert={stranger}"),
            server.Url("gateway_1", "localhost", "?sslmode=verify-full"),
            server.Url("gateway_1", "127.0.0.1", $"?sslmode=verify-full&sslrootcert={trusted}"),
        })
        {
            var refused = await Should.ThrowAsync<GatewayStartException>(async () => await OpenAsync(url));
            refused.Message.ShouldContain("shows no certificate that is trusted for its name");
        }
    }

    private async Task<IStore> OpenAsync(string text)
    {
        DatabaseUrl.TryParse(text, out var url, out var fault).ShouldBeTrue(fault);
        return await Stores.OpenAsync(url, TimeProvider.System, NullLoggerFactory.Instance, _patience.Token);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, name.EndsWith(".key", StringComparison.Ordinal) ? UnixFileMode.UserRead : UnixFileMode.UserRead | UnixFileMode.OtherRead);
        return path;
    }

    private static X509Certificate2 Authority(string name)
    {
        var request = new CertificateRequest($"CN={name}", ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string host, out string key)
    {
        var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", pair, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        key = pair.ExportPkcs8PrivateKeyPem();
        return request.Create(authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), [1, 2, 3]);
    }
}
