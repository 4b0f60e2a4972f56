using System.Net;
using System.Net.Sockets;
using System.Text;
using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Outbound;

public sealed class TargetUrlTests
{
    [Theory]
    [InlineData("/runtimes/arn%3Aaws%3Abedrock-agentcore%3Aus-east-1%3A111111111111%3Aruntime%2Fecho-abcdefghij/invocations?qualifier=DEFAULT")]
    [InlineData("/a%2fb/%7Eu/%7e/./x/../y//z/?q=%41+%20&q=%c3%bc&empty=&x")]
    [InlineData("/mcp?")]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("?a=b")]
    public async Task A_url_stands_on_the_wire_as_it_was_written(string written)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var line = FirstLineAsync(listener);

        await McpPeer.Open($"http://127.0.0.1:{port}{written}").CallAsync();

        var expected = written.StartsWith('/') ? written : "/" + written;
        (await line).ShouldBe($"POST {expected.TrimEnd('?')} HTTP/1.1");
    }

    [Theory]
    [InlineData("https://Example.com:443/mcp", "https", "example.com", "/mcp", "", "https://example.com/mcp")]
    [InlineData("https://example.com:8443/a%2Fb?x=1", "https", "example.com:8443", "/a%2Fb", "x=1", "https://example.com:8443/a%2Fb")]
    [InlineData("HTTPS://example.com", "https", "example.com", "/", "", "https://example.com")]
    [InlineData("http://[::1]:80/", "http", "[::1]", "/", "", "http://[::1]")]
    [InlineData("https://2130706433/", "https", "127.0.0.1", "/", "", "https://127.0.0.1")]
    public void A_url_has_parts_and_is_a_resource_by_rfc_8707(string text, string scheme, string authority, string path, string query, string resource)
    {
        TargetUrl.TryParse(text, out var url, out var problem).ShouldBeTrue(problem);

        (url!.Scheme, url.Authority, url.Path, url.Query, url.Resource).ShouldBe((scheme, authority, path, query, resource));
    }

    [Theory]
    [InlineData("", "absolute https URL")]
    [InlineData("/mcp", "absolute https URL")]
    [InlineData("ftp://example.com/", "absolute https URL")]
    [InlineData("https://", "absolute https URL")]
    [InlineData("https://example.com:99999/", "absolute https URL")]
    [InlineData("https://a@example.com/", "user name")]
    [InlineData("https://example.com/#x", "fragment")]
    [InlineData("https://example.com/a b", "characters")]
    [InlineData("https://example.com/\r\nX-Evil: 1", "characters")]
    [InlineData("https://exämple.com/", "characters")]
    [InlineData("https://example.com\\@evil.example/", "characters")]
    [InlineData("https://example.com/{x}", "characters")]
    public void A_url_that_cannot_be_sent_as_it_is_is_refused_with_the_reason(string text, string reason)
    {
        TargetUrl.TryParse(text, out _, out var problem).ShouldBeFalse();
        problem.ShouldContain(reason);
    }

    private static async Task<string> FirstLineAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadLineAsync() ?? "";
    }
}
