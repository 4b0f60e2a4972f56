using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts;

namespace CentralOps.Cli.Asking;

/// <summary>A tool's arguments from the command line. <c>--json</c> is the base, the others are put over it.</summary>
internal static class CallArguments
{
    public static Dictionary<string, JsonElement> Build(JsonElement schema, string? json, string? account, string? region, IReadOnlyList<string> pairs)
    {
        var arguments = Parse(json);
        if (account is not null)
        {
            arguments["account_id"] = Text(account);
        }

        if (region is not null)
        {
            arguments["region"] = Text(region);
        }

        Know(schema, arguments.Keys.Concat(pairs.Select(pair => Split(pair).Name)));
        foreach (var group in pairs.Select(Split).GroupBy(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal))
        {
            arguments[group.Key] = Typed(group.Key, [.. group], TypeOf(schema, group.Key), ItemTypeOf(schema, group.Key));
        }

        return arguments;
    }

    /// <summary>A name that the tool does not take is a slip of the hand: the nearest is told, and nothing is called.</summary>
    private static void Know(JsonElement schema, IEnumerable<string> names)
    {
        var known = ToolArgument.Of(schema).Select(argument => argument.Name).ToList();
        if (known.Count == 0 || names.FirstOrDefault(name => !known.Contains(name, StringComparer.Ordinal)) is not { } unknown)
        {
            return;
        }

        var nearest = Nearest.To(unknown, known);
        var repair = nearest.Count > 0 ? $"did you mean {string.Join(" or ", nearest)}?" : $"it takes {string.Join(", ", known)}.";
        throw new CommandFailedException($"The tool has no argument '{unknown}': {repair}", ExitCode.Usage);
    }

    private static Dictionary<string, JsonElement> Parse(string? json)
    {
        if (json is null)
        {
            return new(StringComparer.Ordinal);
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.Clone(), StringComparer.Ordinal);
            }
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException)
        {
            // Falls through to the one sentence: the parser's own text names our types.
        }

        throw new CommandFailedException("--json: the text is not a JSON object with each name once; write it such as '{\"limit\": 10}', in single quotes.", ExitCode.Usage);
    }

    private static (string Name, string Value) Split(string pair)
    {
        var at = pair.IndexOf('=', StringComparison.Ordinal);
        return at > 0
            ? (pair[..at], pair[(at + 1)..])
            : throw new CommandFailedException($"--arg: '{pair}' is not name=value; write it such as --arg limit=10.", ExitCode.Usage);
    }

    private static JsonElement Typed(string name, IReadOnlyList<string> values, string type, string itemType)
    {
        if (string.Equals(type, "array", StringComparison.Ordinal))
        {
            return values is [['[', ..]] ? Json(name, values[0], "a JSON array") : List(name, values, itemType);
        }

        return values.Count == 1
            ? Scalar(name, values[0], type)
            : throw new CommandFailedException($"--arg: {name} takes one value and was given {values.Count} times.", ExitCode.Usage);
    }

    private static JsonElement List(string name, IEnumerable<string> values, string itemType)
    {
        var items = new JsonArray();
        foreach (var value in values)
        {
            items.Add(JsonNode.Parse(Scalar(name, value, itemType).GetRawText()));
        }

        return Element(items);
    }

    private static JsonElement Scalar(string name, string value, string type) => type switch
    {
        "integer" or "number" => Json(name, value, "a number", JsonValueKind.Number),
        "boolean" => Json(name, value, "true or false", JsonValueKind.True, JsonValueKind.False),
        "object" => Json(name, value, "a JSON object", JsonValueKind.Object),
        _ => Text(value),
    };

    private static JsonElement Json(string name, string value, string what, params JsonValueKind[] kinds)
    {
        try
        {
            using var document = JsonDocument.Parse(value);
            if (kinds.Length == 0 || kinds.Contains(document.RootElement.ValueKind))
            {
                return document.RootElement.Clone();
            }
        }
        catch (JsonException)
        {
            // Falls through to the sentence that names the argument.
        }

        throw new CommandFailedException($"--arg: {name} is {what}, not '{value}'.", ExitCode.Usage);
    }

    private static JsonElement Text(string value) => Element(JsonValue.Create(value));

    private static JsonElement Element(JsonNode node)
    {
        using var document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }

    private static string TypeOf(JsonElement schema, string name) =>
        Property(schema, name) is { } property ? TypeName(property) : "string";

    private static string ItemTypeOf(JsonElement schema, string name) =>
        Property(schema, name) is { ValueKind: JsonValueKind.Object } property && property.TryGetProperty("items", out var items) ? TypeName(items) : "string";

    private static JsonElement? Property(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties)
        && properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out var property)
            ? property
            : null;

    private static string TypeName(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type))
        {
            return "string";
        }

        IEnumerable<JsonElement> names = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray() : Enumerable.Repeat(type, 1);
        return names.Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)
            .FirstOrDefault(name => !string.Equals(name, "null", StringComparison.Ordinal), "string");
    }
}
