using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts;

namespace CentralOps.Tools.Arguments;

/// <summary>One of AWS's own values, spelt as AWS spells it.</summary>
internal sealed class ChoiceArgument(string name, string description, params IReadOnlyList<string> choices) : Argument<string?>(name, description)
{
    public IReadOnlyList<string> Choices => choices;

    protected override string? ReadValue(ArgumentReader reader)
    {
        var text = reader.Text(Name, maxLength: 256);
        if (text is not null && !choices.Contains(text, StringComparer.Ordinal))
        {
            reader.Note(Name, $"is '{PlainText.Line(text, 40)}', which is none of its values", $"Write {Name} as one of {string.Join(", ", choices)}");
        }

        return text;
    }

    protected override bool IsEmpty(string? value) => value is null;

    protected override void WriteValue(string? value, Utf8JsonWriter json) => json.WriteStringValue(value);

    protected override void Describe(JsonObject schema, string home)
    {
        schema["type"] = "string";
        schema["enum"] = new JsonArray([.. choices.Select(static choice => (JsonNode)choice)]);
    }
}
