using System.Text.Json;
using System.Text.Unicode;
using CentralOps.Accounts;

namespace CentralOps.Tools.Arguments;

/// <summary>A call's arguments as JSON, before any of them is looked at.</summary>
internal static class ArgumentJson
{
    public const int MaxDepth = 16;

    /// <summary>Null for what is no object, or no text: JSON can escape half a surrogate pair, and carry bytes that are no UTF-8.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> json)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Object && IsText(json.Span))
            {
                return document;
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // The exception's own text speaks of our types.
        }

        document?.Dispose();
        return null;
    }

    private static bool IsText(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return false;
        }

        if (json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0)
        {
            return true;
        }

        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                _ = reader.GetString();
            }
        }

        return true;
    }

    /// <summary>JSON knows one kind of number: 1.0 and 1e2 are whole, and the gateway lets them through as such.</summary>
    public static bool TryReadWhole(JsonElement value, out int number)
    {
        if (value.TryGetInt32(out number))
        {
            return true;
        }

        var whole = value.TryGetDecimal(out var exact) && decimal.Truncate(exact) == exact && exact is >= int.MinValue and <= int.MaxValue;
        number = whole ? (int)exact : 0;
        return whole;
    }

    /// <summary>What a value of the wrong kind is called in a problem.</summary>
    public static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => PlainText.Line(value.GetRawText(), 40),
        JsonValueKind.String => "a string of another form",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => "true or false",
    };
}
