using System.Collections.Frozen;
using CentralOps.Access.Callers;
using CentralOps.Proxy.Identities;
using CentralOps.Proxy.Upstreams;

namespace CentralOps.Proxy.Wrapping;

/// <summary>The server's tools, read as the function's own confined role and kept for a while. Safe for concurrent use.</summary>
internal sealed class WrapperTools(ConfinedUpstream upstream, WrapperOptions options, TimeProvider time)
{
    private static readonly TimeSpan FreshForLists = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FreshForCalls = TimeSpan.FromMinutes(10);

    private Read? _kept;

    /// <summary>The tools for a client that lists.</summary>
    public async ValueTask<(IReadOnlyList<WrappedTool> Tools, UpstreamTrouble? Trouble)> ListAsync(CancellationToken cancellationToken)
    {
        var (read, trouble) = await ReadAsync(FreshForLists, cancellationToken);
        return (read?.Tools ?? [], trouble);
    }

    /// <returns>The tool; null where the server has none of that name that is passed on; or why that cannot be told.</returns>
    public async ValueTask<(WrappedTool? Tool, UpstreamTrouble? Trouble)> FindAsync(string name, CancellationToken cancellationToken)
    {
        var (known, trouble) = await ReadAsync(FreshForCalls, cancellationToken);
        if (known is null || known.ByName.ContainsKey(name))
        {
            return (known?.ByName.GetValueOrDefault(name), trouble);
        }

        // It may be new.
        (known, trouble) = await ReadAsync(FreshForLists, cancellationToken);
        return (known?.ByName.GetValueOrDefault(name), trouble);
    }

    private async ValueTask<(Read? Read, UpstreamTrouble? Trouble)> ReadAsync(TimeSpan fresh, CancellationToken cancellationToken)
    {
        if (_kept is { } kept && time.GetElapsedTime(kept.At) < fresh)
        {
            return (kept, null);
        }

        // The list is the same for everybody; who may see which tool of it is judged over each.
        var (listed, trouble) = await upstream.ListToolsAsync(new UpstreamIdentity(options.Home, options.Role, Caller.Local), default, cancellationToken);
        if (trouble is not null)
        {
            return (null, trouble);
        }

        var tools = listed.Select(tool => WrappedTool.Of(tool, options)).OfType<WrappedTool>().DistinctBy(static tool => tool.Name, StringComparer.Ordinal).ToList();
        var read = new Read(tools, tools.ToFrozenDictionary(static tool => tool.Name, StringComparer.Ordinal), time.GetTimestamp());
        _kept = read;
        return (read, null);
    }

    private sealed record Read(IReadOnlyList<WrappedTool> Tools, FrozenDictionary<string, WrappedTool> ByName, long At);
}
