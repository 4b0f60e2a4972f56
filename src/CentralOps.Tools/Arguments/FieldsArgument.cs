using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Arguments;

/// <summary>Which fields of each item are answered.</summary>
internal sealed class FieldsArgument : Argument<FieldSelection?>
{
    private readonly Func<IReadOnlyCollection<string>> _known;

    /// <param name="known">The members of the tool's items.</param>
    public FieldsArgument(Func<IReadOnlyCollection<string>> known)
        : base("fields", "Only these fields of each item, in this order; Tags.env names one inside another.")
    {
        _known = known;
        IsOfTheShape = true;
    }

    protected override FieldSelection? ReadValue(ArgumentReader reader) =>
        reader.Texts(Name, FieldSelection.MaxCount, FieldPath.MaxLength) is { Count: > 0 } names ? FieldSelection.Read(Name, names, _known(), reader) : null;

    protected override bool IsEmpty(FieldSelection? value) => value is null;

    protected override void WriteValue(FieldSelection? value, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var name in value!.Names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    protected override void Describe(JsonObject schema, string home)
    {
        schema["type"] = "array";
        schema["items"] = new JsonObject { ["type"] = "string" };
        schema["maxItems"] = FieldSelection.MaxCount;
    }
}
