using System.Buffers;
using System.Text.Json;
using CentralOps.Aws.Projections;
using CentralOps.Tools.Answers;

namespace CentralOps.Tools.Resources;

/// <summary>
/// Writes a resource's fields from an answer that was read whole, as a projection would while reading: for answers that are one thing,
/// or several lists beside each other.
/// </summary>
internal static class ResourceWriter
{
    /// <summary>JSON objects, separated by commas.</summary>
    public static void WriteAll(IReadOnlyList<JsonElement> items, Resource resource, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, RefusalAnswer.Json);
        foreach (var item in items)
        {
            Write(item, resource.Fields, json);
        }
    }

    public static void Write(JsonElement item, IReadOnlyList<Field> fields, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteFields(item, fields, json);
        json.WriteEndObject();
    }

    /// <summary>Into an object that is open.</summary>
    public static void WriteFields(JsonElement item, IReadOnlyList<Field> fields, Utf8JsonWriter json)
    {
        foreach (var field in fields)
        {
            json.WritePropertyName(field.Name);
            Write(Follow(item, field.Path), field.Kind, json);
        }
    }

    /// <summary>The value to which member names lead; undefined where there is none.</summary>
    public static JsonElement Follow(JsonElement item, IReadOnlyList<string> path)
    {
        foreach (var name in path)
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(name, out item))
            {
                return default;
            }
        }

        return item;
    }

    private static void Write(JsonElement value, FieldKind kind, Utf8JsonWriter json)
    {
        switch (kind)
        {
            case FieldKind.TagMap:
                WriteTags(value, json);
                break;
            case FieldKind.MapNames:
                WriteNames(value, json);
                break;
            default:
                WriteValue(value, json);
                break;
        }
    }

    private static void WriteValue(JsonElement value, Utf8JsonWriter json)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            json.WriteNullValue();
            return;
        }

        value.WriteTo(json);
    }

    private static void WriteNames(JsonElement map, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var entry in map.ValueKind == JsonValueKind.Object ? map.EnumerateObject() : default)
        {
            json.WriteStringValue(entry.Name);
        }

        json.WriteEndArray();
    }

    private static void WriteTags(JsonElement tags, Utf8JsonWriter json)
    {
        if (tags.ValueKind == JsonValueKind.Object)
        {
            tags.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        foreach (var tag in tags.ValueKind == JsonValueKind.Array ? tags.EnumerateArray() : default)
        {
            var key = Text(tag, "Key"u8) ?? Text(tag, "key"u8);
            if (key is not null)
            {
                json.WriteString(key, Text(tag, "Value"u8) ?? Text(tag, "value"u8) ?? "");
            }
        }

        json.WriteEndObject();
    }

    private static string? Text(JsonElement tag, ReadOnlySpan<byte> name) =>
        tag.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
