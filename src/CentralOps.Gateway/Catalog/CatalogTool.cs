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
}
