using System.Text.Json;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Asking;

/// <summary>Accounts under their organizational units, one line each.</summary>
internal static class AccountTree
{
    public static void Write(IReadOnlyList<JsonElement> accounts, Screen screen)
    {
        var root = new Unit("Root");
        foreach (var account in accounts)
        {
            root.At(Text(account, "OrganizationalUnit")).Accounts.Add(account);
        }

        var table = new Table([new("ORGANIZATION", Whole: true), new("ACCOUNT", Whole: true), new("STATUS", 2, Whole: true), new("REACHABLE", 1)]);
        table.Add(root.Name, "", "", "");
        Write(root, "", table);
        table.Write(screen);
        var broken = accounts.Where(account => Remedy(account).Length > 0).ToList();
        foreach (var account in broken)
        {
            screen.Say($"{Text(account, "Id")} {Text(account, "Name")}: {FirstSentence(Remedy(account))}");
        }

        if (broken.Count > 0)
        {
            screen.Say("Each remedy in full, with its commands: centralops accounts --output json");
        }
    }

    private static string FirstSentence(string text)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? text : text[..(end + 1)];
    }

    private static void Write(Unit unit, string indent, Table table)
    {
        var left = unit.Accounts.Count + unit.Units.Count;
        foreach (var account in unit.Accounts.OrderBy(account => Text(account, "Name"), StringComparer.Ordinal))
        {
            table.Add(indent + Branch(--left) + Text(account, "Name"), Text(account, "Id"), Text(account, "Status"), Reachable(account));
        }

        foreach (var child in unit.Units.Values.OrderBy(child => child.Name, StringComparer.Ordinal))
        {
            table.Add(indent + Branch(--left) + child.Name + "/", "", "", "");
            Write(child, indent + (left > 0 ? "│  " : "   "), table);
        }
    }

    private static string Branch(int left) => left > 0 ? "├─ " : "└─ ";

    private static string Reachable(JsonElement account)
    {
        if (!account.TryGetProperty("Access", out var access) || access.ValueKind != JsonValueKind.Object)
        {
            return "";
        }

        return access.TryGetProperty("reachable", out var reachable) && reachable.ValueKind == JsonValueKind.True
            ? "yes"
            : $"no: {Text(access, "stage")} ({Text(access, "code")})";
    }

    private static string Remedy(JsonElement account) =>
        account.TryGetProperty("Access", out var access) && access.ValueKind == JsonValueKind.Object ? Text(access, "remedy") : "";

    private static string Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private sealed class Unit(string name)
    {
        public string Name => name;

        public Dictionary<string, Unit> Units { get; } = new(StringComparer.Ordinal);

        public List<JsonElement> Accounts { get; } = [];

        public Unit At(string path)
        {
            var unit = this;
            // An account that stands in no unit stands in the root itself.
            var parts = string.Equals(path, name, StringComparison.Ordinal) ? [] : path.Split('/', StringSplitOptions.RemoveEmptyEntries);
            foreach (var part in parts)
            {
                if (!unit.Units.TryGetValue(part, out var child))
                {
                    child = new Unit(part);
                    unit.Units.Add(part, child);
                }

                unit = child;
            }

            return unit;
        }
    }
}
