namespace CentralOps.Gateway.Catalog;

/// <summary>All that a gateway offers, whoever asks. Immutable.</summary>
internal sealed record GatewayContent(
    IReadOnlyList<CatalogTarget> Targets,
    IReadOnlyList<CatalogTool> Tools,
    IReadOnlyList<ListItem> Prompts,
    IReadOnlyList<ListItem> Resources,
    IReadOnlyList<ListItem> ResourceTemplates)
{
    /// <summary>Prompts and resources come from MCP servers only; without one, a gateway does not know those methods.</summary>
    public bool HasMcpServers => Targets.Any(target => target.Mcp is not null);

    /// <summary>What is left for callers who see only some tools. Prompts and resources go by whole targets: no tool's name stands for them.</summary>
    public GatewayContent Where(ToolSight sight) => new(
        [.. Targets.Where(one => one.IsLive || sight.AdmitsTarget(one.Name))],
        [.. Tools.Where(one => sight.Admits(one.QualifiedName))],
        [.. Prompts.Where(one => sight.AdmitsTarget(one.Target.Name))],
        [.. Resources.Where(one => sight.AdmitsTarget(one.Target.Name))],
        [.. ResourceTemplates.Where(one => sight.AdmitsTarget(one.Target.Name))]);
}
