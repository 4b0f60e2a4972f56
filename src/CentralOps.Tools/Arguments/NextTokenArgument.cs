using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Access.Sealing;

namespace CentralOps.Tools.Arguments;

/// <summary>Where a truncated answer goes on.</summary>
internal sealed class NextTokenArgument : Argument<string?>
{
    private NextTokenArgument()
        : base("next_token", "next_token of a truncated answer, to go on where it ended; the other arguments stay the same.") => IsOfTheQuestion = false;

    public static NextTokenArgument Only { get; } = new();

    protected override string? ReadValue(ArgumentReader reader) => reader.Text(Name, SignedText.MaxLength);

    protected override void WriteValue(string? value, Utf8JsonWriter json) => json.WriteStringValue(value);

    protected override void Describe(JsonObject schema, string home) => schema["type"] = "string";
}
