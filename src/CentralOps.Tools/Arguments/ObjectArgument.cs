using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Tools.Arguments;

/// <summary>An object whose members somebody else knows; left out, it is undefined.</summary>
internal sealed class ObjectArgument(string name, string description) : Argument<JsonElement>(name, description)
{
    protected override JsonElement ReadValue(ArgumentReader reader) => reader.Object(Name);

    protected override bool IsEmpty(JsonElement value) => value.ValueKind != JsonValueKind.Object;

    protected override void WriteValue(JsonElement value, Utf8JsonWriter json) => value.WriteTo(json);

    protected override void Describe(JsonObject schema, string home)
    {
        schema["type"] = "object";
        schema["additionalProperties"] = true;
    }
}
