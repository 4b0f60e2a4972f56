using System.Text.Json.Nodes;
using CentralOps.Cli.Control;

namespace CentralOps.Cli.Targets;

/// <summary>A Lambda target's tools: a file of the API's tool definitions, alone or as <c>{"tools": […]}</c>, or an object in S3.</summary>
internal static class ToolSchemaInput
{
    public static async Task<JsonObject?> ReadAsync(string? source, CancellationToken cancellationToken)
    {
        if (source is null)
        {
            return null;
        }

        if (source.StartsWith("s3://", StringComparison.Ordinal))
        {
            return new JsonObject { ["s3"] = new JsonObject { ["uri"] = source } };
        }

        var tools = await JsonInput.ReadAsync("--tools", source, cancellationToken) switch
        {
            JsonArray list => list,
            JsonObject wrapped when wrapped["tools"] is JsonArray list => list,
            _ => null,
        };
        return tools is { Count: > 0 } && tools.All(tool => tool is JsonObject)
            ? new JsonObject { ["inlinePayload"] = tools.DeepClone() }
            : throw new CommandFailedException("--tools: that is no list of tools; write [{\"name\": …, \"description\": …, \"inputSchema\": {\"type\": \"object\", …}}].", ExitCode.Usage);
    }
}
