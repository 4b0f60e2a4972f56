using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Tools.Arguments;

/// <summary>One string.</summary>
internal sealed class TextArgument(string name, string description) : Argument<string?>(name, description)
{
    public int MaxLength { get; init; } = 1024;

    public string? Default { get; init; }

    /// <summary>What is wrong with a text and what to write instead; null where it fits.</summary>
    public Func<string, (string Problem, string Repair)?>? Check { get; init; }

    protected override string? ReadValue(ArgumentReader reader)
    {
        var text = IsRequired ? reader.RequiredText(Name, MaxLength) : reader.Text(Name, MaxLength) ?? Default;
        if (!string.IsNullOrEmpty(text) && Check?.Invoke(text) is { } wrong)
        {
            reader.Note(Name, wrong.Problem, wrong.Repair);
        }

        return text;
    }

    protected override bool IsEmpty(string? value) => string.IsNullOrEmpty(value);

    protected override void WriteValue(string? value, Utf8JsonWriter json) => json.WriteStringValue(value);

    protected override void Describe(JsonObject schema, string home)
    {
        schema["type"] = "string";
        if (Default is not null)
        {
            schema["default"] = Default;
        }
    }
}
