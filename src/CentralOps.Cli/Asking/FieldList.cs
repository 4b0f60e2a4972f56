using System.Text.Json;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Asking;

/// <summary>One thing for a person: a line a field, long values broken between words.</summary>
internal static class FieldList
{
    private const int Gap = 2;

    public static void Write(JsonElement thing, Screen screen)
    {
        var rows = thing.EnumerateObject().Select(field => (Title: PlainText.Line(AnswerView.Title(field.Name)), Value: PlainText.Line(AnswerView.Cell(thing, field.Name)))).ToList();
        var indent = rows.Select(row => row.Title.Length).Append(0).Max() + Gap;
        foreach (var (title, value) in rows)
        {
            var wrapped = PlainText.Wrap(new string(' ', indent) + value, screen.Width);
            screen.Data.WriteLine((title.PadRight(indent) + wrapped.TrimStart(' ')).TrimEnd());
        }
    }
}
