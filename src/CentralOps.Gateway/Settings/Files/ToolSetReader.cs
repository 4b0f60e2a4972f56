namespace CentralOps.Gateway.Settings.Files;

/// <summary><c>tool_sets</c> of a gateway: who sees which tools.</summary>
internal static class ToolSetReader
{
    private const int MaxName = 64;

    public static IReadOnlyList<ToolSet> ReadAll(Section gateway)
    {
        var sets = new List<ToolSet>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in gateway.Sections("tool_sets", "name: databases"))
        {
            if (Read(section) is not { } set)
            {
                continue;
            }

            if (!names.Add(set.Name))
            {
                section.Problems.Add(section.Line, $"{section.Place}: there is a set '{set.Name}' already", "Give each set a name of its own.");
            }

            sets.Add(set);
        }

        return sets;
    }

    private static ToolSet? Read(Section section)
    {
        var name = section.Required("name", "databases");
        var callers = section.Words("callers", "group:dba");
        var tools = section.Words("tools", "\"rds___*\"");
        section.End();
        if (name is not null && (name.Text.Length > MaxName || !name.Text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
        {
            section.Problems.Add(name.Line, $"{section.At("name")} '{name.Text}' is not of at most {MaxName} letters, digits, hyphens and underscores", "Choose such a name.");
        }

        Demand(section, callers, "callers", "A set for nobody is none: name principals, groups as group:NAME, or \"*\".");
        Demand(section, tools, "tools", "A set without tools hides everything: name them as clients see them, a whole target as \"ec2___*\", or \"*\".");
        foreach (var tool in tools.Where(static tool => !IsPattern(tool.Text)))
        {
            section.Problems.Add(tool.Line, $"{section.At("tools")}: '{tool.Text}' has a star where none can stand", "A star stands alone, or at the end behind a whole target's name, as in \"ec2___*\".");
        }

        return name is null ? null : new ToolSet(name.Text, [.. callers.Select(static caller => caller.Text)], [.. tools.Select(static tool => tool.Text)]);
    }

    private static void Demand(Section section, IReadOnlyList<SettingsNode.Word> words, string field, string repair)
    {
        if (words.Count == 0)
        {
            section.Problems.Add(section.Line, $"{section.At(field)} names nothing", repair);
        }
    }

    private static bool IsPattern(string tool) =>
        tool.IndexOf('*', StringComparison.Ordinal) is var star && (star < 0 || tool is "*" || (star == tool.Length - 1 && tool.EndsWith("___*", StringComparison.Ordinal) && tool.Length > 4));
}
