using System.Text.Json;
using CentralOps.Gateway.Catalog;
using CentralOps.Gateway.Schemas;

namespace CentralOps.Gateway.Discovery;

/// <summary>The tool that finds tools, as AgentCore Gateway declares it (§2.5).</summary>
internal static class SearchTool
{
    public const string Name = "x_amz_bedrock_agentcore_search";

    private const string Description =
        "A special tool that returns a trimmed down list of tools given a context. Use this tool only when there are many tools available and you want to get a subset that matches the provided context.";

    private static readonly TargetConfig Config = new() { TargetId = "", Name = "", Endpoint = new TargetEndpoint.Builtin(Name) };

    private static readonly JsonElement Schema = Parse(
        """{"type":"object","properties":{"query":{"type":"string","description":"search query to use for finding tools"}},"required":["query"]}"""u8);

    private static readonly SchemaNode Arguments = SchemaReader.Read(Schema, Name, []) ?? throw new System.Diagnostics.UnreachableException();

    /// <summary>The search tool over the tools of one view. What it finds is what that view lists and calls.</summary>
    public static CatalogTool Over(IReadOnlyList<CatalogTool> tools, ToolSearch search) => new()
    {
        Name = Name,
        Description = Description,
        QualifiedName = Name,
        Target = new CatalogTarget(Config, new SearchTarget(search, tools), Prefixes: false),
        InputSchema = Schema,
        Arguments = Arguments,
        AnswersStructured = true,
        Quota = search.Quota,
    };

    private static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return JsonElement.ParseValue(ref reader);
    }
}
