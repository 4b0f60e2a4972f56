using System.Text.Json;

namespace CentralOps.Gateway.Mcp;

/// <summary>A JSON value inside a message, as the bytes that it was sent as. The default is an absent one.</summary>
internal readonly record struct JsonToken(JsonTokenType Kind, ReadOnlyMemory<byte> Raw)
{
    public bool IsAbsent => Kind == JsonTokenType.None;

    public bool IsString => Kind == JsonTokenType.String;

    public bool IsObject => Kind == JsonTokenType.StartObject;

    /// <summary>A string's value.</summary>
    public string Text()
    {
        var reader = Open();
        return reader.GetString() ?? "";
    }

    public bool TextEquals(string text) => IsString && Open().ValueTextEquals(text);

    /// <summary>A string's value in UTF-16 into <paramref name="destination"/>; -1 when it is too long for it.</summary>
    public int CopyText(Span<char> destination)
    {
        var reader = Open();
        return reader.ValueSpan.Length > destination.Length ? -1 : reader.CopyString(destination);
    }

    private Utf8JsonReader Open()
    {
        var reader = new Utf8JsonReader(Raw.Span);
        reader.Read();
        return reader;
    }
}
