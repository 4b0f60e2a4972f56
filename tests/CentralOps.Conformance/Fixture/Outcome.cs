using System.Text.Json.Nodes;

namespace CentralOps.Conformance.Fixture;

/// <summary>What a method comes to, whichever revision it is told in.</summary>
internal abstract record Outcome
{
    private Outcome()
    {
    }

    public static Outcome NoSuchMethod(string method) => new Failed(-32601, $"Method not found: {method}");

    public static Outcome BadParams(string message, JsonObject? data = null) => new Failed(-32602, message, data);

    public sealed record Answered(JsonObject Result) : Outcome;

    /// <summary>The client is asked first: as <c>input_required</c> in the stateless revision, as requests in the answer's stream before it.</summary>
    public sealed record Asks(JsonObject InputRequests, string? RequestState = null) : Outcome;

    /// <summary>The stream is closed before the answer is there; the client comes back for it.</summary>
    public sealed record ClosesFirst(Task<JsonObject> Result) : Outcome;

    public sealed record Failed(int Code, string Message, JsonObject? ErrorData = null) : Outcome;
}
