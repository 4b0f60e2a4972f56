using System.Text;
using System.Text.Json;

namespace CentralOps.ToolPages;

/// <summary>A tool's arguments as a table.</summary>
internal static class ArgumentTable
{
    public static void Write(JsonElement schema, StringBuilder page)
    {
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(static name => name.GetString()).ToList() : [];
        page.Append("| argument | type | default | |\n|---|---|---|---|\n");
        foreach (var argument in schema.GetProperty("properties").EnumerateObject())
        {
            var usual = required.Contains(argument.Name, StringComparer.Ordinal)
                ? "required"
                : argument.Value.TryGetProperty("default", out var @default) ? $"`{@default.ToString().ToLowerInvariant()}`" : "";
            page.Append($"| `{argument.Name}` | {TypeOf(argument.Value)} | {usual} | {Words(argument.Value)} |\n");
        }
    }

    private static string TypeOf(JsonElement schema)
    {
        if (schema.GetProperty("type").ValueKind == JsonValueKind.Array)
        {
            return "string or list";
        }

        var type = schema.GetProperty("type").GetString()!;
        return type is not "array" ? type
            : schema.GetProperty("items").TryGetProperty("properties", out _) ? "list of objects"
            : $"list of {TypeOf(schema.GetProperty("items"))}s";
    }

    private static string Words(JsonElement schema)
    {
        var words = new StringBuilder(schema.GetProperty("description").GetString());
        if (schema.TryGetProperty("enum", out var choices))
        {
            words.Append($" One of {string.Join(", ", choices.EnumerateArray().Select(static choice => $"`{choice}`"))}.");
        }

        if (schema.TryGetProperty("minimum", out var minimum))
        {
            words.Append($" From {minimum} to {schema.GetProperty("maximum")}.");
        }

        if (schema.TryGetProperty("maxItems", out var most))
        {
            words.Append($" At most {most}.");
        }

        if (schema.TryGetProperty("items", out var items) && items.TryGetProperty("properties", out var members))
        {
            words.Append(" Members: ").AppendJoin(", ", members.EnumerateObject().Select(static member => $"`{member.Name}`")).Append('.');
        }

        return words.Replace("|", "\\|").ToString();
    }
}
