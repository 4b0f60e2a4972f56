using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace CentralOps.Gateway.Tests.Fixtures;

/// <summary>Plain HTTP to an MCP endpoint: what is sent is what a test wrote.</summary>
internal sealed class McpHttp(Uri url) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    public Task<McpAnswer> PostAsync(string body, params (string Name, string Value)[] headers) => PostAsync(Encoding.UTF8.GetBytes(body), headers);

    public async Task<McpAnswer> PostAsync(byte[] body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await SendAsync(request, headers);
    }

    /// <summary>Posts a request of revision 2026-07-28 with all that it demands.</summary>
    public Task<McpAnswer> PostStatelessAsync(string method, string parameters = "", string? name = null, params (string Name, string Value)[] headers) =>
        PostAsync(
            Stateless(method, parameters),
            [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", method), .. name is null ? Array.Empty<(string, string)>() : [("Mcp-Name", name)], .. headers]);

    public static string Stateless(string method, string parameters = "") =>
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + parameters + (parameters.Length > 0 ? "," : "") + "\"_meta\":" + Meta + "}}";

    private const string Meta = """
        {"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}
        """;

    public static string Call(string arguments, string id = "1", string tool = "ec2___echo") =>
        $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}} }}""";

    /// <summary>Headers replace those of the same name; an empty value removes one.</summary>
    public async Task<McpAnswer> SendAsync(HttpRequestMessage request, params (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers)
        {
            HttpHeaders target = name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) ? request.Content!.Headers : request.Headers;
            target.Remove(name);
            if (value.Length > 0)
            {
                target.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await _http.SendAsync(request);
        return new McpAnswer(response.StatusCode, response.Content.Headers.ContentType?.ToString(), response.Content.Headers.Allow, await response.Content.ReadAsStringAsync())
        {
            Challenge = response.Headers.WwwAuthenticate.ToString(),
            Headers = response.Headers,
        };
    }

    public Task<McpAnswer> SendAsync(HttpMethod method, Uri? to = null) => SendAsync(new HttpRequestMessage(method, to ?? url));

    public void Dispose() => _http.Dispose();
}

internal sealed record McpAnswer(HttpStatusCode Status, string? ContentType, ICollection<string> Allow, string Body)
{
    /// <summary><c>WWW-Authenticate</c>; empty where there is none.</summary>
    public string Challenge { get; init; } = "";

    public HttpResponseHeaders? Headers { get; init; }

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public JsonElement Result => Json.GetProperty("result");

    public JsonElement Error => Json.GetProperty("error");

    public int Code => Error.GetProperty("code").GetInt32();

    public string Message => Error.GetProperty("message").GetString()!;

    /// <summary>The text of a tool's answer.</summary>
    public string Text => Result.GetProperty("content")[0].GetProperty("text").GetString()!;

    public bool IsError => Result.GetProperty("isError").GetBoolean();

    /// <summary>Raw text of the id; empty when the answer has none.</summary>
    public string Id => Json.TryGetProperty("id", out var id) ? id.GetRawText() : "";
}
