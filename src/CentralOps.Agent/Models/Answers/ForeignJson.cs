using System.Text.Json;

namespace CentralOps.Agent.Models.Answers;

/// <summary>Reads what a provider sent as if nothing of it had to be there: what is missing or of another kind is empty.</summary>
internal static class ForeignJson
{
    public const int MaxDepth = 64;

    public static JsonElement Get(this JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) ? value : default;

    public static string Text(this JsonElement parent, string name) =>
        parent.Get(name) is { ValueKind: JsonValueKind.String } text ? Unescaped(text) : "";

    public static long Number(this JsonElement parent, string name) =>
        parent.Get(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) && value >= 0 ? value : 0;

    /// <summary>The number of a block; 0 where there is none.</summary>
    public static int Index(this JsonElement parent, string name) => (int)Math.Min(parent.Number(name), int.MaxValue);

    public static IEnumerable<JsonElement> Each(this JsonElement parent, string name) =>
        parent.Get(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    // A lone surrogate in an escape is no text for GetString.
    private static string Unescaped(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }
}
