using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.ToolPages;

/// <summary>An answer as a page shows it: of each list the first item or two, the rest as an ellipsis.</summary>
internal static class Excerpt
{
    private const string Ellipsis = "…";

    /// <summary>Members that are others at each call, or say nothing to a reader.</summary>
    private static readonly string[] Fleeting = ["next_token", "account_handle", "expires_at", "fresh_as_of", "duration_ms", "directory_age_s"];

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

                foreach (var name in Fleeting.Where(name => members[name] is JsonValue))
                {
                    members[name] = Ellipsis;
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
