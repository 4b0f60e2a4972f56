using System.Text.Json;
using CentralOps.Gateway.Targets;

namespace CentralOps.Gateway.Tests.Fixtures;

/// <summary>Gateways with search, and searches as clients send them.</summary>
internal static class SearchedGateway
{
    public const string ToolName = "x_amz_bedrock_agentcore_search";

    public static Task<TestGateway> StartAsync(GatewayConfig config, Func<GatewayOptions, GatewayOptions>? configure = null, ITarget? target = null)
    {
        var options = TestGateway.Options(config with { Search = true }, target);
        return TestGateway.StartAsync(configure is null ? options : configure(options));
    }

    public static Task<McpAnswer> SearchAsync(this TestGateway gateway, string query) =>
        gateway.Http.PostStatelessAsync("tools/call", $$"""
            "name":"{{ToolName}}","arguments":{"query":{{JsonSerializer.Serialize(query)}}}
            """, ToolName);

    public static async Task<string[]> FindAsync(this TestGateway gateway, string query)
    {
        var answer = await gateway.SearchAsync(query);
        return [.. answer.Result.GetProperty("structuredContent").GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()!)];
    }

    public static ToolDefinition Tool(string name, string description) => new(name, description, TestGateway.EchoSchema, null);
}
