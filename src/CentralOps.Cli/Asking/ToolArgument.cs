using System.Text.Json;

namespace CentralOps.Cli.Asking;

/// <summary>One argument as a tool's schema has it; what the schema lacks is empty.</summary>
internal sealed record ToolArgument(string Name, string Type, string Default, string Description, bool Required)
{
    public static IEnumerable<ToolArgument> Of(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        var required = schema.TryGetProperty("required", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()).ToHashSet(StringComparer.Ordinal)
            : [];
        foreach (var property in properties.EnumerateObject())
        {
            yield return new ToolArgument(
                property.Name, TypeOf(property.Value), Text(property.Value, "default"), Words(property.Value), required.Contains(property.Name));
        }
    }

    private static string TypeOf(JsonElement schema)
    {
        var type = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var types) && types.ValueKind == JsonValueKind.Array
            ? string.Join(" or ", types.EnumerateArray().Where(static one => one.ValueKind == JsonValueKind.String).Select(static one => one.GetString() is "array" ? "list" : one.GetString()))
            : Text(schema, "type");
        if (type is not "array" || !schema.TryGetProperty("items", out var items))
        {
            return type;
        }

        return items.ValueKind == JsonValueKind.Object && items.TryGetProperty("properties", out var members) && members.ValueKind == JsonValueKind.Object
            ? "list of objects"
            : $"list of {TypeOf(items)}s";
    }

    private static string Words(JsonElement schema)
    {
        var words = Text(schema, "description");
        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("enum", out var choices) && choices.ValueKind == JsonValueKind.Array)
        {
            words += $" One of {string.Join(", ", choices.EnumerateArray().Select(choice => choice.ToString()))}.";
        }

        if (Text(schema, "minimum") is { Length: > 0 } minimum && Text(schema, "maximum") is { Length: > 0 } maximum)
        {
            words += $" From {minimum} to {maximum}.";
        }

        if (Text(schema, "maxItems") is { Length: > 0 } most)
        {
            words += $" At most {most}.";
        }

        return Members(schema) is { Length: > 0 } members ? $"{words} Each has {members}." : words;
    }

    private static string Members(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Object
        && items.TryGetProperty("properties", out var members) && members.ValueKind == JsonValueKind.Object
            ? string.Join(", ", members.EnumerateObject().Select(member => member.Name))
            : "";

    private static string Text(JsonElement schema, string keyword) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(keyword, out var value)
        && value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
            ? value.ToString().Replace("True", "true", StringComparison.Ordinal).Replace("False", "false", StringComparison.Ordinal)
            : "";
}
