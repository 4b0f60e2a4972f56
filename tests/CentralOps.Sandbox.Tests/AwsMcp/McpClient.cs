using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;

namespace CentralOps.Sandbox.Tests.AwsMcp;

/// <summary>An answer of the stand-in, with its JSON where there is some.</summary>
internal sealed record McpAnswer(HttpStatusCode Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    public JsonElement Result => Json.GetProperty("result");

    public int ErrorCode => Json.GetProperty("error").GetProperty("code").GetInt32();

    /// <summary>The text of a tool's answer.</summary>
    public string Text => Result.GetProperty("content")[0].GetProperty("text").GetString()!;

    public JsonElement Structured => Result.GetProperty("structuredContent");

    public bool IsError => Result.GetProperty("isError").GetBoolean();
}

/// <summary>A client of the stand-in that shows everything: it retries nothing and signs as it is told.</summary>
internal sealed class McpClient(SandboxServer server, AwsCredentials credentials, string region = "us-east-1") : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };
    private int _id;

    public string? Session { get; set; }

    public string? Version { get; set; }

    public static async Task<McpClient> OpenAsync(SandboxServer server, AwsCredentials credentials, string version = "2025-11-25")
    {
        var client = new McpClient(server, credentials);
        var answer = await client.InitializeAsync(version);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        client.Session = answer.Headers["Mcp-Session-Id"];
        client.Version = answer.Result.GetProperty("protocolVersion").GetString();
        return client;
    }

    public Task<McpAnswer> InitializeAsync(string version = "2025-11-25") => AskAsync(
        "initialize",
        new JsonObject { ["protocolVersion"] = version, ["capabilities"] = new JsonObject(), ["clientInfo"] = new JsonObject { ["name"] = "tests", ["version"] = "1" } });

    public Task<McpAnswer> AskAsync(string method, JsonObject? parameters = null, int? id = null, CancellationToken cancellationToken = default) => PostAsync(
        new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id ?? Interlocked.Increment(ref _id), ["method"] = method, ["params"] = parameters ?? [] }.ToJsonString(), cancellationToken: cancellationToken);

    public Task<McpAnswer> TellAsync(string method, JsonObject parameters) =>
        PostAsync(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters }.ToJsonString());

    public Task<McpAnswer> CallAsync(string tool, JsonObject? arguments = null, int? id = null, CancellationToken cancellationToken = default) =>
        AskAsync("tools/call", new JsonObject { ["name"] = "aws___" + tool, ["arguments"] = arguments ?? [] }, id, cancellationToken);

    public Task<McpAnswer> RunAsync(string code, int? id = null, CancellationToken cancellationToken = default) =>
        CallAsync("run_script", new JsonObject { ["code"] = code }, id, cancellationToken);

    public Task<McpAnswer> DeleteAsync() => SendAsync("DELETE", "");

    public Task<McpAnswer> PostAsync(string body, CancellationToken cancellationToken = default, params IEnumerable<(string Name, string Value)> headers) =>
        SendAsync("POST", body, headers: headers, cancellationToken: cancellationToken);

    public async Task<McpAnswer> SendAsync(
        string method, string body, string path = "/mcp", bool signed = true, string service = "aws-mcp", DateTimeOffset? now = null,
        IEnumerable<(string Name, string Value)>? headers = null, CancellationToken cancellationToken = default)
    {
        var wire = new WireRequest { Method = method, Path = path, Body = Encoding.UTF8.GetBytes(body) };
        wire.Headers.Add("Host", server.Url.Authority);
        if (signed)
        {
            SignatureV4.Sign(wire, credentials, new SigningScope(region, service), now ?? DateTimeOffset.UtcNow);
        }

        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(server.Url, path)) { Content = new ByteArrayContent(wire.Body.ToArray()) };
        var own = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "application/json", ["Accept"] = "application/json, text/event-stream" };
        if (Session is not null)
        {
            own["Mcp-Session-Id"] = Session;
        }

        if (Version is not null)
        {
            own["MCP-Protocol-Version"] = Version;
        }

        foreach (var (name, value) in wire.Headers.Select(header => (header.Key, header.Value)).Concat(headers ?? []))
        {
            own[name] = value;
        }

        foreach (var (name, value) in own.Where(header => header.Value.Length > 0))
        {
            _ = request.Headers.TryAddWithoutValidation(name, value) || request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _http.SendAsync(request, cancellationToken);
        var answered = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
        return new McpAnswer(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken), answered);
    }

    public void Dispose() => _http.Dispose();
}
