using Microsoft.AspNetCore.Http;
using ModelContextProtocol;

namespace CentralOps.Gateway.Mcp;

/// <summary>
/// What the endpoint refuses with: one JSON-RPC error and the HTTP status it travels under. The factories are the closed set, and the one
/// place where refusals get words.
/// </summary>
internal sealed record McpError
{
    private McpError(int status, int code, string message)
    {
        Status = status;
        Code = code;
        Message = message;
    }

    public int Status { get; }

    public int Code { get; }

    public string Message { get; }

    /// <summary>The versions to choose from, and what was asked for instead; in the error's data.</summary>
    public (IReadOnlyList<string> Supported, string Requested)? Versions { get; private init; }

    /// <summary>For <c>WWW-Authenticate</c>: what a client has to bring; null where a better credential would not help.</summary>
    public string? Challenge { get; private init; }

    public static McpError NoSuchPath { get; } = Invalid(StatusCodes.Status404NotFound, "Nothing is served at this path. An MCP endpoint is at /{gatewayId}/mcp.");

    public static McpError MethodNotAllowed { get; } = Invalid(
        StatusCodes.Status405MethodNotAllowed, "The endpoint takes POST only: it keeps no sessions to delete and opens no stream on GET.");

    public static McpError WrongHost { get; } = Invalid(
        StatusCodes.Status403Forbidden,
        "The Host header names a host that this gateway is not known by. Address it as localhost or by IP address, or add the name to its allowed hosts.");

    public static McpError WrongOrigin { get; } = Invalid(
        StatusCodes.Status403Forbidden, "The Origin header names a site that may not call this gateway. Add it to the allowed origins if it should.");

    public static McpError NotAcceptable { get; } = Invalid(
        StatusCodes.Status406NotAcceptable, "The Accept header admits no form of the answer. Send 'Accept: application/json, text/event-stream'.");

    public static McpError UnsupportedMediaType { get; } = Invalid(
        StatusCodes.Status415UnsupportedMediaType, "The body must be JSON in UTF-8, not compressed. Send 'Content-Type: application/json' and no Content-Encoding.");

    public static McpError TooLarge { get; } = Invalid(
        StatusCodes.Status413PayloadTooLarge, $"The body is larger than {Serving.Limits.MaxBodyBytes} bytes (6 MB), AgentCore Gateway's limit. Send less at once.");

    public static McpError EmptyBody { get; } = new(StatusCodes.Status400BadRequest, (int)McpErrorCode.ParseError, "The body is empty. Send one JSON-RPC message.");

    public static McpError EmptyBatch { get; } = Invalid("The batch is empty.");

    public static McpError BatchTooLong { get; } = Invalid($"A batch may hold {Serving.Limits.MaxBatch} messages at most.");

    public static McpError BatchAnswerTooLong { get; } = Invalid(
        $"The answers to this batch have come to more than {Serving.Limits.MaxBatchAnswerBytes} bytes (6 MB). Send this message in a request of its own.");

    public static McpError NoBatches { get; } = Invalid("Batches exist in MCP 2025-03-26 only. Send each message in a request of its own.");

    public static McpError InitializeInBatch { get; } = Invalid("initialize must not be part of a batch. Send it by itself.");

    /// <summary>The fault itself is in the log.</summary>
    public static McpError Fault { get; } = new(
        StatusCodes.Status500InternalServerError, (int)McpErrorCode.InternalError, "The gateway failed on this request. Its log says why.");

    /// <summary>A request that broke off, or whose HTTP framing is wrong.</summary>
    public static McpError BadHttp(int status) => Invalid(status, "The HTTP request is malformed or came in too slowly.");

    /// <summary>AgentCore's code and words for a caller it does not admit.</summary>
    public static McpError Unauthenticated(string reason) => new(StatusCodes.Status403Forbidden, -32001, "Authentication error - " + reason);

    /// <summary>Bearer authentication has a status of its own (RFC 6750, section 3); a signature that is missing is AgentCore's 403.</summary>
    public static McpError NoToken(string reason, string challenge = "Bearer") =>
        new(StatusCodes.Status401Unauthorized, -32001, "Authentication error - " + reason) { Challenge = challenge };

    /// <summary>RFC 6750's <c>invalid_request</c>: which of two credentials counts is not for the gateway to choose.</summary>
    public static McpError SeveralCredentials(string challenge) =>
        new(StatusCodes.Status400BadRequest, -32001, "Authentication error - Send one Authorization header.") { Challenge = challenge };

    /// <summary>A good token that lacks a scope: another token would do.</summary>
    public static McpError InsufficientScope(string challenge) =>
        new(StatusCodes.Status403Forbidden, -32002, "Authorization error - Insufficient scope") { Challenge = challenge };

    /// <summary>No token can be judged, and none is to blame: signing in again would not help.</summary>
    public static McpError ProviderAway { get; } = new(
        StatusCodes.Status503ServiceUnavailable, (int)McpErrorCode.InternalError, "The gateway cannot read the keys of its OpenID provider. Retry the request.");

    public static McpError StsAway { get; } = new(
        StatusCodes.Status503ServiceUnavailable, (int)McpErrorCode.InternalError, "The gateway got no answer from AWS about this identity. Retry the request.");

    public static McpError TooManyIdentities { get; } = new(
        StatusCodes.Status429TooManyRequests, -32003, "The gateway asks AWS about too many identities at the moment. Retry the request.");

    /// <summary>AgentCore's name of it.</summary>
    public static McpError InterceptorFailed(string message) => new(
        StatusCodes.Status500InternalServerError, (int)McpErrorCode.InternalError, "InterceptorException - " + message);

    public static McpError DocumentMethodNotAllowed { get; } = Invalid(StatusCodes.Status405MethodNotAllowed, "This document takes GET only.");

    public static McpError Malformed(JsonProblem problem, long at) => problem switch
    {
        JsonProblem.NotUtf8 => new(StatusCodes.Status400BadRequest, (int)McpErrorCode.ParseError, "The body is not valid UTF-8."),
        JsonProblem.NotJson => new(StatusCodes.Status400BadRequest, (int)McpErrorCode.ParseError, $"The body is not valid JSON: see byte {at}."),
        JsonProblem.TooDeep => Invalid($"The message is nested more than {StrictJson.MaxDepth} deep at byte {at}. Flatten it."),
        JsonProblem.DuplicateMember => Invalid($"A member is named twice in one object: see byte {at}. Keep one."),
        JsonProblem.TooManyMembers => Invalid($"An object has more than {StrictJson.MaxMembers} members at byte {at}."),
        _ => Invalid($"A string holds half of a surrogate pair: see byte {at}. Send whole characters."),
    };

    public static McpError Invalid(string message) => Invalid(StatusCodes.Status400BadRequest, message);

    /// <summary>A request for a method that is there, with parameters that are not what it takes.</summary>
    public static McpError InvalidParams(string message) => new(StatusCodes.Status200OK, (int)McpErrorCode.InvalidParams, message);

    /// <summary>Parameters that every request of the stateless revision has to carry; it asks for status 400.</summary>
    public static McpError InvalidMeta(string message) => new(StatusCodes.Status400BadRequest, (int)McpErrorCode.InvalidParams, message);

    public static McpError UnknownTool(JsonToken name) => InvalidParams($"Unknown tool: {Printable.Text(name.Text(), 256)}");

    public static McpError UnknownPrompt(JsonToken name) => InvalidParams($"Unknown prompt: {Printable.Text(name.Text(), 256)}");

    /// <summary>Revisions with a handshake have a code of their own; the stateless one calls it parameters that do not fit.</summary>
    public static McpError UnknownResource(JsonToken uri, Dialect dialect) => dialect.IsStateless
        ? InvalidParams($"Resource not found: {Printable.Text(uri.Text(), 256)}")
        : new(StatusCodes.Status200OK, (int)McpErrorCode.ResourceNotFound, $"Resource not found: {Printable.Text(uri.Text(), 256)}");

    /// <summary>A request other than tools/call that its target did not answer; MCP knows no result that says so.</summary>
    public static McpError TargetFailed(string message) => new(StatusCodes.Status200OK, (int)McpErrorCode.InternalError, message);

    public static McpError UnknownMethod(JsonToken name, Dialect dialect) => new(
        dialect.IsStateless ? StatusCodes.Status404NotFound : StatusCodes.Status200OK,
        (int)McpErrorCode.MethodNotFound,
        $"Method not found: {Printable.Text(name.Text(), 128)}");

    public static McpError HeaderMismatch(string message) => new(
        StatusCodes.Status400BadRequest, (int)McpErrorCode.HeaderMismatch, "Header mismatch: " + message);

    public static McpError UnsupportedVersion(string requested, IReadOnlyList<string> supported) => new(
        StatusCodes.Status400BadRequest,
        (int)McpErrorCode.UnsupportedProtocolVersion,
        $"Unsupported protocol version: this gateway speaks {string.Join(", ", supported)}.")
    {
        Versions = (supported, Printable.Text(requested, 64)),
    };

    private static McpError Invalid(int status, string message) => new(status, (int)McpErrorCode.InvalidRequest, message);
}
