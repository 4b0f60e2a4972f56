using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Tools.Arguments;

/// <summary>A region of what an account has in all regions together.</summary>
internal sealed class RegionArgument : Argument<string?>
{
    private RegionArgument(string description)
        : base("region", description) => IsPlace = true;

    public static RegionArgument Filter(string description, string? member) => new(description) { Member = member };

    protected override string? ReadValue(ArgumentReader reader) => reader.Region(Name);

    protected override bool IsEmpty(string? value) => value is null;

    protected override void WriteValue(string? value, Utf8JsonWriter json) => json.WriteStringValue(value);

    protected override void Describe(JsonObject schema, string home) => schema["type"] = "string";
}
