using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Tools.Arguments;

/// <summary>A list of strings; left out, it is empty.</summary>
internal sealed class TextsArgument(string name, string description, int maxCount) : Argument<IReadOnlyList<string>>(name, description)
{
    public int MaxLength { get; init; } = 1024;

    protected override IReadOnlyList<string> ReadValue(ArgumentReader reader) => reader.Texts(Name, maxCount, MaxLength);

    protected override bool IsEmpty(IReadOnlyList<string> value) => value.Count == 0;

    protected override void WriteValue(IReadOnlyList<string> value, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var text in value)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    protected override void Describe(JsonObject schema, string home)
    {
        schema["type"] = "array";
        schema["items"] = new JsonObject { ["type"] = "string" };
        schema["maxItems"] = maxCount;
    }
}
