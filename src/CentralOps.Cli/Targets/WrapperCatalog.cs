using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Cli.Control;
using CentralOps.Cli.Terminal;
using CentralOps.Tools;

namespace CentralOps.Cli.Targets;

/// <summary>
/// What an MCP wrapper function offers, as a Lambda target's schema: the function is asked for <c>tools/list</c> as its function URL would ask it, and each tool's schema
/// is reduced to the five keywords that AgentCore has.
/// </summary>
internal static class WrapperCatalog
{
    private const string Version = "2025-11-25";
    private const int MaxTools = 1000;

    /// <returns>The API's <c>toolSchema</c>.</returns>
    /// <exception cref="CommandFailedException">The function cannot be asked, is no wrapper, or has no tools.</exception>
    public static async Task<JsonObject> ReadAsync(ControlSession session, string functionArn, Screen screen, CancellationToken cancellationToken)
    {
        var result = ResultOf(await session.InvokeAsync(functionArn, Question(), cancellationToken), functionArn);
        var schema = new JsonArray();
        foreach (var tool in result["tools"] is JsonArray tools ? tools.OfType<JsonObject>().Take(MaxTools) : [])
        {
            if (Reduce(tool, out var reduced, out var problem))
            {
                schema.Add((JsonNode)reduced);
                continue;
            }

            screen.Say($"{PlainText.Line(tool.Text("name"))} is left out: {PlainText.Line(problem)}.");
        }

        return schema.Count > 0
            ? new JsonObject { ["inlinePayload"] = schema }
            : throw new CommandFailedException("The wrapper lists no tool that a target can have: see what its server lists for its role, and whether access rules hide all of it.");
    }

    private static JsonObject Question() => new()
    {
        ["version"] = "2.0",
        ["rawPath"] = "/mcp",
        ["headers"] = new JsonObject { ["content-type"] = "application/json", ["mcp-protocol-version"] = Version },
        ["requestContext"] = new JsonObject { ["http"] = new JsonObject { ["method"] = "POST" } },
        ["body"] = """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}""",
        ["isBase64Encoded"] = false,
    };

    private static JsonObject ResultOf(JsonObject answer, string functionArn)
    {
        var body = answer.Text("body");
        JsonObject? message;
        try
        {
            message = body.Length > 0 ? JsonNode.Parse(body) as JsonObject : null;
        }
        catch (JsonException)
        {
            message = null;
        }

        if (message?["error"] is JsonObject error)
        {
            throw new CommandFailedException($"The wrapper cannot list its server's tools: {PlainText.Line(error.Text("message"))}");
        }

        return message?["result"] as JsonObject
            ?? throw new CommandFailedException($"{PlainText.Line(functionArn)} did not answer as an MCP wrapper does: deploy the CentralOps function with the handler mcp_wrapper, or name its tools with 'centralops target add lambda … --tools'.");
    }

    private static bool Reduce(JsonObject tool, out JsonObject reduced, out string problem)
    {
        (reduced, problem) = ([], "");
        try
        {
            using var schema = JsonDocument.Parse(tool["inputSchema"]?.ToJsonString() ?? "null");
            reduced = new JsonObject
            {
                ["name"] = tool.Text("name"),
                ["description"] = tool.Text("description") is { Length: > 0 } text ? text : tool.Text("name"),
                ["inputSchema"] = JsonNode.Parse(FiveKeywordSchema.Reduce(schema.RootElement).GetRawText()),
            };
            return true;
        }
        catch (Exception unfit) when (unfit is ArgumentException or InvalidOperationException)
        {
            problem = unfit is ArgumentException ? unfit.Message.Split('(')[0].Trim().TrimEnd('.') : "Its schema has parts that are no schemas";
            return false;
        }
    }
}
