using System.Text.Json;
using CentralOps.Aws.Wire;
using CentralOps.Sandbox.AwsMcp.Tools;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Sandbox.AwsMcp;

/// <summary>
/// Streamable HTTP with sessions. It has nothing to say of its own accord, so there is no stream to GET.
/// https://modelcontextprotocol.io/specification/2025-11-25/basic/transports
/// </summary>
internal sealed class McpEndpoint(AwsMcpOptions options, McpTools tools, McpSessions sessions)
{
    private const int MaxBodyBytes = 1024 * 1024;
    private const string SessionHeader = "Mcp-Session-Id";
    private const string VersionHeader = "MCP-Protocol-Version";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64 };

    private readonly McpMethods _methods = new(options, tools, sessions);

    public async Task<WireResponse> AnswerAsync(McpVisit visit, CancellationToken cancellationToken)
    {
        switch (visit.Request.Method)
        {
            case "POST":
                var response = await PostAsync(visit, cancellationToken);
                if (options.AnswersAsEvents && response.Status == StatusCodes.Status200OK)
                {
                    McpReply.ToEvents(response);
                }

                return response;
            case "DELETE":
                return Delete(visit);
            default:
                var refused = visit.Fail("MethodNotAllowed", "This server takes POST and DELETE.", StatusCodes.Status405MethodNotAllowed);
                refused.Headers.Add("Allow", "POST, DELETE");
                return refused;
        }
    }

    private async Task<WireResponse> PostAsync(McpVisit visit, CancellationToken cancellationToken)
    {
        // 1. Is it a message in the form that the transport wants?
        var request = visit.Request;
        if (FormProblem(visit) is { } malformed)
        {
            return malformed;
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(request.Body, Strict);
        }
        catch (JsonException)
        {
            return McpReply.Error(null, McpReply.ParseError, "The body is not JSON, or is nested deeper than 64.", StatusCodes.Status400BadRequest);
        }

        using var held = document;
        var message = McpMessage.Read(document.RootElement, out var problem);
        if (message is null)
        {
            return McpReply.Error(null, McpReply.InvalidRequest, problem, StatusCodes.Status400BadRequest);
        }

        // 2. Which revision, and which session?
        var version = request.Headers.Find(VersionHeader);
        if (options.Stateless && version is McpRevisions.Stateless)
        {
            return await _methods.AnswerAsync(visit, message, session: null, cancellationToken);
        }

        if (version is not null && !McpRevisions.WithSessions.Contains(version, StringComparer.Ordinal))
        {
            return McpReply.Error(message.Id, McpReply.InvalidRequest, $"{VersionHeader}: give one of {string.Join(", ", McpRevisions.WithSessions)}.", StatusCodes.Status400BadRequest);
        }

        if (message.Method is "initialize")
        {
            return Initialize(visit, message);
        }

        if (FindSession(visit, message, out var session) is { } unknown)
        {
            return unknown;
        }

        // 3. What does it ask?
        return await _methods.AnswerAsync(visit, message, session, cancellationToken);
    }

    private static WireResponse? FormProblem(McpVisit visit)
    {
        var headers = visit.Request.Headers;
        if (visit.Request.Body.Length > MaxBodyBytes)
        {
            return visit.Fail("RequestTooLargeException", $"A message has {MaxBodyBytes} bytes at most.", StatusCodes.Status413PayloadTooLarge);
        }

        if (!Is((headers.Find("Content-Type") ?? "").Split(';')[0], "application/json"))
        {
            return visit.Fail("UnsupportedMediaType", "Content-Type: it has to be application/json.", StatusCodes.Status415UnsupportedMediaType);
        }

        var accepted = (headers.Find("Accept") ?? "").Split(',').Select(one => one.Split(';')[0]).ToArray();
        return accepted.Any(one => Is(one, "application/json")) && accepted.Any(one => Is(one, "text/event-stream"))
            ? null
            : visit.Fail("NotAcceptable", "Accept: it has to name application/json and text/event-stream.", StatusCodes.Status406NotAcceptable);
    }

    private WireResponse Initialize(McpVisit visit, McpMessage message)
    {
        if (message.Id is not { } id || McpMessage.Text(message.Parameters, "protocolVersion") is not { } wanted)
        {
            return McpReply.Error(message.Id, McpReply.InvalidParameters, "protocolVersion: initialize is a request that names one.");
        }

        var version = McpRevisions.Offer(wanted);
        if (!sessions.TryOpen(visit.Tenant, visit.Caller!, version, out var session))
        {
            return McpDoor.Throttled(visit, "Too many sessions");
        }

        var response = _methods.Initialize(id, version);
        response.Headers.Add(SessionHeader, session.Id);
        return response;
    }

    private WireResponse? FindSession(McpVisit visit, McpMessage message, out McpSession? session)
    {
        session = null;
        if (visit.Request.Headers.Find(SessionHeader) is not { Length: > 0 } id)
        {
            return McpReply.Error(message.Id, McpReply.InvalidRequest, $"{SessionHeader}: it is required after initialize.", StatusCodes.Status400BadRequest);
        }

        return sessions.TryFind(id, visit.Tenant, visit.Caller!, out session)
            ? null
            : McpReply.Error(message.Id, -32001, "Session not found", StatusCodes.Status404NotFound);
    }

    private WireResponse Delete(McpVisit visit)
    {
        if (visit.Request.Headers.Find(SessionHeader) is not { Length: > 0 } id)
        {
            return McpReply.Error(null, McpReply.InvalidRequest, $"{SessionHeader}: it is required.", StatusCodes.Status400BadRequest);
        }

        if (!sessions.TryFind(id, visit.Tenant, visit.Caller!, out var session))
        {
            return McpReply.Error(null, -32001, "Session not found", StatusCodes.Status404NotFound);
        }

        sessions.Close(session);
        return new WireResponse { Status = StatusCodes.Status204NoContent };
    }

    private static bool Is(string given, string wanted) => string.Equals(given.Trim(), wanted, StringComparison.OrdinalIgnoreCase);
}
