using Microsoft.AspNetCore.Http;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CentralOps.Proxy.Http;
using CentralOps.Proxy.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralOps.Proxy.Tests.Http;

public sealed class LoopbackTests
{
    private static readonly BearerToken Token = BearerToken.New();

    [Fact]
    public async Task The_same_tools_are_served_over_http_in_both_eras()
    {
        await using var proxy = await TestProxy.StartAsync();
        await using var served = await ServeAsync(proxy);
        using var http = new HttpClient();
        var (initialized, headers) = await AskAsync(http, served, """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""");
        initialized.GetProperty("result").GetProperty("protocolVersion").GetString().ShouldBe("2025-11-25");
        var session = headers.GetValues("Mcp-Session-Id").Single();
        var (called, _) = await AskAsync(
            http, served, """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"aws___list_regions","arguments":{"account_id":"222222222222"}}}""",
            ("MCP-Protocol-Version", "2025-11-25"), ("Mcp-Session-Id", session));
        called.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!.ShouldContain("222222222222");

        var (stateless, _) = await AskAsync(
            http, served,
            """{"jsonrpc":"2.0","id":3,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}""",
            ("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/list"));
        stateless.GetProperty("result").GetProperty("resultType").GetString().ShouldBe("complete");
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Bearer wrong-wrong-wrong-wrong-wrong-wrong", 401)]
    public async Task Nobody_comes_in_without_the_token(string? authorization, int status)
    {
        await using var proxy = await TestProxy.StartAsync();
        await using var served = await ServeAsync(proxy);
        using var http = new HttpClient();
        using var request = Request(served, "{}");
        request.Headers.Remove("Authorization");
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await http.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(status);
        response.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer");
    }

    [Theory]
    [InlineData("Host", "attacker.example", 403)]
    [InlineData("Origin", "https://attacker.example", 403)]
    public async Task A_page_of_the_web_does_not_come_in(string header, string value, int status)
    {
        await using var proxy = await TestProxy.StartAsync();
        await using var served = await ServeAsync(proxy);
        using var http = new HttpClient();
        using var request = Request(served, "{}");
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await http.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task What_is_told_before_the_answer_makes_it_a_stream()
    {
        await using var proxy = await TestProxy.StartAsync();
        proxy.Server.Before = async (call, context) =>
        {
            if (call.Method is not "tools/call")
            {
                return false;
            }

            context.Response.ContentType = "text/event-stream";
            var token = call.Params.GetProperty("_meta").GetProperty("progressToken").GetRawText();
            await context.Response.WriteAsync($$$"""data: {"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":{{{token}}},"progress":1}}""" + "\n\n");
            await context.Response.WriteAsync($$$"""data: {"jsonrpc":"2.0","id":{{{call.Id}}},"result":{"content":[]}}""" + "\n\n");
            return true;
        };
        await using var served = await ServeAsync(proxy);
        using var http = new HttpClient();
        using var response = await http.SendAsync(Request(served, """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"aws___list_regions","_meta":{"progressToken":"p"}}}"""));
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var messages = (await response.Content.ReadAsStringAsync()).Split('\n').Where(static line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(static line => JsonDocument.Parse(line[6..]).RootElement).ToList();
        messages[0].GetProperty("params").GetProperty("progressToken").GetString().ShouldBe("p");
        messages[^1].GetProperty("id").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_client_that_leaves_ends_its_call()
    {
        await using var proxy = await TestProxy.StartAsync();
        var (began, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        proxy.Server.Before = async (call, context) =>
        {
            if (call.Method is not "tools/call")
            {
                return false;
            }

            began.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            ended.SetResult();
            return true;
        };
        await using var served = await ServeAsync(proxy);
        using var http = new HttpClient();
        using var leaves = new CancellationTokenSource();
        var asking = http.SendAsync(Request(served, """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"aws___list_regions"}}"""), leaves.Token);
        await began.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await leaves.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(asking);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData("PUT", "{}", 405)]
    [InlineData("GET", "", 405)]
    [InlineData("DELETE", "", 204)]
    [InlineData("POST", "", 400)]
    [InlineData("POST", "{", 400)]
    public async Task What_is_no_message_has_the_status_of_it(string method, string body, int status)
    {
        await using var proxy = await TestProxy.StartAsync();
        await using var served = await ServeAsync(proxy);
        using var http = new HttpClient();
        using var request = Request(served, body);
        request.Method = new HttpMethod(method);
        using var response = await http.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(status);
    }

    [Fact]
    public void A_token_is_long_and_is_not_told()
    {
        BearerToken.TryParse(new string('x', 31), out _).ShouldBeFalse();
        BearerToken.TryParse(new string(' ', 40), out _).ShouldBeFalse();
        BearerToken.TryParse(new string('x', 32), out var token).ShouldBeTrue();
        token.ToString().ShouldNotContain("x");
        token.Admits("Bearer " + new string('x', 32)).ShouldBeTrue();
        token.Admits("Basic " + new string('x', 32)).ShouldBeFalse();
    }

    private static Task<LoopbackProxy> ServeAsync(TestProxy proxy) =>
        LoopbackProxy.StartAsync(proxy.Upstream, proxy.Identities, proxy.Options, 0, Token, NullLoggerFactory.Instance, TimeProvider.System, default);

    private static HttpRequestMessage Request(LoopbackProxy served, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, served.Url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token.Value);
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        return request;
    }

    private static async Task<(JsonElement Json, HttpResponseHeaders Headers)> AskAsync(HttpClient http, LoopbackProxy served, string body, params (string Name, string Value)[] headers)
    {
        using var request = Request(served, body);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return (JsonDocument.Parse(text).RootElement, response.Headers);
    }
}
