using System.Text.Json.Nodes;

namespace CentralOps.Aws.Models.Overlay;

/// <summary>JSON Merge Patch, RFC 7396, on objects.</summary>
internal static class MergePatch
{
    public static void Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (key, value) in patch)
        {
            if (value is null)
            {
                target.Remove(key);
            }
            else if (value is JsonObject inner)
            {
                if (target[key] is not JsonObject existing)
                {
                    target[key] = existing = [];
                }

                Apply(existing, inner);
            }
            else
            {
                target[key] = value.DeepClone();
            }
        }
    }
}
