using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Conformance.Fixture;

/// <summary>One JSON-RPC message of a client: a request, a notification (no id) or a response (no method).</summary>
internal sealed class Message
{
    private Message(JsonObject json)
    {
        Json = json;
        Id = json["id"];
        Method = json["method"] is JsonValue method && method.TryGetValue<string>(out var name) ? name : null;
        Params = json["params"] as JsonObject ?? [];
        Meta = Params["_meta"] as JsonObject;
    }

    public JsonObject Json { get; }

    public JsonNode? Id { get; }

    public string? Method { get; }

    public JsonObject Params { get; }

    public JsonObject? Meta { get; }

    public bool IsNotification => Id is null && Method is not null;

    public bool IsResponse => Method is null && Id is not null && (Json.ContainsKey("result") || Json.ContainsKey("error"));

    /// <returns>Null where the body is no message.</returns>
    public static async Task<Message?> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            var json = await JsonNode.ParseAsync(body, cancellationToken: cancellationToken);
            var message = json is JsonObject members && Text(members["jsonrpc"]) == "2.0" ? new Message(members) : null;
            return message is { Method: null, IsResponse: false } ? null : message;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
