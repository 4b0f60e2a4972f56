using System.Text.Json;
using CentralOps.Aws.Wire;
using CentralOps.Sandbox.AwsMcp.Tools;

namespace CentralOps.Sandbox.AwsMcp;

/// <summary>The methods of the protocol that a tools-only server has.</summary>
internal sealed class McpMethods(AwsMcpOptions options, McpTools tools, McpSessions sessions)
{
    private const int Cancelled = -32800;
    private const int LongestName = 128;

    public WireResponse Initialize(JsonElement id, string version) => McpReply.Result(id, json =>
    {
        json.WriteString("protocolVersion", version);
        WriteServer(json);
    });

    /// <param name="session">Null in the revision without sessions.</param>
    public async Task<WireResponse> AnswerAsync(McpVisit visit, McpMessage message, McpSession? session, CancellationToken cancellationToken)
    {
        if (message.Id is not { } id)
        {
            Notice(message, session);
            return McpReply.Accepted();
        }

        return message.Method switch
        {
            "ping" when session is not null => McpReply.Result(id, static _ => { }),
            "server/discover" when session is null => Discover(id),
            "tools/list" => List(id, message, stateless: session is null),
            "tools/call" => await CallAsync(visit, message, id, session, cancellationToken),
            _ => McpReply.Error(id, McpReply.UnknownMethod, "Method not found"),
        };
    }

    private static void Notice(McpMessage message, McpSession? session)
    {
        if (message.Method is "notifications/cancelled" && message.Parameters.ValueKind == JsonValueKind.Object && message.Parameters.TryGetProperty("requestId", out var running))
        {
            session?.Cancel(running.GetRawText());
        }
    }

    private WireResponse Discover(JsonElement id) => McpReply.Result(id, json =>
    {
        json.WriteStartArray("supportedVersions");
        json.WriteStringValue(McpRevisions.Stateless);
        foreach (var version in McpRevisions.WithSessions)
        {
            json.WriteStringValue(version);
        }

        json.WriteEndArray();
        WriteServer(json);
        WriteComplete(json, kept: true);
    });

    private WireResponse List(JsonElement id, McpMessage message, bool stateless)
    {
        // One page holds them all, so no cursor was ever given out.
        if (McpMessage.Text(message.Parameters, "cursor") is not null)
        {
            return McpReply.Error(id, McpReply.InvalidParameters, "cursor: it is none that this server gave out.");
        }

        return McpReply.Result(id, json =>
        {
            json.WriteStartArray("tools");
            foreach (var tool in tools.All)
            {
                tool.Describe(json);
            }

            json.WriteEndArray();
            if (stateless)
            {
                WriteComplete(json, kept: true);
            }
        });
    }

    private async Task<WireResponse> CallAsync(McpVisit visit, McpMessage message, JsonElement id, McpSession? session, CancellationToken cancellationToken)
    {
        // 1. Which tool, with which arguments?
        var name = McpMessage.Text(message.Parameters, "name");
        if (name is null || name.Length > LongestName || !tools.TryFind(name, out var tool))
        {
            return McpReply.Error(id, McpReply.InvalidParameters, name is null ? "name: it is required, a string." : "name: there is no such tool; tools/list has them.");
        }

        visit.Operation = tool.IsReadOnly ? "CallReadOnlyTool" : "CallReadWriteTool";
        var arguments = message.Parameters.TryGetProperty("arguments", out var given) ? given : default;
        if (arguments.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Object))
        {
            return McpReply.Error(id, McpReply.InvalidParameters, "arguments: it has to be an object.");
        }

        // 2. It can be cancelled by its id as long as it runs.
        using var running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var key = id.GetRawText();
        if (session is not null && !session.TryBegin(key, running))
        {
            return McpReply.Error(id, McpReply.InvalidRequest, "id: a request with this id is still running.");
        }

        try
        {
            var call = new ToolCall(visit.Caller!, visit.Verdict.Key!, visit.Verdict.Region, visit.Now, new ToolArguments(arguments));
            var answer = await tool.AnswerAsync(call, running.Token);
            return McpReply.Result(id, json =>
            {
                answer.Write(json);
                if (session is null)
                {
                    WriteComplete(json, kept: false);
                }
            });
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return McpReply.Error(id, Cancelled, "The request was cancelled.");
        }
        finally
        {
            session?.End(key);
        }
    }

    private void WriteServer(Utf8JsonWriter json)
    {
        json.WriteStartObject("capabilities");
        json.WriteStartObject("tools");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("serverInfo");
        json.WriteString("name", "aws-mcp-stand-in");
        json.WriteString("title", "Stand-in for the AWS MCP Server");
        json.WriteString("version", "1.0.0");
        json.WriteEndObject();
        json.WriteString(
            "instructions",
            $"A stand-in for the AWS MCP Server over a sandbox organization. {options.RequestsPerSecond:0.##} requests a second, {options.ConcurrentRequests} at a time and {options.Sessions} sessions ({sessions.Count} open) for each account and region.");
    }

    private static void WriteComplete(Utf8JsonWriter json, bool kept)
    {
        json.WriteString("resultType", "complete");
        if (kept)
        {
            json.WriteNumber("ttlMs", 60_000);
            json.WriteString("cacheScope", "public");
        }
    }
}
