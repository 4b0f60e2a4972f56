using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Conformance.Fixture;

/// <summary>The revisions up to 2025-11-25: a handshake, a session, requests to the client inside the answer's stream.</summary>
internal sealed class StatefulEra(Methods methods, Sessions sessions, TimeProvider time)
{
    private const string SessionHeader = "Mcp-Session-Id";
    private const int MaxRounds = 8;

    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);

    public async Task PostAsync(HttpContext http, Message message, Reply reply)
    {
        var gone = http.RequestAborted;
        if (message.Method == "initialize")
        {
            await InitializeAsync(http, message, reply);
            return;
        }

        if (await SessionAsync(http, message.Id, reply) is not { } session)
        {
            return;
        }

        if (message.IsResponse || message.IsNotification)
        {
            http.Response.StatusCode = message.IsResponse && !session.Take(message) ? StatusCodes.Status400BadRequest : StatusCodes.Status202Accepted;
            return;
        }

        switch (await AnswerAsync(session, message, reply, gone))
        {
            case Outcome.Answered answered:
                await reply.EndAsync(StatusCodes.Status200OK, Reply.Result(message.Id, answered.Result), gone);
                break;
            case Outcome.ClosesFirst later when session.Leave(AsMessageAsync(message.Id, later.Result)) is { } eventId:
                await reply.PrimeAsync(eventId, Retry, gone);
                break;
            case Outcome.Failed failed:
                await reply.EndAsync(StatusCodes.Status200OK, Reply.Error(message.Id, failed), gone);
                break;
            default:
                await reply.EndAsync(StatusCodes.Status200OK, Reply.Error(message.Id, new(-32603, "Too much is left behind in this session.")), gone);
                break;
        }
    }

    /// <summary>The session's own stream, or what an interrupted one still owes.</summary>
    public async Task GetAsync(HttpContext http, Reply reply)
    {
        var gone = http.RequestAborted;
        if (await SessionAsync(http, null, reply) is not { } session)
        {
            return;
        }

        var lastSeen = http.Request.Headers["Last-Event-ID"].ToString();
        if (lastSeen.Length > 0 && session.Collect(lastSeen) is { } owed)
        {
            await reply.ResumeAsync(lastSeen + "-answer", await owed.WaitAsync(gone), gone);
            return;
        }

        await methods.Listeners.ListenAsync(
            session.Wants, () => reply.StreamAsync(gone), change => reply.NotifyAsync(change.Method, change.Params(), gone), gone);
    }

    public void Delete(HttpContext http) =>
        http.Response.StatusCode = sessions.Close(http.Request.Headers[SessionHeader]) ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;

    private async Task InitializeAsync(HttpContext http, Message message, Reply reply)
    {
        if (sessions.Open(message.Params["capabilities"] as JsonObject ?? []) is not { } session)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        var asked = Message.Text(message.Params["protocolVersion"]);
        http.Response.Headers[SessionHeader] = session.Id;
        await reply.EndAsync(
            StatusCodes.Status200OK,
            Reply.Result(message.Id, new()
            {
                ["protocolVersion"] = Versions.Stateful.Contains(asked, StringComparer.Ordinal) ? asked : Versions.NewestStateful,
                ["capabilities"] = Methods.Capabilities(),
                ["serverInfo"] = Methods.ServerInfo(),
                ["instructions"] = "A server to test clients and gateways with.",
            }),
            http.RequestAborted);
    }

    private async Task<Session?> SessionAsync(HttpContext http, JsonNode? id, Reply reply)
    {
        string? named = http.Request.Headers[SessionHeader];
        if (sessions.Find(named) is { } session)
        {
            return session;
        }

        var status = named is null ? StatusCodes.Status400BadRequest : StatusCodes.Status404NotFound;
        var why = named is null ? $"The {SessionHeader} header is missing: send initialize first." : "This session is not open: send initialize again.";
        await reply.EndAsync(status, Reply.Error(id, new(-32600, why)), http.RequestAborted);
        return null;
    }

    private async ValueTask<Outcome> AnswerAsync(Session session, Message message, Reply reply, CancellationToken cancellationToken)
    {
        var parameters = message.Params.DeepClone().AsObject();
        switch (message.Method)
        {
            case "ping":
                return new Outcome.Answered([]);
            case "logging/setLevel":
                session.LogLevel = Message.Text(parameters["level"]);
                return Call.IsLevel(session.LogLevel) ? new Outcome.Answered([]) : Outcome.BadParams("'level' is none of the eight levels.");
            case "resources/subscribe" or "resources/unsubscribe" when Message.Text(parameters["uri"]) is { } uri:
                session.Watch(uri, message.Method == "resources/subscribe");
                return new Outcome.Answered([]);
            case "resources/read":
                var wanted = Message.Text(parameters["uri"]) ?? "";
                return Resources.Read(wanted) is { } read ? new Outcome.Answered(read) : new Outcome.Failed(-32002, "Resource not found", new() { ["uri"] = wanted });
        }

        for (var round = 0; round < MaxRounds; round++)
        {
            var outcome = await methods.AnswerAsync(message.Method!, new(parameters, session.Capabilities, session.LogLevel, reply, time), cancellationToken);
            if (outcome is not Outcome.Asks asks)
            {
                return outcome;
            }

            if (await AskAllAsync(session, asks, parameters, reply, cancellationToken) is { } refused)
            {
                // Only a tool's result can say so itself.
                return message.Method == "tools/call" ? Content.Error(refused) : Outcome.BadParams(refused);
            }
        }

        return Content.Error("The tool asks without end.");
    }

    /// <summary>Asks one thing after the other; the answers become the next round's parameters.</summary>
    /// <returns>Why it cannot go on; null when it can.</returns>
    private async Task<string?> AskAllAsync(Session session, Outcome.Asks asks, JsonObject parameters, Reply reply, CancellationToken cancellationToken)
    {
        var answers = new JsonObject();
        foreach (var (key, request) in asks.InputRequests)
        {
            var needed = InputRequest.Capability(Message.Text(request!["method"])!);
            if (!session.Capabilities.ContainsKey(needed))
            {
                return $"The client has not declared the capability '{needed}', which this tool needs.";
            }

            var response = await session.AskAsync(reply, request.AsObject(), time, cancellationToken);
            if (response["result"] is not JsonObject result)
            {
                return $"The client refused '{needed}'.";
            }

            answers[key] = result.DeepClone();
        }

        (parameters["inputResponses"], parameters["requestState"]) = (answers, asks.RequestState);
        return null;
    }

    private static async Task<JsonObject> AsMessageAsync(JsonNode? id, Task<JsonObject> result) => Reply.Result(id, await result);
}
