using System.Text.Json.Nodes;

namespace CentralOps.Models.Overlay;

/// <summary>Both forms of an API description, the long and the minified one, read alike.</summary>
internal static class DescriptionText
{
    /// <summary>What a reference points to: a shape by name, or itself.</summary>
    public static JsonObject Target(JsonObject description, JsonObject reference) =>
        reference["shape"] is { } name ? (JsonObject)description["shapes"]![(string)name!]! : reference;

    /// <summary>The type as far as the wire goes; strings and structures may leave it out.</summary>
    public static string TypeOf(JsonObject shape) => (string?)shape["type"] switch
    {
        null => shape.ContainsKey("members") ? "structure" : "string",
        "byte" or "short" => "integer",
        "character" => "string",
        var type => type,
    };

    public static void Copy(JsonObject from, JsonObject to, string[] keys)
    {
        foreach (var key in keys)
        {
            if (from[key] is { } value && !to.ContainsKey(key))
            {
                to[key] = value.DeepClone();
            }
        }
    }
}
