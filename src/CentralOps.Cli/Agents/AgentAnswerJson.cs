using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Agent;
using CentralOps.Agent.Shown;
using CentralOps.Agent.Tracing;

namespace CentralOps.Cli.Agents;

/// <summary>A model's answer for a program, with the whole trace.</summary>
internal static class AgentAnswerJson
{
    public static JsonElement Of(AgentAnswer answer, string model) => JsonElement.Parse(new JsonObject
    {
        ["question"] = answer.Trace.Question,
        ["answered_by"] = "model",
        ["model"] = model,
        ["answer"] = AnswerText.Of(answer.Text),
        ["complete"] = answer.IsWhole,
        ["end"] = answer.End.Word,
        ["partial_because"] = answer.End.Sentence,
        ["coverage"] = Coverage(answer.Coverage),
        ["trace"] = Trace(answer.Trace),
    }.ToJsonString());

    private static JsonObject Coverage(Coverage coverage) => new()
    {
        ["accounts"] = new JsonArray([.. coverage.Accounts.Select(static account => new JsonObject { ["account_id"] = account.Id, ["account_name"] = account.Name })]),
        ["accounts_asked"] = coverage.AccountsAsked,
        ["regions"] = new JsonArray([.. coverage.Regions.Select(static region => (JsonNode)region)]),
        ["failures"] = Failures(coverage.Failures),
        ["truncated"] = coverage.IsTruncated,
    };

    private static JsonObject Trace(Trace trace) => new()
    {
        ["prompt_version"] = trace.PromptVersion,
        ["started_at"] = trace.StartedAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["duration_ms"] = (long)trace.Duration.TotalMilliseconds,
        ["turns"] = trace.Turns,
        ["input_tokens"] = trace.InputTokens,
        ["output_tokens"] = trace.OutputTokens,
        ["calls"] = new JsonArray([.. trace.Calls.Select(Call)]),
    };

    private static JsonObject Call(TracedCall call) => new()
    {
        ["number"] = call.Number,
        ["turn"] = call.Turn,
        ["tool"] = call.Tool,
        ["arguments"] = JsonNode.Parse(call.Arguments.GetRawText()),
        ["outcome"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(call.Outcome.ToString()),
        ["note"] = call.Note,
        ["duration_ms"] = (long)call.Duration.TotalMilliseconds,
        ["characters"] = call.Characters,
        ["cut"] = call.WasCut,
        ["truncated"] = call.Places.IsTruncated,
        ["places"] = new JsonArray([.. call.Places.Answered.Select(static place => new JsonObject { ["account_id"] = place.AccountId, ["account_name"] = place.AccountName, ["region"] = place.Region })]),
        ["failures"] = Failures(call.Places.Failures),
    };

    private static JsonArray Failures(IEnumerable<FailedPlace> failures) =>
        [.. failures.Select(static failure => new JsonObject { ["account_id"] = failure.AccountId, ["region"] = failure.Region, ["part"] = failure.Part, ["stage"] = failure.Stage, ["code"] = failure.Code })];
}
