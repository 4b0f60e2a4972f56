using System.Text.Json;
using CentralOps.Gateway.Schemas;
using CentralOps.Gateway.Targets;

namespace CentralOps.Gateway.Catalog;

/// <summary>One tool as clients see it, compiled. Immutable.</summary>
internal sealed class CatalogTool
{
    /// <summary><c>target___tool</c>.</summary>
    public required string Name { get; init; }

    public required string Description { get; init; }

    public required string TargetName { get; init; }

    public required ITarget Target { get; init; }

    public required JsonElement InputSchema { get; init; }

    /// <summary>Of its arguments.</summary>
    public required SchemaNode Arguments { get; init; }

    /// <summary>Listed only where structured content is sent too; null where it is not.</summary>
    public JsonElement? OutputSchema { get; init; }

    /// <summary>Whether answers are sent as structured content too, without an output schema that says of what kind.</summary>
    public bool AnswersStructured { get; init; }

    /// <summary>Off for tools of targets that list live: AgentCore's search does not find them.</summary>
    public bool IsSearchable { get; init; } = true;

    /// <summary>How often it may be called; null where calls are not counted.</summary>
    public Discovery.SearchQuota? Quota { get; init; }
}
