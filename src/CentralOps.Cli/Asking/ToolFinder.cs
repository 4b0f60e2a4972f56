using ModelContextProtocol.Protocol;

namespace CentralOps.Cli.Asking;

/// <summary>Tools by the name a person types: the gateway's own (<c>ec2___describe_ec2_instances</c>) or the bare one where it is unique.</summary>
internal static class ToolFinder
{
    private const string Separator = "___";

    public static string BareName(string name)
    {
        var at = name.IndexOf(Separator, StringComparison.Ordinal);
        return at < 0 ? name : name[(at + Separator.Length)..];
    }

    public static Tool Find(IEnumerable<Tool> tools, string name)
    {
        var all = tools.ToList();
        if (all.Find(tool => string.Equals(tool.Name, name, StringComparison.Ordinal)) is { } exact)
        {
            return exact;
        }

        var bare = all.FindAll(tool => string.Equals(BareName(tool.Name), name, StringComparison.Ordinal));
        return bare.Count switch
        {
            1 => bare[0],
            0 => throw new CommandFailedException($"The gateway has no tool '{name}'. It has: {Names(all)}."),
            _ => throw new CommandFailedException($"Several targets have a tool '{name}': say which, {Names(bare)}."),
        };
    }

    private static string Names(IEnumerable<Tool> tools)
    {
        var names = tools.Select(tool => tool.Name).Order(StringComparer.Ordinal).ToList();
        const int Shown = 20;
        var list = string.Join(", ", names.Take(Shown));
        return names.Count > Shown ? $"{list} and {names.Count - Shown} more ('centralops tools' lists them)" : list;
    }
}
