using Spectre.Console;

namespace CentralOps.Cli.Terminal;

/// <summary>One column of a table for people.</summary>
/// <param name="Priority">0 is kept longest; where the width does not suffice, the highest goes first.</param>
/// <param name="Whole">Never shortened: ids, which are useless in part.</param>
internal sealed record Column(string Title, int Priority = 0, bool Whole = false);

/// <summary>A table that fits: columns drop by priority, long text is shortened, ids stay whole; piped, nothing is lost.</summary>
internal sealed class Table(IReadOnlyList<Column> columns)
{
    private const int Gap = 2;
    private const int LeastWidth = 12;

    /// <summary>A time, an address, a state: shortened by a character it says nothing, and it is short already.</summary>
    private const int ShortWidth = 20;

    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add([.. cells.Select(PlainText.Line)]);

    /// <summary>Writes the table, and on stderr which columns did not fit.</summary>
    public void Write(Screen screen)
    {
        var titles = columns.Select(column => PlainText.Line(column.Title)).ToArray();
        var full = columns.Select((column, index) => _rows.Select(row => row[index].GetCellWidth()).Append(titles[index].GetCellWidth()).Max()).ToArray();
        var least = columns.Select((column, index) => column.Whole || full[index] <= ShortWidth ? full[index] : Math.Max(LeastWidth, titles[index].GetCellWidth())).ToArray();
        var kept = Keep(least, screen.Width);
        var widths = Widen(kept, least, full, screen.Width);
        var bold = new Style(decoration: Decoration.Bold);
        WriteLine(screen.DataConsole, kept, index => titles[index], widths, bold);
        foreach (var row in _rows)
        {
            WriteLine(screen.DataConsole, kept, index => row[index], widths, Style.Plain);
        }

        if (kept.Count < columns.Count)
        {
            var dropped = string.Join(", ", columns.Where((_, index) => !kept.Contains(index)).Select(column => PlainText.Line(column.Title)));
            screen.Say($"Not shown for lack of width: {dropped} (a wider terminal or --output json has them).");
        }
    }

    private List<int> Keep(int[] least, int width)
    {
        var kept = Enumerable.Range(0, columns.Count).ToList();
        while (kept.Count > 1 && kept.Sum(index => least[index] + Gap) - Gap > width)
        {
            kept.Remove(kept.OrderByDescending(index => columns[index].Priority).ThenByDescending(index => index).First());
        }

        return kept;
    }

    // What matters more is written out first; the rest shares what is left.
    private int[] Widen(List<int> kept, int[] least, int[] full, int width)
    {
        var widths = (int[])least.Clone();
        var spare = width - kept.Sum(index => widths[index] + Gap) + Gap;
        foreach (var index in kept.Where(index => widths[index] < full[index]).OrderBy(index => columns[index].Priority))
        {
            var more = Math.Clamp(full[index] - widths[index], 0, Math.Max(0, spare));
            widths[index] += more;
            spare -= more;
        }

        return widths;
    }

    private static void WriteLine(IAnsiConsole console, List<int> kept, Func<int, string> cell, int[] widths, Style style)
    {
        var line = string.Concat(kept.Select(index => Fit(cell(index), widths[index]) + new string(' ', Gap))).TrimEnd();
        console.Write(new Spectre.Console.Text(line + "\n", style) { Overflow = Overflow.Crop });
    }

    private static string Fit(string text, int width)
    {
        var cells = text.GetCellWidth();
        if (cells <= width)
        {
            return text + new string(' ', width - cells);
        }

        var end = text.Length;
        while (end > 0 && text[..end].GetCellWidth() > width - 1)
        {
            end -= char.IsLowSurrogate(text[end - 1]) ? 2 : 1;
        }

        var cut = text[..end] + "…";
        return cut + new string(' ', Math.Max(0, width - cut.GetCellWidth()));
    }
}
