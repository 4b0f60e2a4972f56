using System.Net;
using System.Net.Sockets;
using System.Text;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Serving;

/// <summary>What is judged before the body: method, path, host, origin, media types, size.</summary>
public sealed class HeadTests : IAsyncLifetime
{
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";

    private TestGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await TestGateway.StartAsync();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    public async Task Another_method_than_post_is_405_with_allow(string method)
    {
        var answer = await _gateway.Http.SendAsync(new HttpMethod(method));

        answer.Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
        answer.Allow.ShouldBe(["POST"]);
        answer.Code.ShouldBe(-32600);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/mcp")]
    [InlineData("/other-abcdefghij/mcp")]
    [InlineData($"/{TestGateway.Id}/mcp/")]
    [InlineData($"/{TestGateway.Id}/MCP")]
    [InlineData("/.well-known/oauth-protected-resource")]
    public async Task Any_other_path_is_404_in_json(string path)
    {
        var answer = await _gateway.Http.SendAsync(HttpMethod.Post, new Uri(_gateway.Url, path));

        answer.Status.ShouldBe(HttpStatusCode.NotFound);
        answer.ContentType.ShouldBe("application/json");
        answer.Code.ShouldBe(-32600);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:1")]
    [InlineData("127.0.0.1:65535")]
    [InlineData("127.1.2.3")]
    [InlineData("[::1]:80")]
    public async Task A_loopback_host_is_admitted_with_any_port(string host) =>
        (await _gateway.Http.PostAsync(Ping, ("Host", host))).Status.ShouldBe(HttpStatusCode.OK);

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("evil.example:80")]
    [InlineData("10.0.0.1")]
    [InlineData("127.0.0.1.evil.example")]
    public async Task A_host_that_is_not_loopback_is_403(string host)
    {
        var answer = await _gateway.Http.PostAsync(Ping, ("Host", host));

        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Code.ShouldBe(-32600);
        answer.Message.ShouldContain("Host");
    }

    [Theory]
    [InlineData("http://localhost:3000")]
    [InlineData("https://127.0.0.1")]
    [InlineData("http://[::1]:6274")]
    public async Task A_loopback_origin_is_admitted(string origin) =>
        (await _gateway.Http.PostAsync(Ping, ("Origin", origin))).Status.ShouldBe(HttpStatusCode.OK);

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("file://localhost")]
    [InlineData("localhost")]
    [InlineData("http://localhost/page")]
    [InlineData("http://evil.example@localhost.evil.example")]
    [InlineData("http://evil.example@localhost")]
    [InlineData("http://localhost/#evil.example")]
    [InlineData("http://localhost, http://evil.example")]
    [InlineData("http://0.0.0.0")]
    public async Task Any_other_origin_is_403(string origin)
    {
        var answer = await _gateway.Http.PostAsync(Ping, ("Origin", origin));

        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Message.ShouldContain("Origin");
    }

    [Fact]
    public async Task Hosts_and_origins_that_are_allowed_by_name_are_admitted()
    {
        var options = TestGateway.Options(TestGateway.Config(TestGateway.Target("ec2", TestGateway.Tool("echo"))));
        await using var gateway = await TestGateway.StartAsync(options with { AllowedHosts = ["gateway.example"], AllowedOrigins = ["https://console.example"] });

        (await gateway.Http.PostAsync(Ping, ("Host", "gateway.example:8443"), ("Origin", "https://console.example"))).Status.ShouldBe(HttpStatusCode.OK);
        (await gateway.Http.PostAsync(Ping, ("Host", "x.gateway.example"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await gateway.Http.PostAsync(Ping, ("Origin", "https://console.example:444"))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=UTF-8")]
    [InlineData("application/json;charset=\"utf-8\"")]
    public async Task Json_in_utf8_is_taken(string type) => (await _gateway.Http.PostAsync(Ping, ("Content-Type", type))).Status.ShouldBe(HttpStatusCode.OK);

    [Theory]
    [InlineData("Content-Type", "")]
    [InlineData("Content-Type", "text/plain")]
    [InlineData("Content-Type", "application/json; charset=utf-16")]
    [InlineData("Content-Type", "application/jsonx")]
    [InlineData("Content-Type", "application/x-www-form-urlencoded")]
    [InlineData("Content-Encoding", "gzip")]
    public async Task Any_other_body_is_415(string header, string value)
    {
        var answer = await _gateway.Http.PostAsync(Ping, (header, value));

        answer.Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        answer.Code.ShouldBe(-32600);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("*/*")]
    [InlineData("application/*;q=0.1, text/html")]
    [InlineData("text/event-stream, application/json")]
    [InlineData("")]
    public async Task A_client_that_takes_json_is_answered(string accept) => (await _gateway.Http.PostAsync(Ping, ("Accept", accept))).Status.ShouldBe(HttpStatusCode.OK);

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/event-stream")]
    [InlineData("application/json;q=0")]
    [InlineData("*/*, application/json;q=0")]
    [InlineData("@@@")]
    public async Task A_client_that_does_not_is_406(string accept)
    {
        var answer = await _gateway.Http.PostAsync(Ping, ("Accept", accept));

        answer.Status.ShouldBe(HttpStatusCode.NotAcceptable);
        answer.Code.ShouldBe(-32600);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_of_6_MB_passes_and_a_byte_more_is_413(bool chunked)
    {
        const int Limit = 6 * 1024 * 1024;
        static byte[] Body(int size) => [.. Encoding.UTF8.GetBytes(Ping), .. Enumerable.Repeat((byte)' ', size - Ping.Length)];

        (await PostAsync(Body(Limit), chunked)).Status.ShouldBe(HttpStatusCode.OK);
        var refused = await PostAsync(Body(Limit + 1), chunked);
        refused.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        refused.Code.ShouldBe(-32600);
        (await _gateway.Http.PostAsync(Ping)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nzz\r\n", "400")]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "400")]
    public async Task Broken_framing_of_the_body_is_an_error_in_json_rpc(string rest, string status)
    {
        var head = $"POST {_gateway.Url.AbsolutePath} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n";

        var answer = await ExchangeAsync(head + rest);

        answer.ShouldStartWith($"HTTP/1.1 {status} ");
        answer.ShouldContain("\"jsonrpc\":\"2.0\"");
    }

    [Fact]
    public async Task Headers_beyond_their_limits_are_refused_by_the_server_and_the_next_request_works()
    {
        var head = $"POST {_gateway.Url.AbsolutePath} HTTP/1.1\r\nHost: localhost\r\n";

        (await ExchangeAsync(head + $"X-Big: {new string('x', 40_000)}\r\n\r\n")).ShouldStartWith("HTTP/1.1 431 ");
        (await ExchangeAsync(head + string.Concat(Enumerable.Range(0, 150).Select(i => $"X-{i}: 1\r\n")) + "\r\n")).ShouldStartWith("HTTP/1.1 431 ");
        (await _gateway.Http.PostAsync(Ping)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_server_does_not_name_itself()
    {
        var answer = await ExchangeAsync($"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        answer.ShouldStartWith("HTTP/1.1 404 ");
        answer.ShouldNotContain("Server:");
    }

    private async Task<McpAnswer> PostAsync(byte[] body, bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _gateway.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = chunked;
        return await _gateway.Http.SendAsync(request);
    }

    private async Task<string> ExchangeAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _gateway.Url.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
