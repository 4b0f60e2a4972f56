using System.Text.Json.Nodes;

namespace CentralOps.Models.Overlay;

/// <summary>The JSON Merge Patch (RFC 7396) that makes one object of another.</summary>
internal static class MergePatchDiff
{
    public static JsonObject? Between(JsonObject from, JsonObject to)
    {
        var patch = new JsonObject();
        foreach (var (key, value) in to)
        {
            if (from[key] is JsonObject before && value is JsonObject after)
            {
                if (Between(before, after) is { } inner)
                {
                    patch[key] = inner;
                }
            }
            else if (!JsonNode.DeepEquals(from[key], value))
            {
                patch[key] = value?.DeepClone();
            }
        }

        foreach (var (key, _) in from)
        {
            if (!to.ContainsKey(key))
            {
                patch[key] = null;
            }
        }

        return patch.Count > 0 ? patch : null;
    }
}
