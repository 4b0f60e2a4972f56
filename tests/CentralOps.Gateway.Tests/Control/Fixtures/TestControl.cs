using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CentralOps.Gateway.Control;
using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Storage.Sealing;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Control.Fixtures;

/// <summary>A control plane on a free port of loopback, and a plain HTTP client of it.</summary>
internal sealed class TestControl : IAsyncDisposable
{
    public const string Role = "arn:aws:iam::111111111111:role/gateway";
    public const string Function = "arn:aws:lambda:us-east-1:111111111111:function:f";
    public const string Tool = """{"name":"echo","description":"Says it again.","inputSchema":{"type":"object","properties":{"message":{"type":"string"}},"required":["message"]}}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    private TestControl(ControlPlane plane, StubSynchronizer servers, TestLogs logs) => (Plane, Servers, Logs) = (plane, servers, logs);

    public ControlPlane Plane { get; }

    public StubSynchronizer Servers { get; }

    public TestLogs Logs { get; }

    public Uri Url => Plane.Url;

    public static Sealer NewSealer()
    {
        MasterKeys.TryParse($"k1:{Convert.ToBase64String(new byte[32])}", "test", out var keys, out var fault).ShouldBeTrue(fault);
        return new Sealer(keys!);
    }

    public static async Task<TestControl> StartAsync(IStore store, Func<ControlOptions, ControlOptions>? configure = null, StubSynchronizer? servers = null)
    {
        servers ??= new StubSynchronizer();
        var logs = new TestLogs();
        var options = new ControlOptions
        {
            Store = store,
            Sealer = NewSealer(),
            Synchronizer = servers,
            AccountId = "111111111111",
            Region = "us-east-1",
            GatewayUrl = id => $"http://127.0.0.1:1/{id}/mcp",
            Builtins = new Dictionary<string, TargetCatalog>(StringComparer.Ordinal) { ["tools"] = StubSynchronizer.Catalog("one", "two") },
            Logging = logs,
        };
        return new(await ControlPlane.StartAsync(configure is null ? options : configure(options), default), servers, logs);
    }

    public static Task<TestControl> StartAsync(Func<ControlOptions, ControlOptions>? configure = null) => StartAsync(new MemoryStore(TimeProvider.System), configure);

    /// <summary>Sends a request, raw.</summary>
    public async Task<Answer> SendAsync(string method, string path, string? body = null, Action<HttpRequestMessage>? shape = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Url, path));
        if (body is not null)
        {
            request.Content = new StringContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        shape?.Invoke(request);
        using var limit = new CancellationTokenSource(Patience);
        using var response = await _http.SendAsync(request, limit.Token);
        var text = await response.Content.ReadAsStringAsync(limit.Token);
        return new(
            (int)response.StatusCode, text,
            response.Headers.TryGetValues("x-amzn-ErrorType", out var types) ? types.Single() : null,
            response.Headers.TryGetValues("x-amzn-RequestId", out var ids) ? ids.Single() : null);
    }

    /// <summary>Sends a request that succeeds.</summary>
    public async Task<JsonObject> DoAsync(string method, string path, string? body = null)
    {
        var answer = await SendAsync(method, path, body);
        answer.Status.ShouldBeInRange(200, 299, answer.Text);
        return answer.Text.Length == 0 ? [] : JsonNode.Parse(answer.Text)!.AsObject();
    }

    public static string Gateway(string name, string authorizer = "AWS_IAM", string more = "") =>
        $$"""{"name":"{{name}}","roleArn":"{{Role}}","authorizerType":"{{authorizer}}"{{more}}}""";

    public static string Lambda(string name, string tools = Tool, string more = "") =>
        $$$$$"""{"name":"{{{{{name}}}}}","targetConfiguration":{"mcp":{"lambda":{"lambdaArn":"{{{{{Function}}}}}","toolSchema":{"inlinePayload":[{{{{{tools}}}}}]}}}},"credentialProviderConfigurations":[{"credentialProviderType":"GATEWAY_IAM_ROLE"}]{{{{{more}}}}}}""";

    public static string Server(string name, string url, string members = "", string more = "") =>
        $$$$$"""{"name":"{{{{{name}}}}}","targetConfiguration":{"mcp":{"mcpServer":{"endpoint":"{{{{{url}}}}}"{{{{{members}}}}}}}}{{{{{more}}}}}}""";

    /// <summary>A gateway that is READY.</summary>
    public async Task<string> GatewayAsync(string name = "main", string authorizer = "AWS_IAM", string more = "")
    {
        var created = await DoAsync("POST", "/gateways/", Gateway(name, authorizer, more));
        var id = (string)created["gatewayId"]!;
        await UntilAsync($"/gateways/{id}/", "READY");
        return id;
    }

    /// <summary>A target that has come to rest.</summary>
    public async Task<JsonObject> TargetAsync(string gatewayId, string body, string status = "READY")
    {
        var created = await DoAsync("POST", $"/gateways/{gatewayId}/targets/", body);
        ((string)created["status"]!).ShouldBe("CREATING");
        return await UntilAsync($"/gateways/{gatewayId}/targets/{created["targetId"]}/", status);
    }

    public async Task<JsonObject> UntilAsync(string path, string status)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var resource = await DoAsync("GET", path);
            var now = (string)resource["status"]!;
            if (now == status)
            {
                return resource;
            }

            now.ShouldEndWith("ING", Case.Sensitive, $"It came to rest elsewhere: {resource.ToJsonString()}");
            await Task.Delay(20, limit.Token);
        }
    }

    public async Task GoneAsync(string path)
    {
        using var limit = new CancellationTokenSource(Patience);
        while ((await SendAsync("GET", path)).Status != 404)
        {
            await Task.Delay(20, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Plane.DisposeAsync();
    }

    internal sealed record Answer(int Status, string Text, string? ErrorType, string? RequestId)
    {
        public JsonNode Json => JsonNode.Parse(Text)!;

        public string Message => (string)Json["message"]!;

        public string? Reason => (string?)Json["reason"];

        public IReadOnlyList<string> Fields => Json["fieldList"] is JsonArray problems ? [.. problems.Select(problem => (string)problem!["name"]!)] : [];

        /// <summary>It was refused so.</summary>
        public Answer Is(int status, string type)
        {
            (Status, ErrorType).ShouldBe((status, type), Text);
            RequestId.ShouldNotBeNull();
            return this;
        }
    }
}
