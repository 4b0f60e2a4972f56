using System.Text;
using System.Text.Json;
using CentralOps.Cli.Terminal;
using CentralOps.Tools;
using Tool = ModelContextProtocol.Protocol.Tool;

namespace CentralOps.Cli.Asking;

/// <summary>One tool for a person: what it answers, its arguments, an example to paste, and what a role must be allowed for it.</summary>
internal static class ToolView
{
    private const int Gap = 2;
    private const int LeastForWords = 30;

    /// <param name="declared">The tool as it is built in; null where the gateway has one of its own.</param>
    public static void Write(Tool tool, ToolDeclaration? declared, Screen screen)
    {
        screen.Data.WriteLine(PlainText.Line(tool.Name));
        WriteWords(tool.Description ?? "", 0, screen);
        var arguments = ToolArgument.Of(declared?.InputSchema ?? tool.InputSchema).ToList();
        if (arguments.Count > 0)
        {
            screen.Data.WriteLine();
            screen.Data.WriteLine("Arguments (* required)");
            WriteArguments(arguments, screen);
        }

        if (declared is null)
        {
            return;
        }

        screen.Data.WriteLine();
        screen.Data.WriteLine("Example");
        screen.Data.WriteLine($"  {CommandFor(declared)}");
        screen.Data.WriteLine();
        screen.Data.WriteLine("AWS operations");
        WriteWords(string.Join(", ", declared.Operations), Gap, screen);
        screen.Data.WriteLine("IAM actions");
        WriteWords(string.Join(", ", IamStatement.ActionsOf(declared)), Gap, screen);
    }

    /// <summary>The example as a command line; it is never broken, so that what is copied is the whole of it.</summary>
    internal static string CommandFor(ToolDeclaration declared)
    {
        using var example = JsonDocument.Parse(declared.Example);
        var line = new StringBuilder("./centralops call ").Append(declared.Name);
        foreach (var argument in example.RootElement.EnumerateObject())
        {
            var value = argument.Value.ValueKind == JsonValueKind.String ? argument.Value.GetString()! : argument.Value.GetRawText();
            line.Append(argument.Name switch
            {
                "account_id" => $" --account {ShellWord.Of(value)}",
                "region" => $" --region {ShellWord.Of(value)}",
                _ => $" --arg {ShellWord.Of($"{argument.Name}={value}")}",
            });
        }

        return line.ToString();
    }

    // Name, type and default stand in columns; words go beside them, or below where there is no room.
    private static void WriteArguments(List<ToolArgument> arguments, Screen screen)
    {
        var rows = arguments.ConvertAll(argument => (
            Name: PlainText.Line(argument.Required ? argument.Name + "*" : argument.Name),
            Type: PlainText.Line(argument.Type),
            Default: PlainText.Line(argument.Default.Length > 0 ? $"= {argument.Default}" : ""),
            Words: argument.Description));
        var names = rows.Max(row => row.Name.Length) + Gap;
        var types = rows.Max(row => row.Type.Length) + Gap;
        var defaults = rows.Max(row => row.Default.Length) is > 0 and var longest ? longest + Gap : 0;
        var indent = Gap + names + types + defaults;
        var below = screen.Width - indent < LeastForWords;
        foreach (var (name, type, otherwise, words) in rows)
        {
            var head = new string(' ', Gap) + name.PadRight(names) + type.PadRight(types) + otherwise.PadRight(defaults);
            if (below)
            {
                screen.Data.WriteLine(head.TrimEnd());
                WriteWords(words, 2 * Gap, screen);
                continue;
            }

            var wrapped = PlainText.Wrap(new string(' ', indent) + PlainText.Line(words), screen.Width);
            screen.Data.WriteLine(head + wrapped.TrimStart(' '));
        }
    }

    private static void WriteWords(string words, int indent, Screen screen) =>
        screen.Data.WriteLine(PlainText.Wrap(new string(' ', indent) + PlainText.Line(words), screen.Width));
}
