using System.Text.Json.Nodes;

namespace CentralOps.Conformance.Fixture;

/// <summary>One request for a tool or a prompt, and the way back to its client while it runs.</summary>
/// <param name="Params">As they came; <c>inputResponses</c> and <c>requestState</c> of an earlier round among them.</param>
/// <param name="Capabilities">What the client declared.</param>
/// <param name="LogThreshold">The least level that the client wants logged; null: nothing.</param>
internal sealed record Call(JsonObject Params, JsonObject Capabilities, string? LogThreshold, Reply Reply, TimeProvider Time)
{
    private static readonly string[] Levels = ["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"];

    public JsonObject Arguments => Params["arguments"] as JsonObject ?? [];

    public string? RequestState => Message.Text(Params["requestState"]);

    public static bool IsLevel(string? level) => Levels.Contains(level, StringComparer.Ordinal);

    /// <summary>What the client answered to an input request; null where it did not, or with what is no answer.</summary>
    public JsonObject? Answer(string key) => (Params["inputResponses"] as JsonObject)?[key] as JsonObject;

    public string Argument(string name) => Message.Text(Arguments[name]) ?? "";

    public async ValueTask ProgressAsync(int progress, CancellationToken cancellationToken)
    {
        if ((Params["_meta"] as JsonObject)?["progressToken"] is { } token)
        {
            var report = new JsonObject { ["progressToken"] = token.DeepClone(), ["progress"] = progress, ["total"] = 100 };
            await Reply.NotifyAsync("notifications/progress", report, cancellationToken);
        }
    }

    public async ValueTask LogAsync(string level, string text, CancellationToken cancellationToken)
    {
        if (LogThreshold is not null && Array.IndexOf(Levels, level) >= Array.IndexOf(Levels, LogThreshold))
        {
            var entry = new JsonObject { ["level"] = level, ["logger"] = "fixture", ["data"] = text };
            await Reply.NotifyAsync("notifications/message", entry, cancellationToken);
        }
    }

    public Task PauseAsync(CancellationToken cancellationToken) => Task.Delay(TimeSpan.FromMilliseconds(50), Time, cancellationToken);
}
