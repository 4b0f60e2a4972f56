using System.Text.Json;
using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Serving;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>Reads what a server answers: one JSON document, or a stream of events that ends in the answer and is resumed where it breaks off.</summary>
internal sealed class McpAnswers(McpChannel channel, TimeProvider time)
{
    /// <summary>The payload's 6 MB, and an envelope around them.</summary>
    private const int MaxAnswerBytes = Limits.MaxBodyBytes + (64 * 1024);

    /// <summary>Progress and log messages count too.</summary>
    private const int MaxStreamBytes = 4 * Limits.MaxBodyBytes;

    private const int MaxResumptions = 32;
    private const int MaxServerRequests = 32;

    private static readonly TimeSpan DefaultRetry = TimeSpan.FromSeconds(1);

    /// <summary>Reads the answer to the request with this id, and disposes the response.</summary>
    public async ValueTask<McpReply> ReadAsync(HttpResponseMessage response, long id, McpLink link, McpRequest request, CancellationToken cancellationToken)
    {
        using (response)
        {
            var status = (int)response.StatusCode;
            try
            {
                return response.IsSuccessStatusCode && IsStream(response)
                    ? await ReadStreamAsync(response, id, link, request, cancellationToken)
                    : await ReadDocumentAsync(response, id, cancellationToken);
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                return McpReply.Failed(channel.Failures.Network(OutboundFaults.Words(e)), status);
            }
        }
    }

    private async ValueTask<McpReply> ReadDocumentAsync(HttpResponseMessage response, long id, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (await OutboundBody.ReadAsync(response.Content, MaxAnswerBytes, cancellationToken) is not { } body)
        {
            return McpReply.Failed(channel.Failures.TooLarge("The answer is"), status);
        }

        var message = RpcMessage.Read(body);
        if (message.Answers(id))
        {
            return Told(message, response);
        }

        var failure = !response.IsSuccessStatusCode ? channel.Failures.Status(status)
            : body.Length == 0 ? channel.Failures.BadAnswer("accepted the request and did not answer it")
            : channel.Failures.BadAnswer("answered with something that is not a JSON-RPC answer to the request");
        return McpReply.Failed(failure, status);
    }

    /// <summary>A result under an error status, or an error under one that says more, is what the status says.</summary>
    private McpReply Told(RpcMessage message, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var failure = message.Kind switch
        {
            RpcKind.Result when !response.IsSuccessStatusCode => channel.Failures.Status(status),
            RpcKind.Error when status is 401 or 403 or 413 or 429 => channel.Failures.Status(status),
            _ => null,
        };
        return new McpReply { Message = message, Headers = response.Headers, Status = status, ErrorCode = RpcError.CodeOf(message), Failure = failure };
    }

    private async ValueTask<McpReply> ReadStreamAsync(
        HttpResponseMessage first, long id, McpLink link, McpRequest request, CancellationToken cancellationToken)
    {
        var (current, lastId, retry, served) = (first, default(string), DefaultRetry, 0);
        for (var resumptions = 0; ; resumptions++)
        {
            using var open = current;
            var events = new ServerEvents(await current.Content.ReadAsStreamAsync(cancellationToken), MaxStreamBytes);
            while (await NextAsync(events, cancellationToken) is { } next)
            {
                if (next.Data.IsEmpty || !next.IsMessage)
                {
                    continue;
                }

                var message = next.Data.Length > MaxAnswerBytes ? default : RpcMessage.Read(next.Data);
                if (message.Answers(id))
                {
                    return Told(message, first);
                }

                if (message.Kind == RpcKind.Garbage)
                {
                    return McpReply.Failed(channel.Failures.BadAnswer("sent an event that is not a JSON-RPC message"), 200);
                }

                if (message.Kind == RpcKind.Notification && request.Progress is { } progress)
                {
                    await progress.PassOnAsync(message, id, cancellationToken);
                }

                if (message.Kind == RpcKind.Request && served++ < MaxServerRequests)
                {
                    await DeclineAsync(message, link, request, cancellationToken);
                }
            }

            if (events.TooLarge)
            {
                return McpReply.Failed(channel.Failures.TooLarge("The answer's stream is"), 200);
            }

            (lastId, retry) = (events.LastId ?? lastId, events.Retry ?? retry);
            if (lastId is null || link.Dialect.IsStateless || resumptions >= MaxResumptions)
            {
                return McpReply.Failed(channel.Failures.Network("it closed the connection before its answer was complete"), 200);
            }

            await Task.Delay(retry, time, cancellationToken);
            (current, var failure) = await ResumeAsync(lastId, link, request, cancellationToken);
            if (current is null)
            {
                return McpReply.Failed(failure!, 200);
            }
        }
    }

    private async ValueTask<(HttpResponseMessage? Response, TargetFailure? Failure)> ResumeAsync(
        string lastId, McpLink link, McpRequest request, CancellationToken cancellationToken)
    {
        var (response, failure) = await channel.ResumeAsync(lastId, link, request, cancellationToken);
        if (response is null || (response.IsSuccessStatusCode && IsStream(response)))
        {
            return (response, failure);
        }

        response.Dispose();
        return (null, channel.Failures.Network("it closed the connection before its answer was complete, and did not let it be resumed"));
    }

    /// <returns>Null where the stream ends, also where it breaks.</returns>
    private static async ValueTask<ServerEvent?> NextAsync(ServerEvents events, CancellationToken cancellationToken)
    {
        try
        {
            return await events.ReadAsync(cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// A server of the handshake era may ask its client on the way. A gateway that is shared by many callers has nobody to pass it to; it says
    /// so, and the server goes on without. A ping is answered.
    /// </summary>
    private async ValueTask DeclineAsync(RpcMessage asked, McpLink link, McpRequest request, CancellationToken cancellationToken)
    {
        var body = RpcError.Answer(asked);
        var (response, _) = await channel.PostAsync(body, link, request with { Method = "" }, cancellationToken);
        response?.Dispose();
    }

    // As text: a header object for each answer would be made to ask one question.
    private static bool IsStream(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var declared) && declared.ToString() is var type
        && type.AsSpan(0, type.IndexOf(';', StringComparison.Ordinal) is >= 0 and var end ? end : type.Length).Trim().Equals(MediaTypes.EventStream, StringComparison.OrdinalIgnoreCase);
}
