using System.Buffers;
using System.Security.Authentication;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Projections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CentralOps.Aws.Tests.Calls;

/// <summary>TLS, HTTP versions, connections and proxies, against real sockets on loopback.</summary>
public sealed class TransportTests
{
    [Fact]
    public async Task HTTP_2_is_spoken_where_TLS_negotiates_it_and_the_connection_is_kept()
    {
        await using var server = await TlsServer.StartAsync();
        using var http = Transport(("AWS_CA_BUNDLE", server.CaBundle));

        (await CallAsync(http, Own(server))).Succeeded.ShouldBeTrue();
        (await CallAsync(http, Own(server))).Succeeded.ShouldBeTrue();

        server.Requests.Select(request => request.Protocol).ShouldBe(["HTTP/2", "HTTP/2"]);
        server.Requests.Select(request => request.Connection).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task HTTP_1_1_is_spoken_where_there_is_nothing_newer_and_the_connection_is_kept()
    {
        await using var server = await TlsServer.StartAsync(HttpProtocols.Http1);
        using var http = Transport(("AWS_CA_BUNDLE", server.CaBundle));

        await CallAsync(http, Own(server));
        await CallAsync(http, Own(server));

        server.Requests.Select(request => request.Protocol).ShouldBe(["HTTP/1.1", "HTTP/1.1"]);
        server.Requests.Select(request => request.Connection).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Calls_at_the_same_time_share_one_HTTP_2_connection()
    {
        await using var server = await TlsServer.StartAsync();
        using var http = Transport(("AWS_CA_BUNDLE", server.CaBundle));
        await CallAsync(http, Own(server));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CallAsync(http, Own(server))));

        answers.ShouldAllBe(answer => answer.Succeeded);
        server.Requests.Select(request => request.Connection).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task An_authority_that_is_not_in_the_bundle_is_not_trusted_and_asked_once()
    {
        await using var server = await TlsServer.StartAsync();
        await using var other = await TlsServer.StartAsync();
        using var system = Transport();
        using var bundle = Transport(("AWS_CA_BUNDLE", other.CaBundle));

        foreach (var http in new[] { system, bundle })
        {
            var answer = await CallAsync(http, Own(server));

            (answer.Failure!.Kind, answer.Failure.Code, answer.Attempts).ShouldBe((FailureKind.Network, NetworkCodes.TlsFailed, 1));
        }

        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_older_than_TLS_1_2_is_spoken()
    {
        using var handler = AwsHttp.CreateHandler();

        handler.SslOptions.EnabledSslProtocols.ShouldBe(SslProtocols.Tls12 | SslProtocols.Tls13);
    }

    [Fact]
    public async Task A_call_goes_through_the_proxy_in_a_tunnel_that_ends_at_AWS()
    {
        await using var server = await TlsServer.StartAsync();
        await using var proxy = new RecordingProxy(server.Port);
        using var http = Transport(("AWS_CA_BUNDLE", server.CaBundle), ("HTTPS_PROXY", $"http://127.0.0.1:{proxy.Port}"));

        (await CallAsync(http, EndpointResolver.Default)).Succeeded.ShouldBeTrue();

        proxy.Asked.ShouldBe(["CONNECT things.eu-west-1.amazonaws.com:443 HTTP/1.1"]);
        server.Requests.Single().Host.ShouldBe("things.eu-west-1.amazonaws.com");
    }

    [Fact]
    public async Task A_proxys_user_and_password_stand_in_its_URL()
    {
        await using var server = await TlsServer.StartAsync();
        await using var proxy = new RecordingProxy(server.Port, "some one:p@ss");
        using var http = Transport(("AWS_CA_BUNDLE", server.CaBundle), ("https_proxy", $"http://some%20one:p%40ss@127.0.0.1:{proxy.Port}"));

        (await CallAsync(http, EndpointResolver.Default)).Succeeded.ShouldBeTrue();

        proxy.Asked.ShouldAllBe(line => line.StartsWith("CONNECT things.eu-west-1.amazonaws.com:443"));
    }

    [Fact]
    public async Task This_machine_is_never_reached_through_a_proxy()
    {
        await using var server = await TlsServer.StartAsync();
        await using var proxy = new RecordingProxy(server.Port);
        using var http = Transport(("AWS_CA_BUNDLE", server.CaBundle), ("HTTPS_PROXY", $"http://127.0.0.1:{proxy.Port}"), ("ALL_PROXY", $"http://127.0.0.1:{proxy.Port}"));

        (await CallAsync(http, Own(server))).Succeeded.ShouldBeTrue();

        proxy.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_proxy_that_refuses_is_a_network_failure()
    {
        await using var server = await TlsServer.StartAsync();
        await using var proxy = new RecordingProxy(server.Port, "somebody:else");
        using var http = Transport(("HTTPS_PROXY", $"http://user:hunter2@127.0.0.1:{proxy.Port}"));

        var answer = await CallAsync(http, EndpointResolver.Default);

        answer.Failure!.Kind.ShouldBe(FailureKind.Network);
        answer.Failure.Code.ShouldBe(NetworkCodes.ProxyFailed);
        answer.Failure.Message.ShouldNotContain("hunter2");
    }

    private static HttpMessageInvoker Transport(params (string Name, string Value)[] settings) =>
        new(AwsHttp.CreateHandler(HttpSettings.Read(name => Array.Find(settings, setting => setting.Name == name).Value)));

    private static EndpointResolver Own(TlsServer server) =>
        new(EndpointOverrides.Read(name => name == "AWS_ENDPOINT_URL" ? $"https://localhost:{server.Port}" : null));

    private static Task<AwsAnswer> CallAsync(HttpMessageInvoker http, EndpointResolver endpoints) =>
        new AwsClient(http, endpoints, TimeProvider.System, new AwsClientOptions { MaxAttempts = 1 })
            .CallAsync(CallFixture.Call, new Transcription(new ArrayBufferWriter<byte>()), default);
}
