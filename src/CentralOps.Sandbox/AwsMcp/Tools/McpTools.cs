using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Sandbox.AwsMcp.Tools;

/// <summary>The tool list of the AWS MCP Server, as it has been since <c>aws___call_aws</c> was removed on 2026-08-31.</summary>
internal sealed class McpTools(params IReadOnlyList<McpTool> all)
{
    private readonly FrozenDictionary<string, McpTool> _byName = all.ToFrozenDictionary(tool => tool.Name, StringComparer.Ordinal);

    public IReadOnlyList<McpTool> All => all;

    public bool TryFind(string name, [NotNullWhen(true)] out McpTool? tool) => _byName.TryGetValue(name, out tool);
}
