using System.Text.Json.Nodes;

namespace CentralOps.Conformance.Fixture.Tools;

/// <summary>A tool of the fixture.</summary>
/// <param name="Schema">Its input schema, as JSON.</param>
internal sealed record FixtureTool(string Name, string Description, Func<Call, CancellationToken, ValueTask<Outcome>> Run, string Schema = FixtureTool.NoArguments)
{
    private const string NoArguments = """{"type":"object","properties":{}}""";

    /// <summary>A tool that takes no time.</summary>
    public static FixtureTool Of(string name, string description, Func<Call, Outcome> run, string schema = NoArguments) =>
        new(name, description, (call, _) => new(run(call)), schema);

    public JsonObject Listed() => new() { ["name"] = Name, ["description"] = Description, ["inputSchema"] = JsonNode.Parse(Schema) };
}
