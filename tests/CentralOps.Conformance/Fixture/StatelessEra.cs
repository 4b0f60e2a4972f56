using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Conformance.Fixture;

/// <summary>Revision 2026-07-28: every request stands by itself, what the server needs of the client is an answer to be repeated with.</summary>
internal sealed class StatelessEra(Methods methods, TimeProvider time)
{
    private const int TtlMilliseconds = 60_000;
    private const int MissingCapability = -32021;

    private static readonly string[] Cacheable = ["server/discover", "tools/list", "prompts/list", "resources/list", "resources/templates/list", "resources/read"];

    private readonly StatelessRules _rules = new(methods.Tools);

    public async Task PostAsync(HttpContext http, Message message, Reply reply)
    {
        var gone = http.RequestAborted;
        if (_rules.Judge(message, http.Request.Headers) is { } broken)
        {
            await reply.EndAsync(StatusCodes.Status400BadRequest, Reply.Error(message.Id, broken), gone);
            return;
        }

        if (message.IsNotification || message.IsResponse)
        {
            http.Response.StatusCode = message.IsResponse ? StatusCodes.Status400BadRequest : StatusCodes.Status202Accepted;
            return;
        }

        if (message.Method == "subscriptions/listen")
        {
            await ListenAsync(message, reply, gone);
            return;
        }

        var outcome = await AnswerAsync(message, reply, gone);
        if (outcome is Outcome.Failed failed)
        {
            await reply.EndAsync(StatusOf(failed), Reply.Error(message.Id, failed), gone);
            return;
        }

        await reply.EndAsync(StatusCodes.Status200OK, Reply.Result(message.Id, await ResultAsync(message.Method!, outcome)), gone);
    }

    private async ValueTask<Outcome> AnswerAsync(Message message, Reply reply, CancellationToken cancellationToken)
    {
        if (message.Method == "server/discover")
        {
            return new Outcome.Answered(new() { ["supportedVersions"] = new JsonArray(Versions.Stateless), ["capabilities"] = Methods.Capabilities() });
        }

        if (message.Method == "resources/read")
        {
            var uri = Message.Text(message.Params["uri"]) ?? "";
            return Resources.Read(uri) is { } read ? new Outcome.Answered(read) : Outcome.BadParams("Resource not found", new() { ["uri"] = uri });
        }

        var capabilities = message.Meta![MetaNames.ClientCapabilities]!.AsObject();
        var outcome = await methods.AnswerAsync(
            message.Method!, new(message.Params, capabilities, Message.Text(message.Meta[MetaNames.LogLevel]), reply, time), cancellationToken);
        return outcome is Outcome.Asks asks && Lacking(asks, capabilities) is { Count: > 0 } lacking
            ? new Outcome.Failed(MissingCapability, "The client lacks a capability that this request needs.", new() { ["requiredCapabilities"] = lacking })
            : outcome;
    }

    private async Task ListenAsync(Message message, Reply reply, CancellationToken cancellationToken)
    {
        var filter = message.Params["notifications"] as JsonObject ?? [];
        var granted = new JsonObject();
        foreach (var name in new[] { "toolsListChanged", "promptsListChanged" }.Where(name => filter[name] is JsonValue asked && asked.TryGetValue<bool>(out var wanted) && wanted))
        {
            granted[name] = true;
        }

        var uris = (filter["resourceSubscriptions"] as JsonArray ?? []).Select(Message.Text).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (uris.Count > 0)
        {
            granted["resourceSubscriptions"] = new JsonArray([.. uris.Select(uri => (JsonNode)uri)]);
        }

        await methods.Listeners.ListenAsync(
            change => change.Uri is { } uri ? uris.Contains(uri) : granted.ContainsKey(change.Method == "notifications/tools/list_changed" ? "toolsListChanged" : "promptsListChanged"),
            () => reply.NotifyAsync("notifications/subscriptions/acknowledged", Tagged(message, new() { ["notifications"] = granted }), cancellationToken),
            change => reply.NotifyAsync(change.Method, Tagged(message, change.Params()), cancellationToken),
            cancellationToken);
    }

    private static JsonObject Tagged(Message listen, JsonObject parameters)
    {
        parameters["_meta"] = new JsonObject { [MetaNames.SubscriptionId] = listen.Id!.DeepClone() };
        return parameters;
    }

    private static JsonObject Lacking(Outcome.Asks asks, JsonObject capabilities)
    {
        var needed = asks.InputRequests.Select(request => InputRequest.Capability(Message.Text(request.Value!["method"])!)).Distinct(StringComparer.Ordinal);
        return new(needed.Where(name => !capabilities.ContainsKey(name)).Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonObject())));
    }

    private static async ValueTask<JsonObject> ResultAsync(string method, Outcome outcome)
    {
        var (result, type) = outcome switch
        {
            Outcome.Answered answered => (answered.Result, "complete"),
            Outcome.ClosesFirst later => (await later.Result, "complete"),
            Outcome.Asks asks => (Asked(asks), "input_required"),
            _ => throw new InvalidOperationException("An error is no result."),
        };
        result["resultType"] = type;
        result["_meta"] = new JsonObject { [MetaNames.ServerInfo] = Methods.ServerInfo() };
        if (Cacheable.Contains(method, StringComparer.Ordinal))
        {
            (result["ttlMs"], result["cacheScope"]) = (TtlMilliseconds, "public");
        }

        return result;
    }

    private static JsonObject Asked(Outcome.Asks asks)
    {
        var asked = new JsonObject { ["inputRequests"] = asks.InputRequests };
        if (asks.RequestState is { } state)
        {
            asked["requestState"] = state;
        }

        return asked;
    }

    private static int StatusOf(Outcome.Failed failed) => failed.Code switch
    {
        -32601 => StatusCodes.Status404NotFound,
        MissingCapability => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status200OK,
    };
}
