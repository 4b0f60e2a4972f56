using System.Text.Json;
using CentralOps.Gateway.Targets;

namespace CentralOps.Gateway.Tests.Fixtures;

/// <summary>A gateway over MCP servers that are played by <see cref="TestMcpTarget"/>, by target name.</summary>
internal static class McpGateway
{
    private static int _ids;

    public static TargetConfig Target(string name, TargetCatalog? catalog = null, ListingMode mode = ListingMode.Default, int priority = 1000) => new()
    {
        TargetId = $"MCP{Interlocked.Increment(ref _ids):D7}",
        Name = name,
        Endpoint = new TargetEndpoint.McpServer($"https://{name}.example.com/mcp", mode, priority),
        Credential = new OutboundCredential.None(),
        Catalog = catalog ?? TargetCatalog.Empty,
    };

    public static ToolDefinition Tool(string name, string more = "") =>
        new(name, $"Does {name}.", TestGateway.EchoSchema, null) { Listed = Json($$"""{"name":"{{name}}","description":"Does {{name}}.","inputSchema":{"type":"object","oneOf":[{}]}{{more}}}""") };

    public static ResourceDefinition Resource(string uri, string name) => new(uri, Json($$"""{"uri":"{{uri}}","name":"{{name}}"}"""));

    public static ResourceTemplateDefinition Template(string template) => new(template, Json($$"""{"uriTemplate":"{{template}}","name":"t"}"""));

    public static PromptDefinition Prompt(string name) => new(name, Json($$"""{"name":"{{name}}","arguments":[{"name":"a"}]}"""));

    public static Task<TestGateway> StartAsync(IReadOnlyDictionary<string, TestMcpTarget> servers, params TargetConfig[] targets) => StartAsync(servers, config => config, targets);

    public static Task<TestGateway> StartAsync(IReadOnlyDictionary<string, TestMcpTarget> servers, Func<GatewayConfig, GatewayConfig> configure, params TargetConfig[] targets) =>
        StartAsync(servers, configure, static options => options, targets);

    public static Task<TestGateway> StartAsync(IReadOnlyDictionary<string, TestMcpTarget> servers, Func<GatewayConfig, GatewayConfig> configure, Func<GatewayOptions, GatewayOptions> adjust, params TargetConfig[] targets)
    {
        var config = configure(TestGateway.Config(targets));
        return TestGateway.StartAsync(adjust(TestGateway.Options(config) with { Gateway = config, McpServers = (_, target) => servers[target.Name] }));
    }

    public static string Request(string method, string parameters = "{}") => $$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""";

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;
}
