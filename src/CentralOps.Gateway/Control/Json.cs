using System.Text.Json.Nodes;

namespace CentralOps.Gateway.Control;

/// <summary>Reads members of a resource's body, whose forms the model vouches for.</summary>
internal static class Json
{
    /// <summary>The member at the end of a path of members; null where one is missing.</summary>
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var member in path)
        {
            node = (node as JsonObject)?[member];
        }

        return node;
    }

    public static string? TextAt(this JsonNode? node, params ReadOnlySpan<string> path) => (string?)node.At(path);

    public static IReadOnlyList<string> TextsAt(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray texts ? [.. texts.Select(static text => (string)text!)] : [];

    /// <summary>Members of these names, those that are there.</summary>
    public static JsonObject Only(this JsonObject body, params ReadOnlySpan<string> members)
    {
        var only = new JsonObject();
        foreach (var member in members)
        {
            if (body[member] is { } value)
            {
                only[member] = value.DeepClone();
            }
        }

        return only;
    }

    /// <summary>Takes over members from another body, those that are there.</summary>
    public static void Take(this JsonObject body, JsonObject from, params ReadOnlySpan<string> members)
    {
        foreach (var member in members)
        {
            if (from[member] is { } value)
            {
                body[member] = value.DeepClone();
            }
        }
    }
}
