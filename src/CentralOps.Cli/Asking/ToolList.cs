using CentralOps.Cli.Terminal;
using ModelContextProtocol.Protocol;

namespace CentralOps.Cli.Asking;

/// <summary>Every tool with what it answers: on a terminal broken between words, elsewhere a line each with the arguments.</summary>
internal static class ToolList
{
    private const int Gap = 2;

    public static void Write(IReadOnlyList<Tool> tools, Screen screen)
    {
        var ordered = tools.OrderBy(tool => ToolFinder.BareName(tool.Name), StringComparer.Ordinal).ToList();
        if (screen.DataIsTerminal)
        {
            WriteWrapped(ordered, screen);
        }
        else
        {
            WriteLines(ordered, screen);
        }

        screen.Say("One tool's arguments, with an example to paste: centralops tools TOOL");
    }

    private static void WriteWrapped(List<Tool> tools, Screen screen)
    {
        var indent = tools.Select(tool => PlainText.Line(ToolFinder.BareName(tool.Name)).Length).Append(0).Max() + Gap;
        foreach (var tool in tools)
        {
            var name = PlainText.Line(ToolFinder.BareName(tool.Name)).PadRight(indent);
            var words = PlainText.Wrap(new string(' ', indent) + PlainText.Line(tool.Description ?? ""), screen.Width);
            screen.Data.WriteLine(name + words.TrimStart(' '));
        }
    }

    private static void WriteLines(List<Tool> tools, Screen screen)
    {
        var table = new Table([new("TOOL", Whole: true), new("ARGUMENTS", 2), new("DESCRIPTION", 1)]);
        foreach (var tool in tools)
        {
            var arguments = ToolArgument.Of(tool.InputSchema).Select(argument => argument.Required ? argument.Name + "*" : argument.Name);
            table.Add(ToolFinder.BareName(tool.Name), string.Join(' ', arguments), tool.Description ?? "");
        }

        table.Write(screen);
    }
}
