using System.Text.Json.Nodes;

namespace CentralOps.Conformance.Client;

/// <summary>Answers whatever a server asks in an <c>input_required</c> result: yes.</summary>
internal static class Consent
{
    /// <returns>The parameters to repeat the call with; null where the result asks nothing.</returns>
    public static JsonObject? Repeat(JsonObject parameters, JsonObject result)
    {
        if (result["resultType"]?.GetValue<string>() != "input_required")
        {
            return null;
        }

        var answers = (result["inputRequests"] as JsonObject ?? []).Select(request => KeyValuePair.Create(request.Key, (JsonNode?)Accept()));
        var repeated = parameters.DeepClone().AsObject();
        repeated["inputResponses"] = new JsonObject(answers);
        repeated.Remove("requestState");
        if (result["requestState"] is { } state)
        {
            repeated["requestState"] = state.DeepClone();
        }

        return repeated;
    }

    private static JsonObject Accept() => new() { ["action"] = "accept", ["content"] = new JsonObject { ["confirmed"] = true } };
}
