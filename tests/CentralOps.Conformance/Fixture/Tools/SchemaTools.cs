namespace CentralOps.Conformance.Fixture.Tools;

/// <summary>Tools whose schemas are what matters.</summary>
internal static class SchemaTools
{
    private const string Keywords =
        """
        {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
         "$defs":{"address":{"$anchor":"addressDef","type":"object","properties":{"street":{"type":"string"},"city":{"type":"string"}}}},
         "properties":{
           "name":{"type":"string"},"address":{"$ref":"#/$defs/address"},
           "contactMethod":{"type":"string","enum":["phone","email"]},"phone":{"type":"string"},"email":{"type":"string"}},
         "allOf":[{"anyOf":[{"required":["phone"]},{"required":["email"]}]}],
         "if":{"properties":{"contactMethod":{"const":"phone"}},"required":["contactMethod"]},
         "then":{"required":["phone"]},"else":{"required":["email"]},"additionalProperties":false}
        """;

    private const string Headers =
        """{"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"},"query":{"type":"string"}},"required":["region"]}""";

    public static IReadOnlyList<FixtureTool> All { get; } =
    [
        FixtureTool.Of("json_schema_2020_12_tool", "A tool whose schema uses much of draft 2020-12.", _ => Content.Of(Content.Text("Valid.")), Keywords),
        FixtureTool.Of("test_header_param", "A tool with an argument that is repeated in a header.", call => Content.Of(Content.Text($"Region: {call.Argument("region")}")), Headers),
    ];
}
