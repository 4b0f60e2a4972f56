using System.Buffers;
using System.Text.Json;
using CentralOps.Accounts.Refusals;

namespace CentralOps.Tools.Shaping;

/// <summary>Rows, or what a query made of them, as text in one member of an answer: <c>table</c> or <c>csv</c>.</summary>
internal static class RowText
{
    /// <param name="value">A list of rows; of any other value a grid is made as <see cref="Grid"/> tells.</param>
    /// <param name="columns">Where they are known; null to find them.</param>
    /// <param name="maxBytes">What the text should come to; only a table can be made narrower.</param>
    /// <returns>Why nothing was written.</returns>
    public static Refusal.BadArguments? WriteMember(RowFormat format, JsonElement value, IReadOnlyList<string>? columns, int maxBytes, Utf8JsonWriter json)
    {
        if (!Grid.TryMake(value, columns, out var grid))
        {
            return new Refusal.BadArguments(
                [new ArgumentProblem("format", $"cannot be {NameOf(format)} here: there are more than {Grid.MaxColumns} different columns", "Choose some with fields, or with query; or leave format out")]);
        }

        var text = new ArrayBufferWriter<byte>(4096);
        if (format == RowFormat.Csv)
        {
            CsvText.Write(grid!, text);
        }
        else
        {
            TextTable.Write(grid!, maxBytes, text);
        }

        json.WriteString(NameOf(format), text.WrittenSpan);
        return null;
    }

    private static string NameOf(RowFormat format) => format == RowFormat.Csv ? "csv" : "table";
}
