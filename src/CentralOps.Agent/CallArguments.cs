using System.Buffers;
using System.Text.Json;
using CentralOps.Agent.Context;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent;

/// <summary>The arguments that a model wrote, as JSON.</summary>
internal static class CallArguments
{
    public static JsonElement None { get; } = JsonElement.Parse("{}");

    /// <returns>Null where they are none, or too large.</returns>
    public static JsonElement? Of(FunctionCallContent call)
    {
        if (call.Exception is not null)
        {
            return null;
        }

        var output = new ArrayBufferWriter<byte>(256);
        try
        {
            using var writer = new Utf8JsonWriter(output);
            writer.WriteStartObject();
            foreach (var (name, value) in call.Arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal))
            {
                writer.WritePropertyName(name);
                Write(writer, value);
            }

            writer.WriteEndObject();
        }
        catch (Exception broken) when (broken is ArgumentException or InvalidOperationException)
        {
            // Half a surrogate pair, or deeper than JSON is written.
            return null;
        }

        return output.WrittenCount <= ContextLimits.Arguments ? JsonElement.Parse(output.WrittenSpan) : null;
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
            case System.Text.Json.Nodes.JsonNode json:
                json.WriteTo(writer);
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
            case double number:
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }
}
