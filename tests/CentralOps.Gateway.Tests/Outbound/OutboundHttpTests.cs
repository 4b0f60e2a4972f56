using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using CentralOps.Aws.Calls;
using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Gateway.Tests.Outbound;

/// <summary>The way out, over real sockets of loopback and a resolver that a test fills.</summary>
public sealed class OutboundHttpTests
{
    [Theory]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://127.1")]
    [InlineData("http://2130706433")]
    [InlineData("http://0x7f000001")]
    [InlineData("http://0x7f.1")]
    [InlineData("http://0177.0.0.1")]
    [InlineData("http://017700000001")]
    [InlineData("http://[::1]")]
    [InlineData("http://[::ffff:127.0.0.1]")]
    [InlineData("http://[0:0:0:0:0:ffff:7f00:1]")]
    [InlineData("http://[64:ff9b::7f00:1]")]
    [InlineData("http://[2002:7f00:1::]")]
    [InlineData("http://[::]")]
    [InlineData("http://0.0.0.0")]
    [InlineData("http://0")]
    [InlineData("http://10.0.0.1")]
    [InlineData("http://169.254.169.254")]
    [InlineData("http://2852039166")]
    [InlineData("http://[fd00:ec2::254]")]
    [InlineData("http://[fe80::1%25eth0]")]
    [InlineData("http://localhost")]
    [InlineData("http://inside.example")]
    [InlineData("http://metadata.example")]
    [InlineData("https://inside.example")]
    [InlineData("https://mixed.example")]
    public async Task Whatever_form_an_inner_address_takes_nothing_is_connected_to(string origin)
    {
        using var listener = new TcpListener(IPAddress.IPv6Any, 0) { Server = { DualMode = true } };
        listener.Start();
        using var http = OutboundHttp.Create(OutboundRules.Strict, TimeProvider.System, resolve: Resolve(
            ("inside.example", ["10.1.2.3"]), ("mixed.example", ["8.8.8.8", "127.0.0.1"]), ("metadata.example", ["169.254.169.254"]), ("localhost", ["::1", "127.0.0.1"])));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{origin}:{((IPEndPoint)listener.LocalEndpoint).Port}/");

        var fault = await Should.ThrowAsync<HttpRequestException>(() => http.SendAsync(request, default));

        var refusal = OutboundRefusedException.In(fault).ShouldNotBeNull();
        refusal.Message.ShouldContain(" leads to ");
        refusal.Message.ShouldNotContain("10.1.2.3");
        listener.Pending().ShouldBeFalse();
    }

    [Fact]
    public async Task A_name_is_resolved_once_and_the_judged_address_is_the_one_that_is_called()
    {
        await using var peer = await McpPeer.StartAsync((_, context) => context.Response.WriteAsync("here"));
        var answers = new ConcurrentQueue<string>(["127.0.0.1", "10.0.0.1"]);
        var asked = 0;
        using var http = OutboundHttp.Create(new() { AllowLoopback = true }, TimeProvider.System, resolve: (_, _) =>
        {
            asked++;
            return Task.FromResult(new[] { IPAddress.Parse(answers.TryDequeue(out var next) ? next : "10.0.0.1") });
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://rebinding.example:{new Uri(peer.Origin).Port}/");

        using var response = await http.SendAsync(request, default);

        (await response.Content.ReadAsStringAsync()).ShouldBe("here");
        asked.ShouldBe(1);
        peer.Received.Single().Header("Host").ShouldStartWith("rebinding.example:");
    }

    [Fact]
    public async Task An_address_that_does_not_answer_gives_way_to_the_next()
    {
        await using var peer = await McpPeer.StartAsync((_, context) => context.Response.WriteAsync("here"));
        using var closed = new TcpListener(IPAddress.Parse("127.0.0.2"), 0);
        using var http = OutboundHttp.Create(new() { AllowLoopback = true }, TimeProvider.System, resolve: Resolve(("two.example", ["127.0.0.2", "127.0.0.1"])));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://two.example:{new Uri(peer.Origin).Port}/");

        using var response = await http.SendAsync(request, default);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("GET", "/there", 2)]
    [InlineData("GET", "http://other.example:PORT/there", 1)]
    [InlineData("GET", "https://same.example:PORT/there", 1)]
    [InlineData("GET", "http://user:pw@same.example:PORT/there", 1)]
    [InlineData("GET", "/", 4)]
    [InlineData("POST", "/there", 1)]
    public async Task Redirects_are_followed_for_get_on_the_same_origin_and_nowhere_else(string method, string location, int requests)
    {
        await using var peer = await McpPeer.StartAsync((received, context) =>
        {
            if (received.RawTarget == "/")
            {
                context.Response.StatusCode = 302;
                context.Response.Headers.Location = location.Replace("PORT", context.Request.Host.Port.ToString(), StringComparison.Ordinal);
            }

            return Task.CompletedTask;
        });
        using var http = OutboundHttp.Create(new() { AllowLoopback = true }, TimeProvider.System, resolve: Resolve(("same.example", ["127.0.0.1"]), ("other.example", ["127.0.0.1"])));
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), $"http://same.example:{new Uri(peer.Origin).Port}/") { Content = method == "POST" ? new StringContent("secret") : null };

        using var response = await http.SendAsync(request, default);

        response.StatusCode.ShouldBe(requests == 2 ? HttpStatusCode.OK : HttpStatusCode.Redirect);
        peer.Received.Count.ShouldBe(requests);
    }

    [Fact]
    public async Task Cookies_are_neither_kept_nor_sent()
    {
        await using var peer = await McpPeer.StartAsync((_, context) =>
        {
            context.Response.Headers.SetCookie = "a=b";
            return Task.CompletedTask;
        });
        using var http = OutboundHttp.Create(new() { AllowLoopback = true }, TimeProvider.System);
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, peer.Url);
            (await http.SendAsync(request, default)).Dispose();
        }

        peer.Received.ShouldAllBe(received => received.Header("Cookie") == "");
    }

    [Fact]
    public async Task A_proxy_is_connected_to_as_it_is_set_and_what_it_would_carry_is_judged_first()
    {
        await using var proxy = await McpPeer.StartAsync((received, context) => context.Response.WriteAsync("by proxy"));
        var settings = HttpSettings.Read(name => name is "http_proxy" or "https_proxy" ? proxy.Origin : null);
        var rules = new OutboundRules { AllowedHosts = ["plain.example"] };
        using var http = OutboundHttp.Create(rules, TimeProvider.System, settings, (_, _) => throw new InvalidOperationException("The proxy resolves."));

        using (var request = new HttpRequestMessage(HttpMethod.Get, "http://plain.example/x"))
        {
            using var response = await http.SendAsync(request, default);
            (await response.Content.ReadAsStringAsync()).ShouldBe("by proxy");
        }

        foreach (var url in new[] { "http://10.0.0.1/", "https://169.254.169.254/", "http://other.example/", "https://[::ffff:10.0.0.1]/" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            OutboundRefusedException.In(await Should.ThrowAsync<OutboundRefusedException>(() => http.SendAsync(request, default))).ShouldNotBeNull();
        }

        proxy.Received.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(10, 10, true)]
    [InlineData(11, 10, false)]
    [InlineData(0, 10, true)]
    [InlineData(3_000_000, 4_000_000, true)]
    public async Task A_body_is_read_to_its_bound_announced_or_not(int size, int limit, bool whole)
    {
        foreach (var announced in new[] { true, false })
        {
            using HttpContent content = announced ? new ByteArrayContent(new byte[size]) : new StreamContent(new Unseekable(new byte[size]));

            (await OutboundBody.ReadAsync(content, limit, default))?.Length.ShouldBe(size);
            ((await OutboundBody.ReadAsync(new ByteArrayContent(new byte[size]), limit, default)) is not null).ShouldBe(whole);
        }
    }

    private static Func<string, CancellationToken, Task<IPAddress[]>> Resolve(params (string Host, string[] Addresses)[] names) => (host, _) =>
        names.FirstOrDefault(name => name.Host == host).Addresses is { } found
            ? Task.FromResult(found.Select(IPAddress.Parse).ToArray())
            : throw new SocketException((int)SocketError.HostNotFound);

    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
