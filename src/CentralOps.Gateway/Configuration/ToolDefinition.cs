using System.Text.Json;

namespace CentralOps.Gateway;

/// <summary>A tool as its target declares it.</summary>
/// <param name="Name">Without the target's prefix.</param>
/// <param name="Description">For the model; an MCP server may leave it out, then it is empty.</param>
/// <param name="InputSchema">
/// An object at the top. Of Lambda and builtin targets AgentCore's SchemaDefinition: <c>type</c>, <c>properties</c>, <c>required</c>, <c>items</c>,
/// <c>description</c> and nothing else; of MCP servers any JSON Schema.
/// </param>
/// <param name="OutputSchema">Of a Lambda function it is listed only with <see cref="CompatibilitySwitches.StructuredContent"/>.</param>
public sealed record ToolDefinition(string Name, string Description, JsonElement InputSchema, JsonElement? OutputSchema)
{
    /// <summary>
    /// The tool object as an MCP server listed it (title, annotations, icons, <c>_meta</c> and what comes after us): listed again with nothing
    /// but its name changed. Null for targets that declare the members above only.
    /// </summary>
    public JsonElement? Listed { get; init; }
}

/// <summary>A prompt as an MCP server listed it.</summary>
/// <param name="Name">Without the target's prefix.</param>
/// <param name="Listed">The whole object.</param>
public sealed record PromptDefinition(string Name, JsonElement Listed);

/// <summary>A resource as an MCP server listed it. URIs get no prefix: of two targets that list one, the lower resource priority wins.</summary>
public sealed record ResourceDefinition(string Uri, JsonElement Listed);

/// <summary>A resource template as an MCP server listed it.</summary>
public sealed record ResourceTemplateDefinition(string UriTemplate, JsonElement Listed);
