using System.Buffers;
using System.Text;
using System.Text.Json;
using CentralOps.Text.Shaping;

namespace CentralOps.Tools.Shaping;

/// <summary>Rows as text in columns: as wide as what stands in them, numbers to the right, every line equally wide. Cells that are too long end in an ellipsis.</summary>
internal static class TextTable
{
    public const int MaxCellWidth = 60;

    private const int LeastCellWidth = 8;
    private const string Gap = "  ";

    /// <param name="maxBytes">Columns are narrowed, down to a least width, until the table comes to no more.</param>
    public static void Write(Grid grid, int maxBytes, IBufferWriter<byte> output)
    {
        var count = grid.Columns.Count;
        var lines = new List<string[]>(grid.RowCount + 1) { grid.Columns.Select(Shown).ToArray() };
        var isText = new bool[count];
        var cells = new JsonElement[count];
        foreach (var row in grid.Rows)
        {
            grid.Read(row, cells);
            lines.Add(Array.ConvertAll(cells, TextOf));
            for (var column = 0; column < count; column++)
            {
                isText[column] |= cells[column].ValueKind is not (JsonValueKind.Number or JsonValueKind.Null or JsonValueKind.Undefined);
            }
        }

        var widths = Fit(lines, count, maxBytes);
        WriteLine(lines[0], widths, isText, output);
        WriteLine(Array.ConvertAll(widths, static width => new string('-', width)), widths, isText, output);
        foreach (var line in lines.Skip(1))
        {
            WriteLine(line, widths, isText, output);
        }
    }

    private static int[] Fit(List<string[]> lines, int count, int maxBytes)
    {
        var natural = new int[count];
        foreach (var line in lines)
        {
            for (var column = 0; column < count; column++)
            {
                natural[column] = Math.Max(natural[column], CellWidth.Of(line[column]));
            }
        }

        var most = MaxCellWidth;
        var widths = Narrowed(natural, most);
        while (most > LeastCellWidth && widths.Sum(static width => width + (long)Gap.Length) * (lines.Count + 1) > maxBytes)
        {
            most = Math.Max(LeastCellWidth, most * 3 / 4);
            widths = Narrowed(natural, most);
        }

        return widths;
    }

    private static int[] Narrowed(int[] natural, int most) => Array.ConvertAll(natural, width => Math.Min(width, most));

    private static string TextOf(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        JsonValueKind.String => Shown(cell.GetString()!),
        _ => Shown(CompactJson.Of(cell)),
    };

    // Characters that take no room are bounded too.
    private static string Shown(string text) => ForeignText.Line(text, MaxCellWidth * 4);

    private static void WriteLine(string[] cells, int[] widths, bool[] isText, IBufferWriter<byte> output)
    {
        for (var column = 0; column < cells.Length; column++)
        {
            var cell = Cut(cells[column], widths[column]);
            var padding = new string(' ', widths[column] - CellWidth.Of(cell));
            Encoding.UTF8.GetBytes(isText[column] ? cell + padding : padding + cell, output);
            Encoding.UTF8.GetBytes(column < cells.Length - 1 ? Gap : "\n", output);
        }
    }

    private static string Cut(string text, int width)
    {
        if (CellWidth.Of(text) <= width)
        {
            return text;
        }

        var (end, used) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            used += CellWidth.Of(rune);
            if (used > width - 1)
            {
                break;
            }

            end += rune.Utf16SequenceLength;
        }

        return string.Concat(text.AsSpan(0, end), "…");
    }
}
