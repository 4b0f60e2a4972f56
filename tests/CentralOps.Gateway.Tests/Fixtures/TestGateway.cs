using System.Text.Json;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Gateway.Targets;

namespace CentralOps.Gateway.Tests.Fixtures;

/// <summary>A gateway on a free port of loopback, and a client of it.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    public const string Id = "test-abcdefghij";
    public const string TargetId = "TARGET0001";
    public const string FunctionArn = "arn:aws:lambda:us-east-1:111111111111:function:central-ops-ec2";

    private TestGateway(GatewayServer server)
    {
        Server = server;
        Http = new McpHttp(server.McpUrl);
    }

    public GatewayServer Server { get; }

    public Uri Url => Server.McpUrl;

    public McpHttp Http { get; }

    public static JsonElement Schema(string json) => JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 }).RootElement;

    public static JsonElement EchoSchema { get; } = Schema("""
        {"type":"object","properties":{"message":{"type":"string","description":"What to say."},"count":{"type":"integer"}},"required":["message"]}
        """);

    public static ToolDefinition Tool(string name, string? schema = null, string? output = null) =>
        new(name, $"Does {name}.", schema is null ? EchoSchema : Schema(schema), output is null ? null : Schema(output));

    public static TargetConfig Target(string name, params ToolDefinition[] tools) =>
        new() { TargetId = TargetId, Name = name, Endpoint = new TargetEndpoint.Lambda(FunctionArn), Catalog = new() { Tools = tools } };

    public static GatewayConfig Config(params TargetConfig[] targets) => new() { GatewayId = Id, Name = "test", Targets = targets };

    /// <summary>Options with every target answered by <paramref name="target"/>, an echo if there is none.</summary>
    public static GatewayOptions Options(GatewayConfig config, ITarget? target = null, AwsClient? aws = null) => new()
    {
        Gateway = aws is null ? config with { Targets = [.. config.Targets.Select(t => t with { Endpoint = new TargetEndpoint.Builtin("test") })] } : config,
        Region = "us-east-1",
        Aws = aws ?? new AwsClient(new HttpMessageInvoker(new NoNetwork()), EndpointResolver.Default, TimeProvider.System, new AwsClientOptions()),
        RoleCredentials = _ => new(new AwsCredentials("AKIDGATEWAY", "secret")),
        Builtins = new Dictionary<string, ITarget>(StringComparer.Ordinal) { ["test"] = target ?? new TestTarget() },
    };

    public static async Task<TestGateway> StartAsync(GatewayOptions options) => new(await GatewayServer.StartAsync(options, default));

    /// <summary>A gateway with one tool, <c>ec2___echo</c>.</summary>
    public static Task<TestGateway> StartAsync(ITarget? target = null, Func<GatewayConfig, GatewayConfig>? configure = null)
    {
        var config = Config(Target("ec2", Tool("echo")));
        return StartAsync(Options(configure is null ? config : configure(config), target));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }

    private sealed class NoNetwork : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"This test was not meant to call {request.RequestUri}.");
    }
}
