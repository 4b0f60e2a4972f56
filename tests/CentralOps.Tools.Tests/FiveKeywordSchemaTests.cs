using System.Text.Json;

namespace CentralOps.Tools.Tests;

public sealed class FiveKeywordSchemaTests
{
    private static readonly string[] Keywords = ["type", "properties", "required", "items", "description"];
    private static readonly string[] Types = ["string", "number", "object", "array", "boolean", "integer"];

    [Fact]
    public void Every_tools_schemas_reduce_to_the_five_keywords()
    {
        foreach (var tool in ToolCatalog.Declarations)
        {
            Check(FiveKeywordSchema.Reduce(tool.InputSchema));
            Check(FiveKeywordSchema.Reduce(tool.OutputSchema));
        }
    }

    [Fact]
    public void Defaults_bounds_and_choices_go_into_the_description() =>
        Reduce("""{"type":"object","properties":{"n":{"type":"integer","description":"How many","default":100,"minimum":1,"maximum":1000},"s":{"type":"string","enum":["a","b"]}},"required":["n"],"additionalProperties":false}""")
            .ShouldBe("""{"type":"object","properties":{"n":{"type":"integer","description":"How many. Default: 100. From 1 to 1000."},"s":{"type":"string","description":"One of: a, b."}},"required":["n"]}""");

    [Fact]
    public void What_may_be_null_is_told_in_words_and_left_open() =>
        Reduce("""{"type":"object","properties":{"a":{"type":"string"},"b":{"type":["string","null"],"description":"Where to go on"}},"required":["a","b"]}""")
            .ShouldBe("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"description":"b: string or null; Where to go on."}""");

    [Fact]
    public void A_string_or_a_list_of_strings_becomes_a_string_with_commas() =>
        Reduce("""{"type":"object","properties":{"r":{"description":"Where.","type":["string","array"],"items":{"type":"string"},"maxItems":5,"default":"x"},"n":{"type":["string","integer"]}}}""")
            .ShouldBe("""{"type":"object","properties":{"r":{"type":"string","description":"Where. Default: x. At most 5 items. Several in one string, separated by commas."}},"description":"n: any."}""");

    [Fact]
    public void Alternatives_become_one_object_that_requires_what_all_require() =>
        Reduce("""{"type":"object","anyOf":[{"type":"object","properties":{"a":{"type":"string"},"x":{"type":"integer"}},"required":["a","x"]},{"type":"object","properties":{"a":{"type":"string"},"e":{"type":"object"}},"required":["a","e"]}]}""")
            .ShouldBe("""{"type":"object","properties":{"a":{"type":"string"},"x":{"type":"integer"},"e":{"type":"object"}},"required":["a"]}""");

    [Theory]
    [InlineData("""{"type":"string"}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"object","$ref":"#"}}}""")]
    public void What_cannot_be_reduced_is_refused(string schema) => Should.Throw<ArgumentException>(() => Reduce(schema));

    private static string Reduce(string schema) => FiveKeywordSchema.Reduce(JsonDocument.Parse(schema).RootElement).GetRawText();

    private static void Check(JsonElement schema)
    {
        schema.EnumerateObject().ShouldAllBe(static keyword => Keywords.Contains(keyword.Name));
        Types.ShouldContain(schema.GetProperty("type").GetString());
        if (schema.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject())
            {
                Check(property.Value);
            }
        }

        if (schema.TryGetProperty("items", out var items))
        {
            Check(items);
        }
    }
}
