using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Tools.Arguments;

/// <summary>The region to ask; the answer tells it. Left out, it is the one that CentralOps itself runs in, or none.</summary>
internal sealed class RegionArgument : Argument<string?>
{
    private readonly bool _hasDefault;

    private RegionArgument(string description, bool hasDefault)
        : base("region", description)
    {
        _hasDefault = hasDefault;
        IsPlace = true;
    }

    public static RegionArgument Asked { get; } = new("AWS region to ask.", hasDefault: true);

    /// <summary>For what an account has in all regions together.</summary>
    public static RegionArgument Filter(string description, string? member) => new(description, hasDefault: false) { Member = member };

    protected override string? ReadValue(ArgumentReader reader) => reader.Region(Name, _hasDefault);

    protected override bool IsEmpty(string? value) => value is null;

    protected override void WriteValue(string? value, Utf8JsonWriter json) => json.WriteStringValue(value);

    protected override void Describe(JsonObject schema, string home)
    {
        schema["type"] = "string";
        if (_hasDefault)
        {
            schema["default"] = home;
        }
    }
}
