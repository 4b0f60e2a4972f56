using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Tools.Schemas;

namespace CentralOps.Tools;

/// <summary>
/// JSON Schema within what AgentCore admits for a Lambda tool: <c>type</c>, <c>properties</c>, <c>required</c>, <c>items</c> and
/// <c>description</c>. Everything else goes into the description as words. What cannot be said is left open, never said wrongly:
/// whatever the schema admits, its reduction admits too; but of what may be a string or a list, the string only, in which the list stands with commas.
/// </summary>
public static class FiveKeywordSchema
{
    /// <exception cref="ArgumentException">The schema is no object schema, or uses <c>$ref</c>.</exception>
    public static JsonElement Reduce(JsonElement schema)
    {
        if (JsonNode.Parse(schema.GetRawText()) is not JsonObject root || TypeOf(root, out _) is not "object")
        {
            throw new ArgumentException("A tool's schema has to be of type object.", nameof(schema));
        }

        using var document = JsonDocument.Parse(ReduceNode(root).ToJsonString());
        return document.RootElement.Clone();
    }

    private static JsonObject ReduceNode(JsonObject schema)
    {
        if (schema.ContainsKey("$ref"))
        {
            throw new ArgumentException("A schema with $ref cannot be reduced: AgentCore has no references.", nameof(schema));
        }

        if (schema["anyOf"] is JsonArray alternatives)
        {
            return ReduceNode(Merge(schema, alternatives));
        }

        var type = TypeOf(schema, out _) ?? "object";
        var reduced = new JsonObject { ["type"] = type };
        var words = new StringBuilder(schema["description"]?.GetValue<string>());
        SchemaWords.AppendTo(words, schema);
        if (IsTextOrTexts(schema))
        {
            SchemaWords.Sentence(words, "Several in one string, separated by commas");
        }

        if (schema["properties"] is JsonObject properties)
        {
            reduced["properties"] = ReduceProperties(properties, words);
            if (schema["required"] is JsonArray required && Kept(required, reduced["properties"]!.AsObject()) is { Count: > 0 } kept)
            {
                reduced["required"] = kept;
            }
        }

        if (type is "array" && schema["items"] is JsonObject items)
        {
            reduced["items"] = ReduceNode(items);
        }

        if (words.Length > 0)
        {
            reduced["description"] = words.ToString();
        }

        return reduced;
    }

    /// <summary>A property that may be null has no type that AgentCore can say, so it is told in words and left open.</summary>
    private static JsonObject ReduceProperties(JsonObject properties, StringBuilder words)
    {
        var reduced = new JsonObject();
        foreach (var (name, value) in properties)
        {
            var property = value!.AsObject();
            var type = TypeOf(property, out var nullable);
            if (type is not null && !nullable)
            {
                reduced[name] = ReduceNode(property);
                continue;
            }

            SchemaWords.Sentence(words, $"{name}: {type ?? "any"}{(nullable ? " or null" : "")}{(property["description"] is { } described ? $"; {described}" : "")}");
        }

        return reduced;
    }

    /// <summary>Alternatives as one object: any property of any of them, required what all require.</summary>
    private static JsonObject Merge(JsonObject schema, JsonArray alternatives)
    {
        var merged = new JsonObject { ["type"] = "object", ["description"] = schema["description"]?.DeepClone() };
        var properties = new JsonObject();
        HashSet<string>? required = null;
        foreach (var alternative in alternatives.Select(static node => node!.AsObject()))
        {
            foreach (var (name, property) in alternative["properties"]?.AsObject() ?? [])
            {
                properties.TryAdd(name, property?.DeepClone());
            }

            var names = alternative["required"]?.AsArray().Select(static name => name!.GetValue<string>()) ?? [];
            required = required is null ? [.. names] : [.. required.Intersect(names, StringComparer.Ordinal)];
        }

        merged["properties"] = properties;
        merged["required"] = new JsonArray([.. (required ?? []).Select(static name => (JsonNode)name)]);
        return merged;
    }

    private static JsonArray Kept(JsonArray required, JsonObject properties) =>
        new([.. required.Select(static name => name!.GetValue<string>()).Where(properties.ContainsKey).Select(static name => (JsonNode)name)]);

    /// <summary>A string, or a list of strings.</summary>
    private static bool IsTextOrTexts(JsonObject schema) =>
        schema["type"] is JsonArray { Count: 2 } types && types.All(static type => type!.GetValue<string>() is "string" or "array") && schema["items"]?["type"]?.GetValue<string>() is "string";

    /// <summary>The one type beside null; null where there are several, or none is said.</summary>
    private static string? TypeOf(JsonObject schema, out bool nullable)
    {
        nullable = false;
        if (schema["type"] is not JsonArray types)
        {
            return schema["type"]?.GetValue<string>();
        }

        var names = types.Select(static type => type!.GetValue<string>()).ToList();
        nullable = names.Remove("null");
        if (IsTextOrTexts(schema))
        {
            return "string";
        }

        return names.Count == 1 ? names[0] : null;
    }
}
