using System.Collections.Frozen;
using CentralOps.Gateway.Mcp;

namespace CentralOps.Gateway.Catalog;

/// <summary>
/// One list as a group of callers sees it: first the pages of what is known, made once, then those of the targets that list live, one target
/// after the other.
/// </summary>
internal sealed class Listing
{
    private readonly IReadOnlyList<CatalogTarget> _live;
    private readonly FrozenDictionary<string, ListPage> _byCursor;
    private readonly ListPage _first;

    public Listing(ListKind kind, IReadOnlyList<ListItem> items, IReadOnlyList<CatalogTarget> live, ListPaging paging, ServerIdentity server)
    {
        Kind = kind;
        _live = live;
        var pages = ListPage.Lay(kind, items, paging, server, live.Count == 0 ? null : new LiveCursor(live[0].Config.TargetId, null).Encode());
        _first = pages[0];
        _byCursor = pages.Skip(1).ToFrozenDictionary(page => page.Cursor, StringComparer.Ordinal);
    }

    public ListKind Kind { get; }

    /// <summary>Where a cursor leads: to a page, to a live target, or, where this listing did not hand it out, nowhere.</summary>
    public ListPlace Find(JsonToken cursor)
    {
        if (cursor.IsAbsent)
        {
            return new(_first, null, null);
        }

        if (!cursor.IsString || cursor.Raw.Length > LiveCursor.MaxBytes)
        {
            return default;
        }

        var text = cursor.Text();
        if (_byCursor.TryGetValue(text, out var page))
        {
            return new(page, null, null);
        }

        return LiveCursor.TryParse(text, out var live) && _live.FirstOrDefault(target => string.Equals(target.Config.TargetId, live.TargetId, StringComparison.Ordinal)) is { } target
            ? new(null, target, live.Upstream)
            : default;
    }

    /// <summary>The cursor to whatever comes after a live target; null after the last.</summary>
    public string? After(CatalogTarget target)
    {
        for (var i = 0; i + 1 < _live.Count; i++)
        {
            if (_live[i] == target)
            {
                return new LiveCursor(_live[i + 1].Config.TargetId, null).Encode();
            }
        }

        return null;
    }
}

/// <summary>Where a cursor leads; nowhere by default.</summary>
internal readonly record struct ListPlace(ListPage? Page, CatalogTarget? Live, string? Upstream);
