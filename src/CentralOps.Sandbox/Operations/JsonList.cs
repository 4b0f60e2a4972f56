using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;

namespace CentralOps.Sandbox.Operations;

/// <summary>Lists in answers.</summary>
internal static class JsonList
{
    public static JsonArray Of<T>(IEnumerable<T> items, Func<T, JsonNode?> shape) => new([.. items.Select(shape)]);

    public static JsonArray Of(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    /// <summary>Tags as most services have them.</summary>
    public static JsonArray Of(IEnumerable<Tag> tags) => Of(tags, static tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value });

    /// <summary>Tags as the younger services have them.</summary>
    public static JsonObject Map(IEnumerable<Tag> tags)
    {
        var map = new JsonObject();
        foreach (var tag in tags)
        {
            map[tag.Key] = tag.Value;
        }

        return map;
    }
}
