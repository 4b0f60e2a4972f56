using System.Text.Json;

namespace CentralOps.Aws.Models;

/// <summary>Values of a model's JSON. Each method moves from a property name to the end of its value; a value of another kind is passed over.</summary>
internal static class JsonText
{
    public static string? ReadString(ref Utf8JsonReader reader)
    {
        reader.Read();
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        reader.Skip();
        return text;
    }

    public static bool ReadBoolean(ref Utf8JsonReader reader)
    {
        reader.Read();
        var value = reader.TokenType == JsonTokenType.True;
        reader.Skip();
        return value;
    }

    public static int? ReadInt32(ref Utf8JsonReader reader)
    {
        reader.Read();
        int? value = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : null;
        reader.Skip();
        return value;
    }

    /// <summary>A list of strings, or one string alone.</summary>
    public static string[] ReadStrings(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return [reader.GetString()!];
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return [];
        }

        var values = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                values.Add(reader.GetString()!);
            }

            reader.Skip();
        }

        return [.. values];
    }

    /// <summary>A namespace: its URI, or an object that holds it as <c>uri</c>, maybe with a <c>prefix</c>.</summary>
    public static XmlNamespace? ReadNamespace(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            reader.Skip();
            return text is null ? null : new(text);
        }

        string? uri = null, prefix = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isUri, isPrefix) = (reader.ValueTextEquals("uri"u8), reader.ValueTextEquals("prefix"u8));
            var text = ReadString(ref reader);
            (uri, prefix) = (isUri ? text : uri, isPrefix ? text : prefix);
        }

        return uri is null ? null : new(uri, string.IsNullOrEmpty(prefix) ? null : prefix);
    }
}
