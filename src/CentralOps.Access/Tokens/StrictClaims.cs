using System.Text.Json;
using System.Text.Unicode;

namespace CentralOps.Access.Tokens;

/// <summary>JSON that means the same to every reader: a member that stands twice in one object is refused, for checkers and users would differ in which they take.</summary>
internal static class StrictClaims
{
    public static JsonDocumentOptions Options { get; } = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <returns>Null where the bytes are not one strict JSON object.</returns>
    public static JsonElement? Read(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A string member; null where it is absent, of another kind, or holds half of a surrogate pair.</summary>
    public static string? Text(JsonElement claims, string name)
    {
        try
        {
            return claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
