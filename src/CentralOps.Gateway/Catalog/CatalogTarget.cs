using CentralOps.Gateway.Targets;

namespace CentralOps.Gateway.Catalog;

/// <summary>One target of a gateway, opened. Immutable.</summary>
/// <param name="Prefixes">Its names carry its own name in front.</param>
internal sealed record CatalogTarget(TargetConfig Config, ITarget Target, bool Prefixes)
{
    private const string Separator = "___";

    public string Name => Config.Name;

    /// <summary>What it offers is asked for anew each time, and never kept.</summary>
    public bool IsLive => Config.Endpoint is TargetEndpoint.McpServer { Listing: ListingMode.Dynamic } && Target is IMcpTarget;

    public IMcpTarget? Mcp => Target as IMcpTarget;

    /// <summary>Of resources: the lower wins.</summary>
    public int ResourcePriority => (Config.Endpoint as TargetEndpoint.McpServer)?.ResourcePriority ?? int.MaxValue;

    /// <summary>How clients know something of this target.</summary>
    public string Shown(string name) => Prefixes ? Qualified(name) : name;

    /// <summary><c>target___name</c>: what rules, functions and records know it by, whatever clients are shown.</summary>
    public string Qualified(string name) => Name + Separator + name;

    /// <summary>The target's name in front of the first separator; empty where there is none.</summary>
    public static ReadOnlySpan<char> TargetOf(ReadOnlySpan<char> prefixed)
    {
        var end = prefixed.IndexOf(Separator, StringComparison.Ordinal);
        return end < 0 ? [] : prefixed[..end];
    }
}
