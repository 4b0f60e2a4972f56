using System.Text.Json.Nodes;

namespace CentralOps.Tools.Arguments;

/// <summary>The schema of what is a string, or a list of strings.</summary>
internal static class SeveralTexts
{
    public static void Describe(JsonObject schema, int maxCount)
    {
        schema["type"] = new JsonArray("string", "array");
        schema["items"] = new JsonObject { ["type"] = "string" };
        schema["maxItems"] = maxCount;
    }
}
