using System.Text.Json;
using CentralOps.Text.Nearness;
using CentralOps.Text.Shaping;

namespace CentralOps.Text.JsonSchema;

/// <summary>How violations speak of values and types.</summary>
internal static class SchemaWords
{
    private const int MaxValue = 60;
    private const int MaxValues = 12;

    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Number => JsonNumbers.IsInteger(value) ? "a number" : "a number with a fraction",
        JsonValueKind.String => "a string",
        JsonValueKind.Array => "an array",
        _ => "an object",
    };

    public static string Types(JsonTypes types)
    {
        var words = new List<string>();
        foreach (var (type, noun) in Nouns)
        {
            if (types.HasFlag(type))
            {
                words.Add(noun);
                types &= ~type;
            }
        }

        return words.Count > 1 ? $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}" : words.Count == 1 ? words[0] : "nothing";
    }

    public static string Hint(SchemaNode schema) => schema.Description is { Length: > 0 } words ? $" ({words.TrimEnd('.')})" : "";

    public static string Value(JsonElement value) => ForeignText.Line(value.GetRawText(), MaxValue);

    public static string OneOf(JsonElement[] allowed, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            var near = NearNames.Of(value.GetString()!, allowed.Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!), 1);
            if (near is [var meant])
            {
                return $"\"{ForeignText.Line(meant, MaxValue)}\", if you meant that, or another of {All(allowed)}";
            }
        }

        return allowed.Length == 1 ? Value(allowed[0]) : $"one of {All(allowed)}";
    }

    private static string All(JsonElement[] allowed) =>
        string.Join(", ", allowed.Take(MaxValues).Select(Value)) + (allowed.Length > MaxValues ? $" and {allowed.Length - MaxValues} more" : "");

    private static (JsonTypes Type, string Noun)[] Nouns { get; } =
    [
        (JsonTypes.String, "a string"), (JsonTypes.Number | JsonTypes.Integer, "a number"), (JsonTypes.Integer, "an integer"), (JsonTypes.Boolean, "true or false"),
        (JsonTypes.Object, "an object"), (JsonTypes.Array, "an array"), (JsonTypes.Null, "null"),
    ];
}
