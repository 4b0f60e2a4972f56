using System.Collections.Concurrent;
using CentralOps.Access.Callers;
using CentralOps.Gateway.Discovery;
using CentralOps.Gateway.Mcp;

namespace CentralOps.Gateway.Catalog;

/// <summary>
/// What a gateway offers, by who asks. Whatever a caller does with tools (list, search, call) goes through <see cref="For"/>: a tool that he may
/// not see is not there, and answers like one that never was.
/// </summary>
internal sealed class ToolCatalog
{
    // Callers fall into few groups; a configuration with more pays for compiling a view now and then.
    private const int MaxViews = 256;

    private readonly GatewayContent _content;
    private readonly Func<Caller, ToolSight> _sightOf;
    private readonly ToolSearch? _search;
    private readonly ListPaging _paging;
    private readonly ServerIdentity _server;
    private readonly CatalogView _everything;
    private readonly ConcurrentDictionary<string, CatalogView> _views = new(StringComparer.Ordinal);

    public ToolCatalog(GatewayContent content, Func<Caller, ToolSight> sightOf, ToolSearch? search, ListPaging paging, ServerIdentity server)
    {
        (_content, _sightOf, _search, _paging, _server) = (content, sightOf, search, paging, server);
        _everything = new(content, ToolSight.All, search, paging, server);
    }

    /// <summary>What <paramref name="caller"/> may see.</summary>
    public CatalogView For(Caller caller)
    {
        var sight = _sightOf(caller);
        if (sight.IsAll)
        {
            return _everything;
        }

        if (_views.TryGetValue(sight.Key, out var known))
        {
            return known;
        }

        if (_views.Count >= MaxViews)
        {
            _views.Clear();
        }

        return _views.GetOrAdd(sight.Key, _ => new CatalogView(_content, sight, _search, _paging, _server));
    }
}
