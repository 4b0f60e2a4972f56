using System.Text.Json;

namespace CentralOps.Tools.Tests.Live;

/// <summary>Whether an answer is what a tool's schema says, by the few keywords that those schemas have. What is not named there must not be there.</summary>
internal static class SchemaCheck
{
    public static void Fits(JsonElement value, JsonElement schema, string at)
    {
        Types(schema).ShouldContain(TypeOf(value), $"{at} is {value.GetRawText()}");
        if (value.ValueKind == JsonValueKind.Object)
        {
            Members(value, schema, at);
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                Fits(item, schema.GetProperty("items"), at + "[]");
            }
        }
    }

    private static void Members(JsonElement value, JsonElement schema, string at)
    {
        // A schema that says nothing of members admits any.
        if (!schema.TryGetProperty("type", out _))
        {
            return;
        }

        var properties = schema.TryGetProperty("properties", out var known) ? known : default;
        var others = schema.TryGetProperty("additionalProperties", out var map) ? map : default;
        foreach (var member in value.EnumerateObject())
        {
            if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(member.Name, out var property))
            {
                Fits(member.Value, property, $"{at}.{member.Name}");
            }
            else if (others.ValueKind == JsonValueKind.Object)
            {
                Fits(member.Value, others, $"{at}.{member.Name}");
            }
            else
            {
                throw new ShouldAssertException($"{at}.{member.Name} is not in the schema.");
            }
        }

        if (schema.TryGetProperty("required", out var required))
        {
            value.EnumerateObject().Select(static member => member.Name).ShouldBe(value.EnumerateObject().Select(static member => member.Name).Union(required.EnumerateArray().Select(static name => name.GetString()!)), at);
        }
    }

    private static List<string> Types(JsonElement schema)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return ["object", "array", "string", "number", "integer", "boolean", "null"];
        }

        List<string> types = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(static one => one.GetString()!)] : [type.GetString()!];
        return types.Contains("number") ? [.. types, "integer"] : types;
    }

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };
}
