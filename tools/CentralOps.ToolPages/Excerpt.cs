using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.ToolPages;

/// <summary>An answer as a page shows it: of each list the first item or two, the rest as an ellipsis.</summary>
internal static class Excerpt
{
    private const string Ellipsis = "…";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonElement answer)
    {
        var shown = JsonNode.Parse(answer.GetRawText())!;
        Cut(shown, most: 1);
        return shown.ToJsonString(Indented).ReplaceLineEndings("\n");
    }

    private static void Cut(JsonNode? node, int most)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (_, value) in members)
                {
                    Cut(value, most);
                }

                if (members["next_token"] is JsonValue)
                {
                    members["next_token"] = Ellipsis;
                }

                break;
            case JsonArray items:
                var left = items.Count > most;
                while (items.Count > most)
                {
                    items.RemoveAt(items.Count - 1);
                }

                foreach (var item in items)
                {
                    Cut(item, most: 2);
                }

                if (left)
                {
                    items.Add((JsonNode)Ellipsis);
                }

                break;
            default:
                break;
        }
    }
}
