using System.Collections.Frozen;
using CentralOps.Accounts;
using CentralOps.Proxy.Identities;
using CentralOps.Proxy.Upstreams;

namespace CentralOps.Proxy.Tools;

/// <summary>
/// The server's tools, learnt from its list and never from names alone. Kept for calls; a client that lists, and a call of a name that is not there, read anew.
/// Safe for concurrent use: who comes while it is read waits for that.
/// </summary>
internal sealed class ToolTable(ConfinedUpstream upstream, IIdentities identities, ProxyOptions options, TimeProvider time)
{
    private static readonly TimeSpan FreshForLists = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FreshForCalls = TimeSpan.FromMinutes(10);

    private readonly Flights<int, ToolsRead> _flights = new();
    private ToolsRead? _kept;

    /// <summary>The tools for a client that lists.</summary>
    public ValueTask<ToolsRead> ListAsync(CancellationToken cancellationToken) => ReadAsync(FreshForLists, cancellationToken);

    /// <returns>The tool; null where the server has none of that name; or why that cannot be told.</returns>
    public async ValueTask<(ProxiedTool? Tool, UpstreamTrouble? Trouble)> FindAsync(string name, CancellationToken cancellationToken)
    {
        var known = await ReadAsync(FreshForCalls, cancellationToken);
        if (known.Trouble is not null || known.ByName.TryGetValue(name, out _))
        {
            return (known.ByName.GetValueOrDefault(name), known.Trouble);
        }

        var anew = await ReadAsync(FreshForLists, cancellationToken);
        return (anew.ByName.GetValueOrDefault(name), anew.Trouble);
    }

    private async ValueTask<ToolsRead> ReadAsync(TimeSpan fresh, CancellationToken cancellationToken) =>
        _kept is { } kept && time.GetElapsedTime(kept.ReadAt) < fresh ? kept : await _flights.JoinAsync(0, ReadAsync, cancellationToken);

    private async Task<ToolsRead> ReadAsync()
    {
        // It goes on for those who come later when the first client has left; a list that never ends must not.
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            return await ReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            return ToolsRead.Failed(UpstreamTrouble.OutOfTime(upstream.Address, Patience));
        }
    }

    private async Task<ToolsRead> ReadAsync(CancellationToken cancellationToken)
    {
        var identity = await identities.FindAsync(null, "tools/list", cancellationToken);
        if (identity.Identity is not { } own)
        {
            return ToolsRead.Failed(identity.Trouble!);
        }

        var (tools, trouble) = await upstream.ListToolsAsync(own, options.MetaJson, cancellationToken);
        if (trouble is not null)
        {
            return ToolsRead.Failed(trouble.OfDefaultAccount());
        }

        var without = own.IsAssumed ? $"in account {own.Account}" : "with the proxy's own credentials";
        var read = tools.Select(tool => ProxiedTool.Of(tool, options.ReadOnly, without)).DistinctBy(static tool => tool.Name, StringComparer.Ordinal).ToList();
        var found = new ToolsRead(read, read.ToFrozenDictionary(static tool => tool.Name, StringComparer.Ordinal), null, time.GetTimestamp());
        _kept = found;
        return found;
    }
}

/// <summary>A list that was read, or why there is none.</summary>
internal sealed record ToolsRead(IReadOnlyList<ProxiedTool> Tools, FrozenDictionary<string, ProxiedTool> ByName, UpstreamTrouble? Trouble, long ReadAt)
{
    public static ToolsRead Failed(UpstreamTrouble trouble) => new([], FrozenDictionary<string, ProxiedTool>.Empty, trouble, 0);
}
