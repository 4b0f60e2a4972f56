using System.Text.Json;
using CentralOps.Cli.Asking;
using CentralOps.Cli.Control;
using CentralOps.Cli.Terminal;
using ModelContextProtocol.Protocol;

namespace CentralOps.Cli.Targets;

/// <summary>What a gateway lists of its targets, before and after.</summary>
internal static class ToolChanges
{
    private const string Separator = "___";

    /// <summary>Tools as they are listed, by name; null where the gateway's MCP endpoint does not answer us.</summary>
    public static async Task<IReadOnlyDictionary<string, string>?> ListAsync(ControlSession session, string gatewayUrl, IReadOnlyCollection<string> targets, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(gatewayUrl, UriKind.Absolute, out var url))
        {
            return null;
        }

        try
        {
            await using var connection = await GatewayConnection.OpenAsync(url, session.Running, cancellationToken);
            var tools = await connection.ListToolsAsync(cancellationToken);
            return tools.Where(tool => targets.Any(target => tool.Name.StartsWith(target + Separator, StringComparison.Ordinal)))
                .GroupBy(tool => tool.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => Text(group.First()), StringComparer.Ordinal);
        }
        catch (CommandFailedException)
        {
            return null;
        }
    }

    public static int Say(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after, Screen screen)
    {
        var added = after.Keys.Where(name => !before.ContainsKey(name)).Order(StringComparer.Ordinal).ToList();
        var removed = before.Keys.Where(name => !after.ContainsKey(name)).Order(StringComparer.Ordinal).ToList();
        var changed = after.Keys.Where(name => before.TryGetValue(name, out var was) && !string.Equals(was, after[name], StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        foreach (var (sign, names) in new[] { ("+", added), ("~", changed), ("-", removed) })
        {
            foreach (var name in names)
            {
                screen.Data.WriteLine($"{sign} {PlainText.Line(name)}");
            }
        }

        screen.Say(added.Count + removed.Count + changed.Count == 0
            ? $"Nothing changed: {after.Count} tools."
            : $"{added.Count} added, {changed.Count} changed, {removed.Count} removed; {after.Count} tools now.");
        return added.Count + removed.Count + changed.Count;
    }

    private static string Text(Tool tool) => $"{tool.Description}\n{tool.Title}\n{tool.InputSchema.GetRawText()}\n{(tool.OutputSchema is { } output ? output.GetRawText() : "")}";
}
