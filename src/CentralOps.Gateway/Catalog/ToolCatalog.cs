using System.Collections.Frozen;
using CentralOps.Access.Callers;

namespace CentralOps.Gateway.Catalog;

/// <summary>
/// The tools of a gateway. Whatever a caller does with tools (list, call, later search) goes through <see cref="For"/>: a tool that he may
/// not see is not there, and answers like one that never was.
/// </summary>
internal sealed class ToolCatalog(CatalogView everything)
{
    /// <summary>The tools that <paramref name="caller"/> may see. Until rules exist that tell callers apart, everybody sees all.</summary>
    public CatalogView For(Caller caller)
    {
        _ = caller;
        return everything;
    }
}

/// <summary>The tools that a group of callers sees: found by name and listed by page. Immutable.</summary>
internal sealed class CatalogView
{
    private const int MaxNameChars = Serving.Limits.MaxToolName;

    private readonly FrozenDictionary<string, CatalogTool>.AlternateLookup<ReadOnlySpan<char>> _byName;
    private readonly FrozenDictionary<string, ListPage> _byCursor;
    private readonly ListPage _first;

    /// <param name="search">Null where the gateway has no search.</param>
    public CatalogView(IReadOnlyList<CatalogTool> tools, ListPaging paging, Mcp.ServerIdentity server, Discovery.ToolSearch? search = null)
    {
        tools = search is null ? tools : [Discovery.SearchTool.Over(tools, search), .. tools];
        _byName = tools.ToFrozenDictionary(tool => tool.Name, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        var pages = ListPage.Lay(tools, paging, server);
        _first = pages[0];
        _byCursor = pages.Skip(1).ToFrozenDictionary(page => page.Cursor, StringComparer.Ordinal);
    }

    /// <returns>The tool that a name in a request stands for; null when there is none for this view.</returns>
    public CatalogTool? Find(Mcp.JsonToken name)
    {
        // An escaped character takes up to six bytes.
        Span<char> text = stackalloc char[MaxNameChars * 6];
        var length = name.CopyText(text);
        return length >= 0 && _byName.TryGetValue(text[..length], out var tool) ? tool : null;
    }

    /// <returns>The page that a cursor leads to, the first one without a cursor; null for a cursor that this listing did not hand out.</returns>
    public ListPage? Page(Mcp.JsonToken cursor)
    {
        if (cursor.IsAbsent)
        {
            return _first;
        }

        return cursor.IsString && cursor.Raw.Length <= ListPage.MaxCursorBytes && _byCursor.TryGetValue(cursor.Text(), out var page) ? page : null;
    }
}
