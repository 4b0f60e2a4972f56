using CentralOps.Tools.Arguments;

namespace CentralOps.Tools.Shaping;

/// <summary>How rows are written.</summary>
internal enum RowFormat
{
    Json,

    /// <summary>Text in columns, in one string member <c>table</c>.</summary>
    Table,

    /// <summary>RFC 4180, in one string member <c>csv</c>.</summary>
    Csv,
}

internal static class RowFormats
{
    public static ChoiceArgument Argument { get; } = new(
        "format",
        "json (default), table (text in columns) or csv (RFC 4180; a text that a spreadsheet would take for a formula gets an apostrophe before it).",
        "json",
        "table",
        "csv")
    {
        IsOfTheQuestion = false,
        IsOfTheShape = true,
    };

    public static RowFormat Of(string? text) => text switch
    {
        "table" => RowFormat.Table,
        "csv" => RowFormat.Csv,
        _ => RowFormat.Json,
    };
}
