using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Agent.Models.Conversation;

/// <summary>A tool's input, between the dictionary of a chat's contents and JSON.</summary>
internal static class CallInput
{
    private const int MaxDepth = 64;

    public static JsonElement Empty { get; } = JsonElement.Parse("{}");

    public static JsonElement Write(IDictionary<string, object?>? arguments)
    {
        if (arguments is not { Count: > 0 })
        {
            return Empty;
        }

        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in arguments)
            {
                writer.WritePropertyName(name);
                Write(writer, value);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(json.WrittenSpan);
    }

    /// <summary>Reads what a model wrote. No text at all is no input.</summary>
    /// <returns>Null where it is no JSON object.</returns>
    public static Dictionary<string, object?>? TryRead(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return TryRead(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static Dictionary<string, object?>? TryRead(JsonElement input)
    {
        if (input.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in input.EnumerateObject())
        {
            arguments[property.Name] = property.Value.Clone();
        }

        return arguments;
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonElement json:
                json.WriteTo(writer);
                break;
            case JsonNode json:
                json.WriteTo(writer);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }
}
