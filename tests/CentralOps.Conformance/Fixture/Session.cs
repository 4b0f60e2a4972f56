using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace CentralOps.Conformance.Fixture;

/// <summary>What the fixture keeps of one client between its requests.</summary>
internal sealed class Session(string id, JsonObject capabilities)
{
    private const int MaxLeft = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonObject>> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task<JsonObject>> _left = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _watched = new(StringComparer.Ordinal);
    private int _count;

    public string Id { get; } = id;

    public JsonObject Capabilities { get; } = capabilities;

    public string? LogLevel { get; set; }

    public void Watch(string uri, bool watched) => (watched ? (Action)(() => _watched[uri] = true) : () => _watched.TryRemove(uri, out _))();

    public bool Wants(Change change) => change.Uri is null || _watched.ContainsKey(change.Uri);

    /// <summary>Sends a request on the reply's stream and waits for the client's answer, which comes in a request of its own.</summary>
    /// <returns>The response: with <c>result</c> or <c>error</c>.</returns>
    public async Task<JsonObject> AskAsync(Reply reply, JsonObject request, TimeProvider time, CancellationToken cancellationToken)
    {
        var id = "ask-" + Next();
        var answer = _asked[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            var message = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = request["method"]!.DeepClone(), ["params"] = request["params"]!.DeepClone() };
            await reply.SendAsync(message, cancellationToken);
            return await answer.Task.WaitAsync(Patience, time, cancellationToken);
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }
    }

    /// <returns>False where nothing was asked under this id.</returns>
    public bool Take(Message response) =>
        Message.Text(response.Id) is { } id && _asked.TryGetValue(id, out var answer) && answer.TrySetResult(response.Json.DeepClone().AsObject());

    /// <summary>Keeps a message for a client that comes back for it.</summary>
    /// <returns>The event id to come back with; null where too many wait.</returns>
    public string? Leave(Task<JsonObject> message)
    {
        if (_left.Count >= MaxLeft)
        {
            return null;
        }

        var id = "left-" + Next();
        _left[id] = message;
        return id;
    }

    public Task<JsonObject>? Collect(string eventId) => _left.TryRemove(eventId, out var message) ? message : null;

    private string Next() => Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);
}
