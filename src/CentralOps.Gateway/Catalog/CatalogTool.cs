using System.Text.Json;
using CentralOps.Gateway.Schemas;
using CentralOps.Gateway.Targets.McpServers;

namespace CentralOps.Gateway.Catalog;

/// <summary>One tool as clients see it, compiled. Immutable.</summary>
internal sealed class CatalogTool
{
    /// <summary>As clients are shown it: <c>target___tool</c>, unless prefixes are off.</summary>
    public required string Name { get; init; }

    /// <summary><c>target___tool</c>.</summary>
    public required string QualifiedName { get; init; }

    public required string Description { get; init; }

    public required CatalogTarget Target { get; init; }

    public required JsonElement InputSchema { get; init; }

    /// <summary>Of its arguments; null where its target checks them itself.</summary>
    public SchemaNode? Arguments { get; init; }

    /// <summary>The arguments that a request repeats in its headers (<c>x-mcp-header</c>); null where there are none.</summary>
    public ParameterHeaders? Repeated { get; init; }

    /// <summary>Listed only where structured content is sent too; null where it is not.</summary>
    public JsonElement? OutputSchema { get; init; }

    /// <summary>Whether answers are sent as structured content too, without an output schema that says of what kind.</summary>
    public bool AnswersStructured { get; init; }

    /// <summary>Tools of targets that list live are not: AgentCore finds none of them.</summary>
    public bool IsSearchable => Target.Config.Endpoint is not TargetEndpoint.McpServer { Listing: ListingMode.Dynamic };

    /// <summary>How often it may be called; null where calls are not counted.</summary>
    public Discovery.SearchQuota? Quota { get; init; }

    /// <summary>What its MCP server listed; null where the members above are all there is.</summary>
    public JsonElement? Listed { get; init; }

    /// <summary>Writes it as tools/list has it.</summary>
    public void Write(Utf8JsonWriter json)
    {
        if (Listed is { } listed)
        {
            ListedObject.Write(json, listed, "name", Name);
            return;
        }

        json.WriteStartObject();
        json.WriteString("name"u8, Name);
        json.WriteString("description"u8, Description);
        json.WritePropertyName("inputSchema"u8);
        InputSchema.WriteTo(json);
        if (OutputSchema is { } output)
        {
            json.WritePropertyName("outputSchema"u8);
            output.WriteTo(json);
        }

        // No annotations: AgentCore's Lambda targets cannot declare them, and none are made up here.
        json.WriteEndObject();
    }
}
