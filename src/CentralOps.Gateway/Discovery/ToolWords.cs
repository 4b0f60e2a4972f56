using System.Text;
using System.Text.Json;
using CentralOps.Gateway.Catalog;

namespace CentralOps.Gateway.Discovery;

/// <summary>What of a tool is searched: its name, its description, its parameters' names and what is said about them.</summary>
internal sealed record ToolWords(string Name, string Description, string Parameters, string ParameterWords)
{
    private const int MaxChars = 16 * 1024;
    private const int MaxDepth = 32;
    private const int MaxNodes = 4000;

    /// <summary>What an embedding is made of, the most telling first.</summary>
    private const int MaxProseChars = 4000;

    public string Prose()
    {
        var prose = $"{Name}\n{Description}\nParameters: {Parameters}\n{ParameterWords}";
        return prose.Length <= MaxProseChars ? prose : prose[..(char.IsHighSurrogate(prose[MaxProseChars - 1]) ? MaxProseChars - 1 : MaxProseChars)];
    }

    public static ToolWords Of(CatalogTool tool)
    {
        var (names, words) = (new StringBuilder(), new StringBuilder());
        var left = MaxNodes;
        Read(tool.InputSchema, 0, ref left, names, words);
        return new(tool.Name, Cut(tool.Description), names.ToString(), words.ToString());
    }

    private static void Read(JsonElement schema, int depth, ref int left, StringBuilder names, StringBuilder words)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth || --left < 0 || names.Length + words.Length > MaxChars)
        {
            return;
        }

        foreach (var keyword in schema.EnumerateObject())
        {
            switch (keyword.Name)
            {
                // The arguments' own description is no parameter's, but says what they are for.
                case "description" or "title" when keyword.Value.ValueKind == JsonValueKind.String:
                    words.Append(Cut(keyword.Value.GetString()!)).Append('\n');
                    break;
                case "properties" or "$defs" or "definitions" when keyword.Value.ValueKind == JsonValueKind.Object:
                    ReadMembers(keyword, depth, ref left, names, words);
                    break;
                case "enum" when keyword.Value.ValueKind == JsonValueKind.Array:
                    ReadValues(keyword.Value, ref left, words);
                    break;
                case "items" or "additionalProperties" when keyword.Value.ValueKind == JsonValueKind.Object:
                    Read(keyword.Value, depth + 1, ref left, names, words);
                    break;
                case "items" or "prefixItems" or "anyOf" or "oneOf" or "allOf" when keyword.Value.ValueKind == JsonValueKind.Array:
                    foreach (var part in keyword.Value.EnumerateArray())
                    {
                        Read(part, depth + 1, ref left, names, words);
                    }

                    break;
            }
        }
    }

    private static void ReadMembers(JsonProperty keyword, int depth, ref int left, StringBuilder names, StringBuilder words)
    {
        foreach (var member in keyword.Value.EnumerateObject())
        {
            if (keyword.NameEquals("properties"u8))
            {
                names.Append(Cut(member.Name)).Append(' ');
            }

            Read(member.Value, depth + 1, ref left, names, words);
        }
    }

    private static void ReadValues(JsonElement values, ref int left, StringBuilder words)
    {
        foreach (var value in values.EnumerateArray())
        {
            if (value.ValueKind == JsonValueKind.String && --left >= 0 && words.Length < MaxChars)
            {
                words.Append(Cut(value.GetString()!)).Append(' ');
            }
        }
    }

    private static string Cut(string text) => text.Length <= MaxChars ? text : text[..MaxChars];
}
