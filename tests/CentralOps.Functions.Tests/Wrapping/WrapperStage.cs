using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;
using CentralOps.Gateway;
using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Targets.McpServers;
using CentralOps.Sandbox;
using CentralOps.Sandbox.AwsMcp;
using CentralOps.Sandbox.Estates;
using CentralOps.Tools;

namespace CentralOps.Functions.Tests.Wrapping;

/// <summary>Solution 3 as the guide draws it, with a real process for the function: gateway, wrapper, stand-in, sandbox.</summary>
internal sealed class WrapperStage : IAsyncDisposable
{
    public const string FunctionName = "central-ops-mcp-wrapper";
    private const string GatewayRole = "arn:aws:iam::111111111111:role/CentralOpsGatewayRole";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };
    private readonly List<IAsyncDisposable> _owned = [];
    private int _id;

    private WrapperStage(SandboxServer sandbox, FunctionDefinition function) => (Sandbox, Function) = (sandbox, function);

    public SandboxServer Sandbox { get; }

    public FunctionDefinition Function { get; }

    public Uri McpUrl => new(Sandbox.FunctionUrlOf(Function), "mcp");

    private AwsCredentials Role => Sandbox.SessionOf(GatewayRole, "gateway", TimeSpan.FromHours(1));

    /// <param name="settings">Further variables of the function.</param>
    public static async Task<WrapperStage> StartAsync(AwsMcpOptions? mcp = null, TimeSpan? timeout = null, params (string Name, string Value)[] settings)
    {
        var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { Estate = AdministeredAccounts.Estate, AwsMcp = mcp ?? new AwsMcpOptions { RequestsPerSecond = 1000, Burst = 1000 } }, CancellationToken.None);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CENTRALOPS_DIRECTORY_ACCOUNT"] = "111111111111",
            ["CENTRALOPS_QUOTAS"] = "learnt",
            ["CENTRALOPS_UPSTREAM_URL"] = new Uri(sandbox.Url, "mcp").ToString(),
            ["CENTRALOPS_UPSTREAM_SERVICE"] = "aws-mcp",
            ["CENTRALOPS_UPSTREAM_REGION"] = "us-east-1",
        };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        var function = new FunctionDefinition
        {
            Name = FunctionName,
            AccountId = "111111111111",
            Region = "us-east-1",
            RoleArn = "arn:aws:iam::111111111111:role/CentralOpsLambdaRole",
            Command = Path.Combine(AppContext.BaseDirectory, "bootstrap"),
            Handler = "mcp_wrapper",
            Environment = environment,
            Timeout = timeout ?? TimeSpan.FromSeconds(60),
            HasUrl = true,
        };
        sandbox.Deploy(function);
        return new WrapperStage(sandbox, function);
    }

    /// <summary>A gateway with the wrapper as a Lambda target, its schema made from what the wrapper lists.</summary>
    public async Task<Uri> AddLambdaTargetAsync()
    {
        var listed = await AskUrlAsync("tools/list", []);
        var tools = listed.GetProperty("result").GetProperty("tools").EnumerateArray()
            .Select(tool => new ToolDefinition(tool.GetProperty("name").GetString()!, tool.GetProperty("description").GetString()!, FiveKeywordSchema.Reduce(tool.GetProperty("inputSchema")), null));
        return await StartGatewayAsync(new TargetConfig
        {
            TargetId = "TARGET0001",
            Name = "aws",
            Endpoint = new TargetEndpoint.Lambda($"arn:aws:lambda:us-east-1:111111111111:function:{FunctionName}"),
            Catalog = new TargetCatalog { Tools = [.. tools] },
        });
    }

    /// <summary>A gateway with the wrapper as an MCP server over its function URL.</summary>
    public Task<Uri> AddUrlTargetAsync() => StartGatewayAsync(new TargetConfig
    {
        TargetId = "TARGET0001",
        Name = "aws",
        Endpoint = new TargetEndpoint.McpServer(McpUrl.ToString(), ListingMode.Dynamic),
        Credential = new OutboundCredential.GatewayRole("lambda", "us-east-1"),
    });

    /// <summary>Calls a tool through a gateway; the whole JSON-RPC answer.</summary>
    public Task<JsonElement> CallAsync(Uri gateway, string tool, JsonObject arguments) =>
        PostAsync(gateway, "tools/call", new JsonObject { ["name"] = tool, ["arguments"] = arguments });

    public async Task<JsonElement> PostAsync(Uri url, string method, JsonObject parameters)
    {
        using var content = new StringContent(Message(method, parameters), Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json"));
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", "2025-11-25");
        using var response = await _http.SendAsync(request);
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
    }

    /// <summary>A question as a function URL would hand it on, invoked without it.</summary>
    public async Task<JsonElement> AskUrlAsync(string method, JsonObject parameters, params (string Name, string Value)[] headers)
    {
        var answer = await SendUrlAsync(Message(method, parameters), headers.Length > 0 ? headers : [("mcp-protocol-version", "2025-11-25")]);
        answer.TryGetProperty("body", out var body).ShouldBeTrue(answer.ToString());
        return JsonSerializer.Deserialize<JsonElement>(body.GetString()!);
    }

    public Task<JsonElement> SendUrlAsync(string body, params (string Name, string Value)[] headers) => InvokeAsync(
        new JsonObject
        {
            ["version"] = "2.0",
            ["rawPath"] = "/mcp",
            ["headers"] = new JsonObject(headers.Select(header => KeyValuePair.Create(header.Name, (JsonNode?)header.Value))),
            ["requestContext"] = new JsonObject { ["http"] = new JsonObject { ["method"] = "POST" } },
            ["body"] = body,
        }.ToJsonString(),
        clientContext: null);

    public async Task<JsonElement> InvokeAsync(string payload, string? clientContext)
    {
        using var http = new HttpMessageInvoker(AwsHttp.CreateHandler());
        var input = new JsonObject { ["FunctionName"] = FunctionName };
        if (clientContext is not null)
        {
            input["ClientContext"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(clientContext));
        }

        var into = new Transcription(new System.Buffers.ArrayBufferWriter<byte>());
        var call = new AwsCall(ModelLibrary.Operation("lambda", "Invoke"), new AwsInput(Encoding.UTF8.GetBytes(input.ToJsonString()), Encoding.UTF8.GetBytes(payload)), "us-east-1", Role) { AttemptTimeout = TimeSpan.FromMinutes(1) };
        (await Client(http).CallAsync(call, into, CancellationToken.None)).Failure.ShouldBeNull();
        return JsonSerializer.Deserialize<JsonElement>(into.Blob.Span);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in _owned)
        {
            await owned.DisposeAsync();
        }

        await Sandbox.DisposeAsync();
        _http.Dispose();
    }

    private async Task<Uri> StartGatewayAsync(TargetConfig target)
    {
        var http = new HttpMessageInvoker(AwsHttp.CreateHandler());
        var outbound = OutboundHttp.Create(new OutboundRules { AllowLoopback = true }, TimeProvider.System);
        var server = await GatewayServer.StartAsync(
            new GatewayOptions
            {
                Gateway = new GatewayConfig { GatewayId = "wrapped-abcdefghij", Name = "wrapped", Debug = true, Targets = [target] },
                Region = "us-east-1",
                Aws = Client(http),
                RoleCredentials = _ => new(Role),
                McpServers = new McpTargets(new McpTargetOptions { Http = outbound, RoleCredentials = _ => new(Role), Providers = new NoProviders() }).Open,
            },
            CancellationToken.None);
        _owned.Add(server);
        return server.McpUrl;
    }

    private AwsClient Client(HttpMessageInvoker http)
    {
        var endpoint = Sandbox.Url.GetLeftPart(UriPartial.Authority);
        return new(http, new EndpointResolver(EndpointOverrides.Read(name => name is "AWS_ENDPOINT_URL" ? endpoint : null)), TimeProvider.System, new AwsClientOptions { MaxAttempts = 1, AttemptTimeout = TimeSpan.FromSeconds(65) });
    }

    private string Message(string method, JsonObject parameters) =>
        new JsonObject { ["jsonrpc"] = "2.0", ["id"] = Interlocked.Increment(ref _id), ["method"] = method, ["params"] = parameters }.ToJsonString();

    private sealed class NoProviders : ICredentialProviders
    {
        public ValueTask<OAuthClient?> FindOAuthAsync(string providerArn, CancellationToken cancellationToken) => new((OAuthClient?)null);

        public ValueTask<Secret?> FindApiKeyAsync(string providerArn, CancellationToken cancellationToken) => new((Secret?)null);
    }
}
