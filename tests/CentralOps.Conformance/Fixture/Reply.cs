using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Conformance.Fixture;

/// <summary>The answer to one request: a JSON body, or a stream of events from the first message on that comes before the answer.</summary>
internal sealed class Reply(HttpResponse response, bool takesEvents)
{
    private bool _streams;

    public static JsonObject Result(JsonNode? id, JsonObject result) => new() { ["jsonrpc"] = "2.0", ["id"] = id?.DeepClone(), ["result"] = result };

    public static JsonObject Error(JsonNode? id, Outcome.Failed failed)
    {
        var error = new JsonObject { ["code"] = failed.Code, ["message"] = failed.Message };
        if (failed.ErrorData is { } data)
        {
            error["data"] = data.DeepClone();
        }

        var message = new JsonObject { ["jsonrpc"] = "2.0" };
        if (id is not null)
        {
            message["id"] = id.DeepClone();
        }

        message["error"] = error;
        return message;
    }

    public ValueTask NotifyAsync(string method, JsonObject parameters, CancellationToken cancellationToken) =>
        SendAsync(new() { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters }, cancellationToken);

    /// <summary>Sends a message before the answer; one who takes no stream does not get it.</summary>
    public async ValueTask SendAsync(JsonObject message, CancellationToken cancellationToken)
    {
        if (takesEvents)
        {
            await StreamAsync(cancellationToken);
            await WriteAsync($"event: message\ndata: {message.ToJsonString()}\n\n", cancellationToken);
        }
    }

    /// <summary>An event that says nothing but where the stream stands, and how soon to come back to it.</summary>
    public async ValueTask PrimeAsync(string eventId, TimeSpan retry, CancellationToken cancellationToken)
    {
        await StreamAsync(cancellationToken);
        await WriteAsync(string.Create(CultureInfo.InvariantCulture, $"id: {eventId}\nretry: {retry.TotalMilliseconds}\ndata:\n\n"), cancellationToken);
    }

    public async ValueTask ResumeAsync(string eventId, JsonObject message, CancellationToken cancellationToken)
    {
        await StreamAsync(cancellationToken);
        await WriteAsync($"id: {eventId}\nevent: message\ndata: {message.ToJsonString()}\n\n", cancellationToken);
    }

    public async ValueTask EndAsync(int status, JsonObject message, CancellationToken cancellationToken)
    {
        if (_streams)
        {
            await SendAsync(message, cancellationToken);
            return;
        }

        response.StatusCode = status;
        response.ContentType = "application/json";
        await WriteAsync(message.ToJsonString(), cancellationToken);
    }

    /// <summary>Sends the head of a stream, so that its client knows that it is one.</summary>
    public async ValueTask StreamAsync(CancellationToken cancellationToken)
    {
        if (_streams || !takesEvents)
        {
            return;
        }

        _streams = true;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        await response.Body.FlushAsync(cancellationToken);
    }

    private async ValueTask WriteAsync(string text, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
