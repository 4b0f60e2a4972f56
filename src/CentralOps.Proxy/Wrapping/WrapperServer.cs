using CentralOps.Access.Callers;
using CentralOps.Gateway.Mcp;
using CentralOps.Proxy.Upstreams;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Proxy.Wrapping;

/// <summary>
/// The wrapper as an MCP server, for a function URL: one HTTP request in, one response out, and nothing kept between them. No session is given, which the
/// protocol leaves to the server; answers are JSON, because a function URL that is not streamed gives one body.
/// </summary>
public sealed class WrapperServer(McpWrapper wrapper)
{
    private const int MaxBodyBytes = 6 * 1024 * 1024;

    private static readonly byte[] NoArguments = "{}"u8.ToArray();

    private readonly VersionRules _versions = new(ClientVersions.All);
    private readonly ServerIdentity _server = new("CentralOps-Wrapper", wrapper.Options.Version, WrapperWords.Instructions, ClientVersions.All);

    /// <param name="request">As the function URL handed it on.</param>
    /// <param name="timeAllowed">After it, the answer is that time was short.</param>
    public async ValueTask<WrapperResponse> AnswerAsync(WrapperRequest request, Caller caller, TimeSpan timeAllowed, CancellationToken cancellationToken)
    {
        // 1. Is it a message, over the right method?
        var guess = _versions.Guess(request.Headers);
        if (FormProblem(request) is { } malformed)
        {
            return Refuse(default, malformed, guess);
        }

        if (HttpMethods.IsDelete(request.Method))
        {
            return new(StatusCodes.Status204NoContent, default);
        }

        var problem = StrictJson.Check(request.Body.Span, out var at);
        var message = Message.Read(request.Body);
        if (problem != JsonProblem.None)
        {
            return Refuse(problem is JsonProblem.NotUtf8 or JsonProblem.NotJson or JsonProblem.LoneSurrogate ? default : message.Id, McpError.Malformed(problem, at), guess);
        }

        if (message is { IsResponse: true, IsObject: true })
        {
            return WrapperResponse.Accepted;
        }

        if (MessageRules.Judge(message) is { } invalid)
        {
            return Refuse(message.Id, invalid, guess);
        }

        // 2. In which revision?
        if (_versions.Judge(message, request.Headers, out var dialect) is { } unspoken)
        {
            return Refuse(message.Id, unspoken, dialect);
        }

        // 3. What does it ask?
        return message.IsNotification ? WrapperResponse.Accepted : await DispatchAsync(message, dialect, caller, timeAllowed, cancellationToken);
    }

    private async ValueTask<WrapperResponse> DispatchAsync(Message message, Dialect dialect, Caller caller, TimeSpan timeAllowed, CancellationToken cancellationToken)
    {
        var reply = new Reply();
        var status = message.Method switch
        {
            McpMethod.CallTool => await CallAsync(message, dialect, caller, timeAllowed, reply, cancellationToken),
            McpMethod.ListTools => await ListAsync(message, dialect, caller, timeAllowed, reply, cancellationToken),
            McpMethod.Initialize when !dialect.IsStateless => Initialize(message, dialect, reply),
            McpMethod.Ping when !dialect.IsStateless => Write(reply, message),
            McpMethod.Discover when dialect.IsStateless => Discover(message, reply),
            _ => reply.Refuse(message.Id, McpError.UnknownMethod(message.MethodName, dialect), dialect),
        };
        return Taken(reply, status);
    }

    private async ValueTask<int> CallAsync(Message message, Dialect dialect, Caller caller, TimeSpan timeAllowed, Reply reply, CancellationToken cancellationToken)
    {
        if (!message.Name.IsString || !(message.Arguments.IsAbsent || message.Arguments.IsObject))
        {
            return reply.Refuse(message.Id, McpError.InvalidParams("tools/call takes 'params.name', a string, and 'params.arguments', an object."), dialect);
        }

        var call = new WrappedCall(message.Name.Text(), message.Arguments.IsAbsent ? NoArguments : message.Arguments.Raw, caller, timeAllowed)
        {
            MessageId = message.Id.Raw,
            ProtocolVersion = dialect.Version,
        };
        var answer = await wrapper.CallAsync(call, cancellationToken);
        if (answer.IsUnknownTool)
        {
            return reply.Refuse(message.Id, McpError.UnknownTool(message.Name), dialect);
        }

        reply.Result(message.Id, answer.Json.Span);
        return StatusCodes.Status200OK;
    }

    private async ValueTask<int> ListAsync(Message message, Dialect dialect, Caller caller, TimeSpan timeAllowed, Reply reply, CancellationToken cancellationToken)
    {
        if (!message.Cursor.IsAbsent)
        {
            return reply.Refuse(message.Id, McpError.InvalidParams("'params.cursor' is not a nextCursor of this listing. List again without it."), dialect);
        }

        using var deadline = new CancellationTokenSource(timeAllowed, wrapper.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var (tools, trouble) = await wrapper.ListAsync(caller, static name => name, either.Token);
        if (trouble is not null)
        {
            return reply.Refuse(message.Id, McpError.TargetFailed(trouble.ToString()), dialect);
        }

        var json = reply.Begin(message.Id);
        json.WriteStartObject();
        json.WriteStartArray("tools"u8);
        foreach (var tool in tools)
        {
            json.WriteRawValue(tool.Json.Span, skipInputValidation: true);
        }

        json.WriteEndArray();
        if (dialect.IsStateless)
        {
            _server.WriteCacheableResult(json);
        }

        json.WriteEndObject();
        reply.End();
        return StatusCodes.Status200OK;
    }

    private int Initialize(Message message, Dialect dialect, Reply reply)
    {
        if (_versions.Negotiate(message, out var agreed) is { } refused)
        {
            return reply.Refuse(message.Id, refused, dialect);
        }

        _server.WriteInitialized(reply.Begin(message.Id), agreed);
        reply.End();
        return StatusCodes.Status200OK;
    }

    private int Discover(Message message, Reply reply)
    {
        _server.WriteDiscovered(reply.Begin(message.Id));
        reply.End();
        return StatusCodes.Status200OK;
    }

    private static int Write(Reply reply, Message message)
    {
        reply.Result(message.Id, "{}"u8);
        return StatusCodes.Status200OK;
    }

    private static McpError? FormProblem(WrapperRequest request) => request switch
    {
        { Path: not ("/" or "/mcp") } => McpError.NoSuchPath,
        _ when HttpMethods.IsDelete(request.Method) => null,
        _ when !HttpMethods.IsPost(request.Method) => McpError.MethodNotAllowed,
        { Body.Length: > MaxBodyBytes } => McpError.TooLarge,
        { Body.IsEmpty: true } => McpError.EmptyBody,
        _ => null,
    };

    private static WrapperResponse Refuse(JsonToken id, McpError error, Dialect dialect)
    {
        var reply = new Reply();
        return Taken(reply, reply.Refuse(id, error, dialect));
    }

    private static WrapperResponse Taken(Reply reply, int status)
    {
        var json = reply.Buffer.Span.ToArray();
        reply.Clear();
        return new(status, json);
    }
}

/// <summary>A request to the function URL.</summary>
/// <param name="Path">As the function sees it; the MCP endpoint is at <c>/mcp</c> and at the root.</param>
public sealed record WrapperRequest(string Method, string Path, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body);

/// <summary>Its response.</summary>
/// <param name="Json">Empty where there is no body.</param>
public readonly record struct WrapperResponse(int Status, ReadOnlyMemory<byte> Json)
{
    public static WrapperResponse Accepted { get; } = new(StatusCodes.Status202Accepted, default);
}
