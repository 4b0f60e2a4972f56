using System.Text.Json;
using CentralOps.Gateway.Serving;

namespace CentralOps.Gateway.Synchronizing;

/// <summary>Which names of tools and prompts can be served behind a target's prefix.</summary>
internal static class ListedNames
{
    /// <returns>Why the item cannot be served; null when it can, as <paramref name="name"/>.</returns>
    public static string? Problem(JsonElement item, string prefix, out string name)
    {
        name = "";
        if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("name", out var stated) || stated.ValueKind != JsonValueKind.String)
        {
            return "it has no name";
        }

        if (Text(stated) is not { Length: > 0 } text || text.AsSpan().ContainsAnyExcept(Allowed))
        {
            return "its name must be letters, digits, '_', '-' and '.'";
        }

        name = text;
        return prefix.Length + text.Length > Limits.MaxToolName
            ? $"its name has more than {Limits.MaxToolName} characters with the target's name and '___' before it"
            : null;
    }

    /// <summary>A string's value; null for half of a surrogate pair, which is no text.</summary>
    public static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");
}
