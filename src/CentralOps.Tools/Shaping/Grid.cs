using System.Text.Json;

namespace CentralOps.Tools.Shaping;

/// <summary>
/// Any JSON value as columns and rows: a list of objects has a column for each name that any of them has; a list of lists numbered columns; anything else
/// one column <c>value</c>. What is no list is one row.
/// </summary>
internal sealed class Grid
{
    public const int MaxColumns = 100;

    private readonly JsonElement _value;
    private readonly bool _isOfObjects;
    private readonly bool _isOfLists;

    private Grid(JsonElement value, IReadOnlyList<string> columns, bool isOfObjects, bool isOfLists) =>
        (_value, Columns, _isOfObjects, _isOfLists) = (value, columns, isOfObjects, isOfLists);

    public IReadOnlyList<string> Columns { get; }

    public int RowCount => _value.ValueKind == JsonValueKind.Array ? _value.GetArrayLength() : 1;

    public IEnumerable<JsonElement> Rows => _value.ValueKind == JsonValueKind.Array ? _value.EnumerateArray() : [_value];

    /// <param name="columns">Where they are known; null to find them.</param>
    /// <param name="grid">Null where there are more than <see cref="MaxColumns"/>.</param>
    public static bool TryMake(JsonElement value, IReadOnlyList<string>? columns, out Grid? grid)
    {
        grid = null;
        var rows = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : Enumerable.Repeat(value, 1);
        var isOfObjects = columns is not null || rows.Any() && rows.All(static row => row.ValueKind == JsonValueKind.Object);
        var isOfLists = !isOfObjects && rows.Any() && rows.All(static row => row.ValueKind == JsonValueKind.Array);
        columns ??= isOfObjects ? Names(rows) : isOfLists ? Numbers(rows) : ["value"];
        if (columns.Count > MaxColumns)
        {
            return false;
        }

        grid = new Grid(value, columns, isOfObjects, isOfLists);
        return true;
    }

    /// <summary>The cells of a row, one for each column; undefined where the row has none.</summary>
    public void Read(JsonElement row, Span<JsonElement> cells)
    {
        if (_isOfObjects)
        {
            for (var index = 0; index < cells.Length; index++)
            {
                cells[index] = row.TryGetProperty(Columns[index], out var value) ? value : default;
            }

            return;
        }

        if (!_isOfLists)
        {
            cells[0] = row;
            return;
        }

        cells.Clear();
        var at = 0;
        foreach (var value in row.EnumerateArray())
        {
            cells[at++] = value;
        }
    }

    private static List<string> Names(IEnumerable<JsonElement> rows)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var names = new List<string>();
        foreach (var member in rows.SelectMany(static row => row.EnumerateObject()))
        {
            if (names.Count <= MaxColumns && seen.Add(member.Name))
            {
                names.Add(member.Name);
            }
        }

        return names;
    }

    private static List<string> Numbers(IEnumerable<JsonElement> rows) =>
        [.. Enumerable.Range(1, Math.Min(MaxColumns + 1, rows.Max(static row => row.GetArrayLength()))).Select(static number => number.ToString(System.Globalization.CultureInfo.InvariantCulture))];
}
