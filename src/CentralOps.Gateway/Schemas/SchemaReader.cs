using System.Text.Json;

namespace CentralOps.Gateway.Schemas;

/// <summary>
/// Compiles AgentCore's SchemaDefinition: five keywords, nothing else. Another keyword is refused by name and not ignored, because a
/// rule that is written down and not enforced is worse than none.
/// </summary>
internal static class SchemaReader
{
    public const int MaxDepth = 32;
    public const int MaxProperties = 256;

    /// <summary>Compiles the schema of a tool's arguments or answer.</summary>
    /// <param name="problems">Receives a sentence for each thing that is wrong, led by <paramref name="where"/>.</param>
    public static SchemaNode? Read(JsonElement schema, string where, List<string> problems)
    {
        var node = ReadNode(schema, where, problems, 0);
        if (node is not null && node.Type != SchemaType.Object)
        {
            problems.Add($"{where}: 'type' must be \"object\" at the top, because arguments and answers are objects.");
            return null;
        }

        return node;
    }

    private static SchemaNode? ReadNode(JsonElement schema, string where, List<string> problems, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"{where}: a schema must be a JSON object, such as {{\"type\": \"string\"}}.");
            return null;
        }

        if (depth > MaxDepth)
        {
            problems.Add($"{where}: the schema is nested more than {MaxDepth} deep; flatten it.");
            return null;
        }

        var before = problems.Count;
        foreach (var keyword in schema.EnumerateObject())
        {
            if (keyword.Name is not ("type" or "properties" or "required" or "items" or "description"))
            {
                problems.Add(
                    $"{where}: the keyword '{Printable.Text(keyword.Name, 64)}' is not one of type, properties, required, items and description, which are all "
                    + "that AgentCore's Lambda targets know; say it in the description instead.");
            }
        }

        if (!TryReadType(schema, out var type))
        {
            problems.Add($"{where}: 'type' must be one of string, number, integer, boolean, object and array.");
            return null;
        }

        var node = new SchemaNode
        {
            Type = type,
            Description = ReadDescription(schema, where, problems),
            Properties = ReadProperties(schema, type, where, problems, depth),
            Required = ReadRequired(schema, type, where, problems),
            Items = ReadItems(schema, type, where, problems, depth),
        };
        return problems.Count == before ? node : null;
    }

    private static bool TryReadType(JsonElement schema, out SchemaType type)
    {
        type = default;
        if (!schema.TryGetProperty("type", out var value) || value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        SchemaType? found = value.GetString() switch
        {
            "string" => SchemaType.String,
            "number" => SchemaType.Number,
            "integer" => SchemaType.Integer,
            "boolean" => SchemaType.Boolean,
            "object" => SchemaType.Object,
            "array" => SchemaType.Array,
            _ => null,
        };
        type = found ?? default;
        return found is not null;
    }

    private static string? ReadDescription(JsonElement schema, string where, List<string> problems)
    {
        if (!schema.TryGetProperty("description", out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            problems.Add($"{where}: 'description' must be a string.");
            return null;
        }

        return value.GetString();
    }

    private static List<SchemaProperty> ReadProperties(JsonElement schema, SchemaType type, string where, List<string> problems, int depth)
    {
        var properties = new List<SchemaProperty>();
        if (!TryGetOf(schema, "properties", type == SchemaType.Object, "an object", JsonValueKind.Object, where, problems, out var members))
        {
            return properties;
        }

        foreach (var member in members.EnumerateObject())
        {
            var path = $"{where}.{Printable.Text(member.Name, 64)}";
            if (properties.Any(known => string.Equals(known.Name, member.Name, StringComparison.Ordinal)))
            {
                problems.Add($"{path}: the property is there twice; keep one.");
            }

            if (ReadNode(member.Value, path, problems, depth + 1) is { } property)
            {
                properties.Add(new(member.Name, property));
            }
        }

        if (properties.Count > MaxProperties)
        {
            problems.Add($"{where}: an object may have {MaxProperties} properties at most.");
        }

        return properties;
    }

    private static List<string> ReadRequired(JsonElement schema, SchemaType type, string where, List<string> problems)
    {
        var required = new List<string>();
        if (!TryGetOf(schema, "required", type == SchemaType.Object, "an object", JsonValueKind.Array, where, problems, out var names))
        {
            return required;
        }

        foreach (var name in names.EnumerateArray())
        {
            if (name.ValueKind != JsonValueKind.String || required.Contains(name.GetString()!, StringComparer.Ordinal))
            {
                problems.Add($"{where}: 'required' must be a list of property names, each once.");
                break;
            }

            required.Add(name.GetString()!);
        }

        if (required.Count > MaxProperties)
        {
            problems.Add($"{where}: an object may require {MaxProperties} properties at most.");
        }

        return required;
    }

    private static SchemaNode? ReadItems(JsonElement schema, SchemaType type, string where, List<string> problems, int depth) =>
        TryGetOf(schema, "items", type == SchemaType.Array, "an array", JsonValueKind.Object, where, problems, out var items)
            ? ReadNode(items, where + "[]", problems, depth + 1)
            : null;

    private static bool TryGetOf(
        JsonElement schema, string keyword, bool belongs, string owner, JsonValueKind kind, string where, List<string> problems, out JsonElement value)
    {
        if (!schema.TryGetProperty(keyword, out value))
        {
            return false;
        }

        if (!belongs || value.ValueKind != kind)
        {
            problems.Add(belongs
                ? $"{where}: '{keyword}' must be {(kind == JsonValueKind.Array ? "a list of names" : "a JSON object")}."
                : $"{where}: '{keyword}' belongs to the schema of {owner} only.");
            return false;
        }

        return true;
    }
}
