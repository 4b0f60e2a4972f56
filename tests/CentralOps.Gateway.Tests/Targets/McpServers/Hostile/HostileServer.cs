using System.Net;
using System.Text;
using System.Text.Json;

namespace CentralOps.Gateway.Tests.Targets.McpServers.Hostile;

/// <summary>An MCP server of either era that answers every request in its own time's form, and then damages some of the answers.</summary>
internal sealed class HostileServer(Random random) : HttpMessageHandler
{
    private const int MostRequests = 2000;

    private static readonly string[] Results =
    [
        """{"content":[{"type":"text","text":"a\u00e9\ud83e\udd8a"}],"isError":false,"x":[1.0,1e5]}""",
        """{"resultType":"complete","content":[],"structuredContent":{"a":{"b":[null,true]}},"ttlMs":3,"cacheScope":"public"}""",
        """{"resultType":"input_required","inputRequests":{"a":{"method":"elicitation/create","params":{}}},"requestState":"s"}""",
        """{"structuredContent":[1,2]}""",
        "{}",
    ];

    private static readonly string[] Errors =
    [
        """{"code":-32602,"message":"No such tool\u202e\n","data":{"a":["\u0007b",1,null]}}""",
        """{"code":-32022,"message":"Unsupported protocol version","data":{"supported":["2025-06-18","2026-07-28",7]}}""",
        """{"code":-32020,"message":"Header mismatch"}""",
        """{"code":-32000,"message":"Bad Request: Server not initialized"}""",
        """{"code":-32601,"message":"Method not found"}""",
    ];

    private static readonly string[] Lists =
    [
        """{"tools":[{"name":"echo","description":"Says it.","inputSchema":{"type":"object","properties":{"m":{"type":"string","x-mcp-header":"M"}}}},{"name":"b","inputSchema":{"type":"object"},"outputSchema":{"type":"object"}}],"ttlMs":0}""",
        """{"prompts":[{"name":"hello","arguments":[{"name":"a"}]}],"nextCursor":"two"}""",
        """{"resources":[{"uri":"file:///a","name":"a"}]}""",
        """{"resourceTemplates":[{"uriTemplate":"file:///{x}","name":"x"}]}""",
    ];

    private readonly bool _stateless = random.Next(2) == 0;

    // One in so many answers is damaged: 1 for all of them.
    private readonly int _damages = random.Next(1, 8);

    // One in so many is refused.
    private readonly int _refuses = random.Next(2) == 0 ? 5 : 100;
    private int _asked;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        (++_asked).ShouldBeLessThan(MostRequests, "one call makes no more requests than that");
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        if (random.Next(200) == 0)
        {
            throw new HttpRequestException("The server went away.");
        }

        var (method, id) = Read(body);
        method = method is "prompts/list" && body.AsSpan().IndexOf("\"cursor\""u8) >= 0 ? "prompts/list, the second page" : method;
        var message = Encoding.UTF8.GetBytes(id.Length == 0 && request.Method.Method is "POST" ? "" : $$"""{"jsonrpc":"2.0","id":{{id}},{{Answer(method)}} }""");
        var streams = request.Method.Method is "GET" || random.Next(2) == 0;
        var bytes = streams ? Stream(message) : message;
        bytes = random.Next(_damages) == 0 ? Mutation.Of(random, bytes, random.Next(1, 5)) : bytes;
        var response = new HttpResponseMessage(Status(id)) { Content = new StreamContent(new CutStream(bytes, random, breaks: random.Next(20) == 0)) };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", random.Next(30) == 0 ? "text/plain" : streams ? "text/event-stream" : "application/json; charset=utf-8");
        if (!_stateless && random.Next(3) == 0)
        {
            response.Headers.TryAddWithoutValidation("Mcp-Session-Id", random.Next(10) == 0 ? "s\u0001 é" : "session-1");
        }

        return response;
    }

    private HttpStatusCode Status(string id) => random.Next(3 * _refuses) == 0
        ? (HttpStatusCode)new[] { 202, 204, 301, 400, 401, 403, 404, 405, 413, 429, 500, 503 }[random.Next(12)]
        : id.Length == 0 ? HttpStatusCode.Accepted : HttpStatusCode.OK;

    private string Answer(string method) => method switch
    {
        "server/discover" when _stateless => "\"result\":" + """{"resultType":"complete","supportedVersions":["2026-07-28","x"],"capabilities":{"tools":{},"prompts":{},"resources":{}}}""",
        "initialize" when !_stateless => "\"result\":" + """{"protocolVersion":"2025-06-18","capabilities":{"tools":{},"prompts":{},"resources":{}},"serverInfo":{"name":"h","version":"1"}}""",
        "server/discover" or "initialize" => "\"error\":" + Errors[random.Next(Errors.Length)],
        _ when random.Next(_refuses) == 0 => "\"error\":" + Errors[random.Next(Errors.Length)],
        "tools/list" => "\"result\":" + Lists[0],
        "prompts/list" => "\"result\":" + Lists[1],
        "prompts/list, the second page" => "\"result\":" + """{"prompts":[{"name":"bye"}]}""",
        "resources/list" => "\"result\":" + Lists[2],
        "resources/templates/list" => "\"result\":" + Lists[3],
        _ => "\"result\":" + Results[random.Next(Results.Length)],
    };

    /// <summary>The message as events, among others: notifications, questions, pauses, ids, and lines that end in each of the three ways.</summary>
    private byte[] Stream(byte[] message)
    {
        var end = new[] { "\n", "\r\n", "\r" }[random.Next(3)];
        var text = new StringBuilder();
        for (var more = random.Next(3); more > 0; more--)
        {
            text.Append(random.Next(6) switch
            {
                0 => $"id: {random.Next(9)}{end}data:{end}{end}",
                1 => $": a comment{end}retry: {random.Next(100)}{end}{end}",
                2 => $"data: {{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{{}}}}{end}{end}",
                3 => $"data: {{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"sampling/createMessage\",\"params\":{{}}}}{end}{end}",
                4 => $"event: other{end}data: x{end}{end}",
                _ => $"data: {{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}}{end}{end}",
            });
        }

        text.Append("data: ").Append(Encoding.UTF8.GetString(message)).Append(end).Append(end);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static (string Method, string Id) Read(byte[] body)
    {
        if (body.Length == 0)
        {
            return ("", "1");
        }

        // What the gateway writes is well-formed, whatever it was told before.
        using var message = JsonDocument.Parse(body);
        return (
            message.RootElement.TryGetProperty("method", out var method) ? method.GetString()! : "",
            message.RootElement.TryGetProperty("method", out _) && message.RootElement.TryGetProperty("id", out var id) ? id.GetRawText() : "");
    }
}
