using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Tools.Arguments;

/// <summary>A whole number between bounds, 0 where it was left out and has no default.</summary>
internal sealed class IntegerArgument(string name, string description, int min, int max, int? otherwise = null) : Argument<int>(name, description)
{
    /// <summary>How many items to answer at most; a <c>next_token</c> goes on with any.</summary>
    public static IntegerArgument Limit(string what, int otherwise, int max) =>
        new("limit", $"{what} to answer at most; there is a next_token where there are more.", 1, max, otherwise) { IsOfTheQuestion = false };

    /// <summary>What it may be.</summary>
    public (int Min, int Max) Bounds => (min, max);

    protected override int ReadValue(ArgumentReader reader) => reader.Integer(Name, otherwise, min, max);

    protected override bool IsEmpty(int value) => value == 0;

    protected override void WriteValue(int value, Utf8JsonWriter json) => json.WriteNumberValue(value);

    protected override void Describe(JsonObject schema, string home)
    {
        schema["type"] = "integer";
        if (otherwise is { } usual)
        {
            schema["default"] = usual;
        }

        schema["minimum"] = min;
        schema["maximum"] = max;
    }
}
