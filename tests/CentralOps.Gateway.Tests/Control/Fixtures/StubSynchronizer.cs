using System.Collections.Concurrent;
using System.Text.Json;
using CentralOps.Gateway.Synchronizing;

namespace CentralOps.Gateway.Tests.Control.Fixtures;

/// <summary>MCP servers as a test wants them, by endpoint.</summary>
internal sealed class StubSynchronizer : ITargetSynchronizer
{
    private readonly ConcurrentDictionary<string, Func<CancellationToken, ValueTask<SyncOutcome>>> _servers = new(StringComparer.Ordinal);

    public ConcurrentQueue<(GatewayConfig Gateway, TargetConfig Target)> Asked { get; } = [];

    public void Offer(string url, params string[] tools) => Answer(url, new SyncOutcome.Synchronized(Catalog(tools), []));

    public void Answer(string url, SyncOutcome outcome) => _servers[url] = _ => ValueTask.FromResult(outcome);

    public void Answer(string url, Func<CancellationToken, ValueTask<SyncOutcome>> answer) => _servers[url] = answer;

    public ValueTask<SyncOutcome> SynchronizeAsync(GatewayConfig gateway, TargetConfig target, CancellationToken cancellationToken)
    {
        Asked.Enqueue((gateway, target));
        return _servers.TryGetValue(((TargetEndpoint.McpServer)target.Endpoint).Url, out var answer)
            ? answer(cancellationToken)
            : ValueTask.FromResult<SyncOutcome>(new SyncOutcome.Failed("Failed to connect and fetch tools from the provided MCP target server. Error - connection refused"));
    }

    /// <summary>Tools by name; what stands behind a colon is their description.</summary>
    public static TargetCatalog Catalog(params string[] tools) => new()
    {
        Tools = [.. tools.Select(tool => tool.Split(':')).Select(parts => Listed(parts[0], parts.ElementAtOrDefault(1) ?? "Does it."))],
        Prompts = [new("hello", Json("""{"name":"hello","title":"Hello"}"""))],
        Resources = [new("file:///a", Json("""{"uri":"file:///a","name":"a"}"""))],
        ResourceTemplates = [new("file:///{x}", Json("""{"uriTemplate":"file:///{x}","name":"x"}"""))],
    };

    private static ToolDefinition Listed(string name, string description)
    {
        var listed = Json($$$$"""{"name":"{{{{name}}}}","description":"{{{{description}}}}","inputSchema":{"type":"object","properties":{"a":{"type":"string","enum":["x"]}}},"annotations":{"readOnlyHint":true}}""");
        return new ToolDefinition(name, description, listed.GetProperty("inputSchema"), null) { Listed = listed };
    }

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;
}
