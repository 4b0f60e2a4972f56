using CentralOps.Gateway.Mcp;
using CentralOps.Gateway.Serving;
using CentralOps.Gateway.Targets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Interceptors;

/// <summary>
/// The functions that see every message of a gateway: before its target, after it, or both. They run once the message is authenticated and well-formed; what they
/// change is judged again as if it had come so. One that fails, or answers what is not understood, ends the message: nothing passes unseen.
/// </summary>
internal sealed partial class InterceptorChain(LambdaInterceptor? onRequest, LambdaInterceptor? onResponse, bool debug, ILogger<InterceptorChain> log)
{
    /// <summary>AgentCore's words.</summary>
    public const string InvalidAnswer = "Received invalid response from interceptor";

    /// <summary>Judges a message; writes its refusal where it is refused.</summary>
    /// <returns>Null and the status where it is refused.</returns>
    public delegate (Request? Request, int Status) Judge(ReadOnlyMemory<byte> json, IHeaderDictionary headers);

    /// <summary>Answers a message.</summary>
    public delegate ValueTask<int> Answer(Request request, CancellationToken cancellationToken);

    /// <returns>Null where the gateway has none: then nothing of this costs anything.</returns>
    public static InterceptorChain? Of(GatewayConfig gateway, LambdaInvoker invoker, ILoggerFactory logging)
    {
        if (gateway.Interceptors.Count == 0)
        {
            return null;
        }

        LambdaInterceptor? First(Func<InterceptorConfig, bool> stands) =>
            gateway.Interceptors.FirstOrDefault(stands) is { } config ? new(config, LambdaFunction.Of(gateway, config), invoker) : null;

        return new(First(static config => config.OnRequest), First(static config => config.OnResponse), gateway.Debug, logging.CreateLogger<InterceptorChain>());
    }

    /// <param name="json">The message as it came.</param>
    /// <param name="inBatch">The HTTP response is not one message's alone: status and headers are not changed then.</param>
    /// <returns>The HTTP status that the answer asks for.</returns>
    public async ValueTask<int> AnswerAsync(
        ReadOnlyMemory<byte> json, Request request, Exchange exchange, bool inBatch, Judge judge, Answer answer, CancellationToken cancellationToken)
    {
        var reply = exchange.Reply;
        var mark = reply.Mark();
        var status = StatusCodes.Status200OK;

        // 1. Before the target: the message goes on as it is, changed, or not at all.
        var (before, problem) = onRequest is null ? (null, null) : await onRequest.AskAsync(new(json, request, null), cancellationToken);
        if (problem is not null)
        {
            return Fail(request, reply, problem);
        }

        if (before is { IsResponse: true })
        {
            // 2a. A short circuit: the target is not asked, the other interceptor still is.
            status = Put(before, request, exchange, mark, inBatch, status);
        }
        else
        {
            // 2b. What was changed is judged again, in full.
            var (changed, refusedWith) = before is null ? (request, 0) : Change(before, json, request, reply, judge);
            status = changed is { } current ? await answer(current, cancellationToken) : refusedWith;
        }

        // 3. After it.
        if (onResponse is null)
        {
            return status;
        }

        var shown = new InterceptedAnswer(status, exchange.ResponseHeaders, reply.Since(mark));
        var (after, trouble) = await onResponse.AskAsync(new(json, request, shown), cancellationToken);
        if (after is null)
        {
            reply.Replace(mark, default);
            return Fail(request, reply, trouble!);
        }

        return Put(after, request, exchange, mark, inBatch, status);
    }

    private (Request? Request, int Status) Change(InterceptorOutput output, ReadOnlyMemory<byte> json, Request request, Reply reply, Judge judge)
    {
        if (output.Body is null && output.Headers.Count == 0)
        {
            return (request, 0);
        }

        var headers = output.Headers.Count == 0 ? request.Headers : Merge(request.Headers, output.Headers);
        var (changed, status) = judge(output.Body ?? json, headers);
        if (changed is not { } judged)
        {
            return (null, status);
        }

        // The client waits for an answer to the message that it sent.
        if (!SameId(judged.Message.Id, request.Message.Id))
        {
            return (null, Fail(request, reply, $"{InvalidAnswer}: body has another id than the client's message"));
        }

        var authorization = output.Headers.LastOrDefault(static header => string.Equals(header.Key, "Authorization", StringComparison.OrdinalIgnoreCase)).Value;
        return (judged with { Authorization = authorization }, 0);
    }

    /// <summary>Puts an interceptor's response in the place of what was written since the mark.</summary>
    private static int Put(InterceptorOutput output, Request request, Exchange exchange, (int Length, int Written) mark, bool inBatch, int status)
    {
        // A notification has no answer, whatever an interceptor would say to it.
        if (output.Body is { } body && !request.Message.IsNotification)
        {
            exchange.Reply.Replace(mark, body.Span);
        }

        if (inBatch)
        {
            return status;
        }

        exchange.AddHeaders(output.Headers);
        return request.Message.IsNotification && output.Status is null or < 300 ? StatusCodes.Status202Accepted : output.Status ?? status;
    }

    private int Fail(Request request, Reply reply, string problem)
    {
        Failed(problem);
        return reply.Refuse(request.Message.Id, McpError.InterceptorFailed(Words(problem)), request.Dialect);
    }

    // In DEBUG all that is known; otherwise AgentCore's sentence alone, or that something failed.
    private string Words(string problem) =>
        debug ? problem : problem.StartsWith(InvalidAnswer, StringComparison.Ordinal) ? InvalidAnswer : "An internal error occurred. Please retry later.";

    private static HeaderDictionary Merge(IHeaderDictionary client, IReadOnlyList<KeyValuePair<string, string>> interceptor)
    {
        var merged = new HeaderDictionary(client.Count + interceptor.Count);
        foreach (var (name, values) in client)
        {
            merged[name] = values;
        }

        foreach (var (name, value) in interceptor)
        {
            merged[name] = value;
        }

        return merged;
    }

    private static bool SameId(JsonToken one, JsonToken other) =>
        one.Kind == other.Kind && (one.IsString ? other.TextEquals(one.Text()) : one.Raw.Span.SequenceEqual(other.Raw.Span));

    [LoggerMessage(LogLevel.Error, "An interceptor failed, and the message with it: {Problem}")]
    private partial void Failed(string problem);
}
