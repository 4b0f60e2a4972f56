using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Tools.Arguments;

/// <summary>True or false; left out, it is false.</summary>
internal sealed class FlagArgument(string name, string description) : Argument<bool>(name, description)
{
    protected override bool ReadValue(ArgumentReader reader) => reader.Flag(Name);

    protected override bool IsEmpty(bool value) => !value;

    protected override void WriteValue(bool value, Utf8JsonWriter json) => json.WriteBooleanValue(value);

    protected override void Describe(JsonObject schema, string home)
    {
        schema["type"] = "boolean";
        schema["default"] = false;
    }
}
