using System.Text.Json;

namespace CentralOps.Proxy.Tools;

/// <summary>
/// Tools that give out presigned URLs. Whoever holds such a URL acts as whoever signed it, past every account and rule of the call: that is a credential, and no
/// answer may carry one. Judged by what a tool is called and by what its schemas are called; a description may speak of them and mean others.
/// </summary>
internal static class PresignedUrls
{
    private const int MaxDepth = 64;

    private static readonly string[] Words = ["presign", "pre_sign", "pre-sign", "pre sign"];

    public static bool AreGivenBy(JsonElement tool) =>
        Says(tool, "name") || Says(tool, "title") || Walk(tool, "inputSchema") || Walk(tool, "outputSchema");

    private static bool Says(JsonElement owner, string member) =>
        owner.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String && Says(text.GetString()!);

    private static bool Says(string text) => Array.Exists(Words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool Walk(JsonElement tool, string schema) => tool.TryGetProperty(schema, out var root) && Walk(root, 0);

    private static bool Walk(JsonElement schema, int depth)
    {
        if (depth > MaxDepth)
        {
            return true;
        }

        return schema.ValueKind switch
        {
            JsonValueKind.String => Says(schema.GetString()!),
            JsonValueKind.Array => schema.EnumerateArray().Any(item => Walk(item, depth + 1)),
            JsonValueKind.Object => schema.EnumerateObject().Any(member => Says(member.Name)
                || (!member.NameEquals("description") && !member.NameEquals("examples") && !member.NameEquals("$comment") && Walk(member.Value, depth + 1))),
            _ => false,
        };
    }
}
