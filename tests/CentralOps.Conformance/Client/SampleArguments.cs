using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Conformance.Client;

/// <summary>Arguments for a tool that nobody has told us anything about: a value for each property that it requires.</summary>
internal static class SampleArguments
{
    public static JsonObject For(JsonElement schema)
    {
        var arguments = new JsonObject();
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(name => name.GetString()!))
            {
                arguments[name] = Value(schema.GetProperty("properties").GetProperty(name));
            }
        }

        return arguments;
    }

    private static JsonNode? Value(JsonElement property) => property.TryGetProperty("type", out var type) ? type.GetString() switch
    {
        "integer" or "number" => 7,
        "boolean" => true,
        "array" => new JsonArray(),
        "object" => new JsonObject(),
        "null" => null,
        _ => "text",
    } : "text";
}
