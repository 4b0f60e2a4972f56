using Microsoft.AspNetCore.Http;

namespace CentralOps.Conformance.Fixture;

/// <summary>The one HTTP handler: to the era that a request speaks.</summary>
internal sealed class FixtureEndpoint(TimeProvider time)
{
    private readonly Methods _methods = new();
    private readonly Sessions _sessions = new();

    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            await AnswerAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Its client has left: nobody is there to answer.
        }
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var request = http.Request;
        if (!IsLocal(request.Host.Host) || !IsLocalOrigin(request.Headers.Origin))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var stateful = new StatefulEra(_methods, _sessions, time);
        var reply = new Reply(http.Response, request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase));
        switch (request.Method)
        {
            case "POST":
                await PostAsync(http, stateful, reply);
                break;
            case "GET" when request.Headers["MCP-Protocol-Version"] != Versions.Stateless:
                await stateful.GetAsync(http, reply);
                break;
            case "DELETE" when request.Headers["MCP-Protocol-Version"] != Versions.Stateless:
                stateful.Delete(http);
                break;
            default:
                http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
                break;
        }
    }

    private async Task PostAsync(HttpContext http, StatefulEra stateful, Reply reply)
    {
        if (await Message.ReadAsync(http.Request.Body, http.RequestAborted) is not { } message)
        {
            await reply.EndAsync(StatusCodes.Status400BadRequest, Reply.Error(null, new(-32700, "The body is no JSON-RPC message.")), http.RequestAborted);
            return;
        }

        var declared = http.Request.Headers["MCP-Protocol-Version"].ToString();
        var hasVersion = message.Meta?.ContainsKey(MetaNames.ProtocolVersion) == true;
        if (!hasVersion && (declared.Length == 0 || Versions.Stateful.Contains(declared, StringComparer.Ordinal)))
        {
            await stateful.PostAsync(http, message, reply);
            return;
        }

        await new StatelessEra(_methods, time).PostAsync(http, message, reply);
    }

    private static bool IsLocal(string host) => host is "localhost" or "127.0.0.1" or "[::1]";

    private static bool IsLocalOrigin(string? origin) => origin is null || (Uri.TryCreate(origin, UriKind.Absolute, out var site) && IsLocal(site.Host));
}
