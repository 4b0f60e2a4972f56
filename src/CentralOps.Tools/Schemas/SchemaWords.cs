using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Tools.Schemas;

/// <summary>Keywords of JSON Schema in words, for where only a description is possible.</summary>
internal static class SchemaWords
{
    private static readonly (string Keyword, Func<JsonNode, string> Words)[] Sentences =
    [
        ("default", static value => $"Default: {Plain(value)}"),
        ("const", static value => $"Always {Plain(value)}"),
        ("enum", static value => $"One of: {string.Join(", ", value.AsArray().Select(Plain))}"),
        ("format", static value => $"Format: {Plain(value)}"),
        ("pattern", static value => $"Pattern: {Plain(value)}"),
        ("minLength", static value => $"At least {Plain(value)} characters"),
        ("maxLength", static value => $"At most {Plain(value)} characters"),
        ("minItems", static value => $"At least {Plain(value)} items"),
        ("maxItems", static value => $"At most {Plain(value)} items"),
    ];

    public static void AppendTo(StringBuilder words, JsonObject schema)
    {
        foreach (var (keyword, say) in Sentences)
        {
            if (schema[keyword] is { } value)
            {
                Sentence(words, say(value));
            }
        }

        if (Range(schema) is { } range)
        {
            Sentence(words, range);
        }

        if (schema["additionalProperties"] is JsonObject values)
        {
            Sentence(words, $"An object from names to values{(values["type"] is JsonValue type ? $" of type {Plain(type)}" : "")}");
        }
    }

    public static void Sentence(StringBuilder words, string sentence)
    {
        if (words.Length > 0)
        {
            words.Append(words[^1] is '.' or '?' ? " " : ". ");
        }

        words.Append(sentence);
        if (sentence[^1] is not '.')
        {
            words.Append('.');
        }
    }

    private static string? Range(JsonObject schema) => (schema["minimum"], schema["maximum"]) switch
    {
        ({ } minimum, { } maximum) => $"From {Plain(minimum)} to {Plain(maximum)}",
        ({ } minimum, null) => $"At least {Plain(minimum)}",
        (null, { } maximum) => $"At most {Plain(maximum)}",
        _ => null,
    };

    private static string Plain(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value?.ToJsonString() ?? "null";
}
