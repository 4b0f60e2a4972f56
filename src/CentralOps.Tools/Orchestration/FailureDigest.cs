using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Fleet;
using CentralOps.Tools.Schemas;

namespace CentralOps.Tools.Orchestration;

/// <summary>Failures of many places in a short answer: the first of them whole, all of them counted by what they are.</summary>
internal static class FailureDigest
{
    public const int MaxWhole = 50;

    public static (string Name, JsonObject Schema) Schema() => ("failure_counts", AnswerSchema.List(
        AnswerSchema.Object(("stage", AnswerSchema.Text()), ("code", AnswerSchema.Text()), ("count", AnswerSchema.Integer())),
        $"All failures, counted by stage and code: failures holds the first {MaxWhole} only."));

    public static void Write(IReadOnlyList<FleetFailure> failures, Utf8JsonWriter json)
    {
        json.WriteStartArray("failures"u8);
        foreach (var failure in failures.Take(MaxWhole))
        {
            failure.Write(json);
        }

        json.WriteEndArray();
        json.WriteStartArray("failure_counts"u8);
        foreach (var kind in failures.Select(static failure => RefusalWords.Of(failure.Refusal)).GroupBy(static words => (words.StageName, words.Code)).OrderByDescending(static kind => kind.Count()).Take(MaxWhole))
        {
            json.WriteStartObject();
            json.WriteString("stage"u8, kind.Key.StageName);
            json.WriteString("code"u8, kind.Key.Code);
            json.WriteNumber("count"u8, kind.Count());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
