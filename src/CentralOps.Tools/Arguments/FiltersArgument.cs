using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Tools.Arguments;

/// <summary>A service's own filters: of one any value has to match, and all of them together.</summary>
internal sealed class FiltersArgument : Argument<IReadOnlyList<AwsFilter>>
{
    private const int MaxFilters = 50;
    private const int MaxValues = 200;

    private readonly string _example;

    /// <param name="service">As people call it, such as EC2.</param>
    /// <param name="example">The name of a filter that the operation has.</param>
    /// <param name="value">A value that it may take.</param>
    public FiltersArgument(string service, string example, string value)
        : base("filters", $"{service}'s own filters, all of which have to match, such as {example}.")
    {
        _example = $$"""[{"Name": "{{example}}", "Values": ["{{value}}"]}]""";
        Member = "Filters";
    }

    protected override IReadOnlyList<AwsFilter> ReadValue(ArgumentReader reader) => reader.Objects(Name, MaxFilters, _example, static filter =>
    {
        var read = new AwsFilter(filter.RequiredText("Name", 255), filter.Texts("Values", MaxValues, 1024));
        if (read.Values.Count == 0)
        {
            filter.Note("Values", "has to hold at least one value", "Give the values of which one has to match");
        }

        return read;
    });

    protected override bool IsEmpty(IReadOnlyList<AwsFilter> value) => value.Count == 0;

    protected override void WriteValue(IReadOnlyList<AwsFilter> value, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var filter in value)
        {
            json.WriteStartObject();
            json.WriteString("Name"u8, filter.Name);
            json.WriteStartArray("Values"u8);
            foreach (var text in filter.Values)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    protected override void Describe(JsonObject schema, string home)
    {
        schema["type"] = "array";
        schema["items"] = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["Name"] = new JsonObject { ["description"] = "The filter's name.", ["type"] = "string" },
                ["Values"] = new JsonObject
                {
                    ["description"] = "Values of which one has to match.",
                    ["type"] = "array",
                    ["items"] = new JsonObject { ["type"] = "string" },
                    ["maxItems"] = MaxValues,
                },
            },
            ["required"] = new JsonArray("Name", "Values"),
            ["additionalProperties"] = false,
        };
        schema["maxItems"] = MaxFilters;
    }
}

/// <summary>One filter as AWS takes it.</summary>
internal sealed record AwsFilter(string Name, IReadOnlyList<string> Values);
