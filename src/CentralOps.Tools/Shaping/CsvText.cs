using System.Buffers;
using System.Text;
using System.Text.Json;
using CentralOps.Tools.Answers;

namespace CentralOps.Tools.Shaping;

/// <summary>
/// Rows as RFC 4180 has them: a header, CRLF, quotes where they are needed. Null is an empty cell, the empty string <c>""</c>, what is nested compact JSON. A text
/// that a spreadsheet would take for a formula gets an apostrophe before it (https://owasp.org/www-community/attacks/CSV_Injection); numbers are no texts.
/// </summary>
internal static class CsvText
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n");

    public static void Write(Grid grid, IBufferWriter<byte> output)
    {
        var line = new StringBuilder();
        foreach (var column in grid.Columns)
        {
            AppendCell(line, Safe(column));
        }

        End(line, output);
        var cells = new JsonElement[grid.Columns.Count];
        foreach (var row in grid.Rows)
        {
            grid.Read(row, cells);
            foreach (var cell in cells)
            {
                AppendCell(line, TextOf(cell));
            }

            End(line, output);
        }
    }

    /// <summary>Null for an empty cell.</summary>
    private static string? TextOf(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.String => Safe(cell.GetString()!),
        _ => CompactJson.Of(cell),
    };

    private static string Safe(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' ? "'" + text : text;

    private static void AppendCell(StringBuilder line, string? text)
    {
        if (text is not null)
        {
            var isQuoted = text.Length == 0 || text.AsSpan().ContainsAny(Quoted) || text[0] == ' ' || text[^1] == ' ';
            line.Append(isQuoted ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text);
        }

        line.Append(',');
    }

    private static void End(StringBuilder line, IBufferWriter<byte> output)
    {
        line.Length -= line.Length > 0 ? 1 : 0;
        line.Append("\r\n");

        // Whole, because a chunk may end between the halves of a surrogate pair.
        Encoding.UTF8.GetBytes(line.ToString(), output);
        line.Clear();
    }
}
