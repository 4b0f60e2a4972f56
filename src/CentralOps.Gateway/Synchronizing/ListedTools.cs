using System.Text.Json;
using CentralOps.Gateway.Targets.McpServers;

namespace CentralOps.Gateway.Synchronizing;

/// <summary>Which tools of an MCP server can be served.</summary>
internal static class ListedTools
{
    private const int MaxDescription = 64 * 1024;

    /// <returns>Why the tool cannot be served; null when it can, as <paramref name="name"/>.</returns>
    public static string? Problem(JsonElement tool, string prefix, out string name)
    {
        if (ListedNames.Problem(tool, prefix, out name) is { } wrong)
        {
            return wrong;
        }

        if (!tool.TryGetProperty("inputSchema", out var schema) || schema.ValueKind != JsonValueKind.Object
            || !schema.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || !type.ValueEquals("object"))
        {
            return "its inputSchema must be a JSON Schema whose type is \"object\"";
        }

        return ParameterHeaders.TryRead(schema, out var problem) is null ? problem : null;
    }

    /// <param name="tool">One that can be served.</param>
    public static ToolDefinition Read(JsonElement tool, string name)
    {
        var description = tool.TryGetProperty("description", out var told) && told.ValueKind == JsonValueKind.String ? ListedNames.Text(told) ?? "" : "";
        var output = tool.TryGetProperty("outputSchema", out var schema) && schema.ValueKind == JsonValueKind.Object ? schema : default(JsonElement?);
        return new(name, description.Length > MaxDescription ? description[..MaxDescription] : description, tool.GetProperty("inputSchema"), output) { Listed = tool };
    }
}
