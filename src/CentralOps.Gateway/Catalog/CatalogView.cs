using System.Collections.Frozen;
using CentralOps.Gateway.Discovery;
using CentralOps.Gateway.Mcp;

namespace CentralOps.Gateway.Catalog;

/// <summary>What a group of callers sees of a gateway: found by name and listed by page. Immutable.</summary>
internal sealed class CatalogView
{
    private const int MaxNameChars = Serving.Limits.MaxToolName;

    private readonly GatewayContent _content;
    private readonly ToolSight _sight;
    private readonly FrozenDictionary<string, CatalogTool>.AlternateLookup<ReadOnlySpan<char>> _byName;
    private readonly FrozenDictionary<string, CatalogTarget>.AlternateLookup<ReadOnlySpan<char>> _liveByName;
    private readonly IReadOnlyList<CatalogTarget> _live;
    private readonly IReadOnlyList<CatalogTarget> _liveAsWhole;
    private readonly Listing[] _listings;

    /// <param name="search">Null where the gateway has no search.</param>
    public CatalogView(GatewayContent everything, ToolSight sight, ToolSearch? search, ListPaging paging, ServerIdentity server)
    {
        var content = sight.IsAll ? everything : everything.Where(sight);
        _content = content;
        _sight = sight;
        var finder = search is null ? null : SearchTool.Over(content.Tools, search);
        IReadOnlyList<CatalogTool> tools = finder is null ? content.Tools : [finder, .. content.Tools];
        _byName = tools.ToFrozenDictionary(tool => tool.Name, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _live = [.. content.Targets.Where(target => target.IsLive)];
        _liveByName = _live.ToFrozenDictionary(target => target.Name, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _liveAsWhole = [.. _live.Where(target => sight.AdmitsTarget(target.Name)).OrderBy(target => target.ResourcePriority)];
        _listings =
        [
            new(ListKind.Tools, [.. Found(finder, content.Tools), .. content.Tools.Select(ListItem.Of)], _live, paging, server),
            new(ListKind.Prompts, content.Prompts, _liveAsWhole, paging, server),
            new(ListKind.Resources, content.Resources, _liveAsWhole, paging, server),
            new(ListKind.ResourceTemplates, content.ResourceTemplates, _liveAsWhole, paging, server),
        ];
    }

    public Listing this[ListKind kind] => _listings[(int)kind];

    /// <summary>In the order of tools/list, without those of targets that list live.</summary>
    public IReadOnlyList<CatalogTool> Tools => _content.Tools;

    /// <summary>Asked for the tools of targets that list live; the others are sorted out already.</summary>
    public bool Admits(string qualifiedName) => _sight.Admits(qualifiedName);

    /// <returns>The tool that a name in a request stands for; null when there is none for this view.</returns>
    public CatalogTool? Find(JsonToken name)
    {
        // An escaped character takes up to six bytes.
        Span<char> text = stackalloc char[MaxNameChars * 6];
        var length = name.CopyText(text);
        if (length < 0)
        {
            return null;
        }

        return _byName.TryGetValue(text[..length], out var tool) ? tool : FindLive(text[..length]);
    }

    /// <returns>The target that a prompt's name belongs to, if this view holds it.</returns>
    public CatalogTarget? FindPrompt(string name) =>
        _content.Prompts.FirstOrDefault(prompt => string.Equals(prompt.Key, name, StringComparison.Ordinal))?.Target
        ?? (LiveOf(name) is { } live && _liveAsWhole.Contains(live) ? live : null);

    /// <returns>
    /// The targets that may hold a resource, the likeliest first: who lists it, else whose template it fits, else those that list live, by priority.
    /// </returns>
    public IReadOnlyList<CatalogTarget> FindResource(string uri)
    {
        var owner = _content.Resources.FirstOrDefault(resource => string.Equals(resource.Key, uri, StringComparison.Ordinal))
            ?? _content.ResourceTemplates.FirstOrDefault(template => UriTemplate.Fits(template.Key, uri));
        return owner is null ? _liveAsWhole : [owner.Target];
    }

    // The search tool comes first, on the first target's page where pages are by target.
    private static IEnumerable<ListItem> Found(CatalogTool? finder, IReadOnlyList<CatalogTool> tools) =>
        finder is null ? [] : [ListItem.Of(finder, tools.Count > 0 ? tools[0].Target : finder.Target)];

    // What it takes is known to its server only, and so is whether it is there at all.
    private CatalogTool? FindLive(ReadOnlySpan<char> name)
    {
        if (name.Length > MaxNameChars || LiveOf(name) is not { } target)
        {
            return null;
        }

        var shown = name.ToString();
        var qualified = target.Prefixes ? shown : target.Qualified(shown);
        return _sight.Admits(qualified)
            ? new CatalogTool { Name = shown, QualifiedName = qualified, Description = "", Target = target, InputSchema = default }
            : null;
    }

    // Without prefixes a name does not say whose it is: it is the first's.
    private CatalogTarget? LiveOf(ReadOnlySpan<char> name) =>
        _live is [{ Prefixes: false } first, ..] ? first : _liveByName.TryGetValue(CatalogTarget.TargetOf(name), out var target) ? target : null;
}
