using System.Text.Json.Nodes;

namespace CentralOps.Conformance.Fixture;

/// <summary>What a server may ask of a client: <c>elicitation/create</c>, <c>sampling/createMessage</c>, <c>roots/list</c>.</summary>
internal static class InputRequest
{
    /// <summary>A form with one field that has to be filled in.</summary>
    public static JsonObject Form(string message, string field, string type = "string") => Form(message, new JsonObject
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { [field] = new JsonObject { ["type"] = type } },
        ["required"] = new JsonArray(field),
    });

    public static JsonObject Form(string message, JsonObject schema) =>
        Of("elicitation/create", new() { ["message"] = message, ["requestedSchema"] = schema });

    public static JsonObject Sampling(string prompt, int maxTokens = 100) => Of("sampling/createMessage", new()
    {
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = Content.Text(prompt) }),
        ["maxTokens"] = maxTokens,
    });

    public static JsonObject Roots() => Of("roots/list", []);

    /// <summary>The client capability without which a request must not be sent.</summary>
    public static string Capability(string method) => method[..method.IndexOf('/', StringComparison.Ordinal)];

    private static JsonObject Of(string method, JsonObject parameters) => new() { ["method"] = method, ["params"] = parameters };
}
