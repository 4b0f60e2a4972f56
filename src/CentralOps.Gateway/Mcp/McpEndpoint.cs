using CentralOps.Access.Callers;
using CentralOps.Gateway.Callers;
using CentralOps.Gateway.Catalog;
using CentralOps.Gateway.Interceptors;
using CentralOps.Gateway.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Mcp;

/// <summary>
/// The MCP endpoint of one gateway: bytes in, bytes out, no session and no state between requests. The way of a request stands in
/// <see cref="HandleAsync"/> and the methods after it, stop by stop.
/// </summary>
internal sealed partial class McpEndpoint(
    HostRules hosts,
    ICallers callers,
    VersionRules versions,
    ServerIdentity server,
    Lists lists,
    ToolCalls calls,
    Forwards forwards,
    InterceptorChain? interceptors,
    bool streaming,
    ILogger<McpEndpoint> log) : IEndpoint
{
    public async ValueTask HandleAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var headers = exchange.Request.Headers;
        var dialect = versions.Guess(headers);

        // 1. Limits: what can be refused before a byte of the body is read.
        var (takesJson, takesEvents) = MediaTypes.Accepted(headers.Accept);
        var asEvents = streaming && takesEvents;
        if (JudgeHead(exchange.Request.Method, headers, takesJson || asEvents) is { } unwelcome)
        {
            await exchange.SendErrorAsync(unwelcome, dialect, cancellationToken);
            return;
        }

        if (await exchange.ReadBodyAsync(cancellationToken) is { } unread)
        {
            await exchange.SendErrorAsync(unread, dialect, cancellationToken);
            return;
        }

        // 2. Who asks. A signature covers the body's bytes, so it is judged before they mean anything.
        var admission = await callers.AdmitAsync(exchange.Request, exchange.Body, cancellationToken);
        if (admission.Refusal is { } stranger)
        {
            CallerRefused(stranger.Message);
            await exchange.SendErrorAsync(stranger, dialect, cancellationToken);
            return;
        }

        // 3 to 7. The message, or each message of a batch. What a target tells before its answer goes to the caller of one message, and past no interceptor.
        var isBatch = Batch.IsBatch(exchange.Body.Span);
        exchange.TakesEvents = asEvents && !isBatch && interceptors is null;
        var status = isBatch
            ? await AnswerBatchAsync(exchange, dialect, admission.Caller!, cancellationToken)
            : await AnswerAsync(exchange.Body, exchange, admission.Caller!, inBatch: false, cancellationToken);

        if (status == StatusCodes.Status202Accepted)
        {
            exchange.Accept();
            return;
        }

        // An error that has a status of its own is plain JSON: a stream is for answers.
        await exchange.SendAsync(status, asEvents && status == StatusCodes.Status200OK, cancellationToken);
    }

    private McpError? JudgeHead(string method, IHeaderDictionary headers, bool acceptable)
    {
        if (!hosts.AdmitsHost(headers.Host))
        {
            return McpError.WrongHost;
        }

        if (!hosts.AdmitsOrigin(headers.Origin))
        {
            return McpError.WrongOrigin;
        }

        if (!HttpMethods.IsPost(method))
        {
            return McpError.MethodNotAllowed;
        }

        if (!MediaTypes.IsJson(headers))
        {
            return McpError.UnsupportedMediaType;
        }

        return acceptable ? null : McpError.NotAcceptable;
    }

    /// <returns>The HTTP status that the answer asks for; 202 where there is none.</returns>
    private ValueTask<int> AnswerAsync(ReadOnlyMemory<byte> json, Exchange exchange, Caller caller, bool inBatch, CancellationToken cancellationToken)
    {
        var (judged, status) = Judge(json, exchange.Request.Headers, exchange, caller);
        if (judged is not { } request)
        {
            return new(status);
        }

        // 5. Interceptors, where the gateway has any.
        return interceptors is null
            ? DispatchAsync(request, exchange, inBatch, cancellationToken)
            : InterceptAsync(interceptors, json, request, exchange, inBatch, cancellationToken);
    }

    private ValueTask<int> InterceptAsync(
        InterceptorChain chain, ReadOnlyMemory<byte> json, Request request, Exchange exchange, bool inBatch, CancellationToken cancellationToken) =>
        chain.AnswerAsync(
            json,
            request,
            exchange,
            inBatch,
            (changed, headers) => Judge(changed, headers, exchange, request.Caller),
            (current, token) => DispatchAsync(current, exchange, inBatch, token),
            cancellationToken);

    /// <returns>The message that may go on; or null, the status, and the refusal in the reply.</returns>
    private (Request? Request, int Status) Judge(ReadOnlyMemory<byte> json, IHeaderDictionary headers, Exchange exchange, Caller caller)
    {
        // 3. Parse: strictly, then by JSON-RPC's rules.
        var reply = exchange.Reply;
        var problem = StrictJson.Check(json.Span, out var at);
        var message = Message.Read(json);
        if (problem != JsonProblem.None)
        {
            // To a parse error JSON-RPC gives no id, whatever was read before it; an id that is no text cannot be given back.
            var id = problem is JsonProblem.NotUtf8 or JsonProblem.NotJson or JsonProblem.LoneSurrogate ? default : message.Id;
            return (null, reply.Refuse(id, McpError.Malformed(problem, at), versions.Guess(headers)));
        }

        if (MessageRules.Judge(message) is { } invalid)
        {
            return (null, reply.Refuse(message.Id, invalid, versions.Guess(headers)));
        }

        // 4. Version: which revision this is in, and whether it keeps that revision's rules.
        return versions.Judge(message, headers, out var dialect) is { } outOfDate
            ? (null, reply.Refuse(message.Id, outOfDate, dialect))
            : (new Request(message, dialect, caller, headers, exchange.QueryString), StatusCodes.Status200OK);
    }

    /// <returns>The HTTP status that the answer asks for; 202 where there is none.</returns>
    private ValueTask<int> DispatchAsync(Request request, Exchange exchange, bool inBatch, CancellationToken cancellationToken)
    {
        // 6. Dispatch.
        var (message, dialect, reply) = (request.Message, request.Dialect, exchange.Reply);
        return message.Method switch
        {
            McpMethod.Notification => new(StatusCodes.Status202Accepted),

            // 7. The call: found, fitting, made, told.
            McpMethod.CallTool => calls.AnswerAsync(request, exchange, cancellationToken),
            McpMethod.ListTools => lists.AnswerAsync(ListKind.Tools, request, reply, cancellationToken),
            McpMethod.ListPrompts when server.HasPromptsAndResources => lists.AnswerAsync(ListKind.Prompts, request, reply, cancellationToken),
            McpMethod.ListResources when server.HasPromptsAndResources => lists.AnswerAsync(ListKind.Resources, request, reply, cancellationToken),
            McpMethod.ListResourceTemplates when server.HasPromptsAndResources => lists.AnswerAsync(ListKind.ResourceTemplates, request, reply, cancellationToken),
            McpMethod.GetPrompt when server.HasPromptsAndResources => forwards.GetPromptAsync(request, reply, cancellationToken),
            McpMethod.ReadResource when server.HasPromptsAndResources => forwards.ReadResourceAsync(request, reply, cancellationToken),
            McpMethod.Initialize when !dialect.IsStateless => new(
                inBatch ? reply.Refuse(message.Id, McpError.InitializeInBatch, dialect) : Initialize(message, dialect, reply)),
            McpMethod.Ping when !dialect.IsStateless => new(Ping(message, reply)),
            McpMethod.Discover when dialect.IsStateless => new(Discover(message, reply)),
            _ => new(reply.Refuse(message.Id, McpError.UnknownMethod(message.MethodName, dialect), dialect)),
        };
    }

    private static int Ping(Message message, Reply reply)
    {
        reply.Result(message.Id, "{}"u8);
        return StatusCodes.Status200OK;
    }

    private int Discover(Message message, Reply reply)
    {
        server.WriteDiscovered(reply.Begin(message.Id));
        reply.End();
        return StatusCodes.Status200OK;
    }

    private int Initialize(Message message, Dialect dialect, Reply reply)
    {
        if (versions.Negotiate(message, out var agreed) is { } refused)
        {
            return reply.Refuse(message.Id, refused, dialect);
        }

        server.WriteInitialized(reply.Begin(message.Id), agreed);
        reply.End();
        return StatusCodes.Status200OK;
    }

    /// <summary>MCP 2025-03-26 has a server take batches: each message in turn, the answers in one array, nothing where there are none.</summary>
    private async ValueTask<int> AnswerBatchAsync(Exchange exchange, Dialect dialect, Caller caller, CancellationToken cancellationToken)
    {
        var reply = exchange.Reply;
        if (!dialect.HasBatches)
        {
            return reply.Refuse(default, McpError.NoBatches, dialect);
        }

        if (Batch.Split(exchange.Body, out var messages) is { } refused)
        {
            return reply.Refuse(default, refused, dialect);
        }

        reply.Raw("["u8);
        foreach (var json in messages)
        {
            if (reply.Buffer.Length <= Limits.MaxBatchAnswerBytes)
            {
                await AnswerAsync(json, exchange, caller, inBatch: true, cancellationToken);
            }
            else if (Message.Read(json) is { IsNotification: false } left)
            {
                reply.Refuse(left.Id, McpError.BatchAnswerTooLong, dialect);
            }
        }

        reply.Raw("]"u8);
        return reply.IsEmpty ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
    }

    [LoggerMessage(LogLevel.Warning, "A caller was refused: {Reason}")]
    private partial void CallerRefused(string reason);
}
