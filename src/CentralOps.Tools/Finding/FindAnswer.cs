using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Fleet;
using CentralOps.Tools.Orchestration;
using CentralOps.Tools.Schemas;

namespace CentralOps.Tools.Finding;

/// <summary>What was found, and where was looked.</summary>
internal sealed class FindAnswer(string what, FindPlan plan, Finder finder)
{
    /// <summary>Where the answer comes from beside AWS's operations: <c>arn</c>, <c>directory</c>.</summary>
    public List<string> Used { get; } = [];

    public static JsonObject Schema() => AnswerSchema.Object(
    [
        ("what", AnswerSchema.Text("As it was given.")),
        ("kind", AnswerSchema.Text("What it was taken for: account, arn, ip_address, id, host or name.")),
        ("match_count", AnswerSchema.Integer("Matches in this answer.")),
        ("matches", AnswerSchema.List(Found.Schema(), "Every resource that is it, ordered by type, account and region.")),
        ("truncated", AnswerSchema.Flag($"Whether there are more than {Finder.MaxMatches}.")),
        ("complete", AnswerSchema.Flag("Whether it was looked everywhere where it was to be looked; failures and looked say where not.")),
        ("used", AnswerSchema.List(AnswerSchema.Text(), "Where the answer comes from: arn (the text itself), directory (the list of accounts), or operations of AWS.")),
        ("fresh_as_of", AnswerSchema.Text("When AWS was asked. ISO 8601, UTC.")),
        ("looked", AnswerSchema.List(
            AnswerSchema.Object(("resource_type", AnswerSchema.Text()), ("operation", AnswerSchema.Text()), ("stopped_early", AnswerSchema.Flag("It was found, and there is one only.")), ("summary", FleetSchema.Summary())),
            "Where was looked, in each way.")),
        ("not_looked", AnswerSchema.List(AnswerSchema.Text(), "Where else it might be.")),
        AnswerSchema.Failures(),
        FailureDigest.Schema(),
    ]);

    public void Write(IReadOnlyList<Looked> looked, DateTimeOffset now, IBufferWriter<byte> output)
    {
        var raw = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(raw, RefusalAnswer.Json))
        {
            json.WriteStartObject();
            WriteMatches(json);
            json.WriteBoolean("complete"u8, looked.All(static one => one.IsComplete));
            WriteTexts("used"u8, [.. Used, .. looked.Select(static one => one.Lookup.Operations[0]).Distinct(StringComparer.Ordinal)], json);
            json.WriteString("fresh_as_of"u8, now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            WriteLooked(looked, json);
            WriteTexts("not_looked"u8, NotLooked(), json);
            FailureDigest.Write(Failures(looked), json);
            json.WriteEndObject();
        }

        CleanJson.AppendItems(raw.WrittenMemory, output);
    }

    private void WriteMatches(Utf8JsonWriter json)
    {
        var found = finder.Found.ToList();
        json.WriteString("what"u8, what);
        json.WriteString("kind"u8, plan.Kind);
        json.WriteNumber("match_count"u8, Math.Min(found.Count, Finder.MaxMatches));
        json.WriteStartArray("matches"u8);
        foreach (var one in found.Take(Finder.MaxMatches))
        {
            one.Write(json);
        }

        json.WriteEndArray();
        json.WriteBoolean("truncated"u8, found.Count > Finder.MaxMatches);
    }

    private static void WriteLooked(IReadOnlyList<Looked> looked, Utf8JsonWriter json)
    {
        json.WriteStartArray("looked"u8);
        foreach (var one in looked)
        {
            json.WriteStartObject();
            json.WriteString("resource_type"u8, one.Lookup.Kind.Type);
            json.WriteString("operation"u8, one.Lookup.Operations[0]);
            json.WriteBoolean("stopped_early"u8, one.IsStoppedEarly);
            one.Summary.Write(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private IReadOnlyList<string> NotLooked() => plan is { Ways.Count: 0, Arn: { } arn }
        ? [arn.Account is null ? "The ARN tells no account, and there is no way here to look for it." : "The resource itself was not asked: there is no way here to look for one of its kind. Account and region are what the ARN says."]
        : plan.NotLooked;

    /// <summary>An account that is shut is told once, in however many ways it was looked there.</summary>
    private static List<FleetFailure> Failures(IReadOnlyList<Looked> looked) =>
        [.. looked.SelectMany(static one => one.Failures).DistinctBy(static failure => (failure.Account, failure.Region, failure.Part, RefusalWords.Of(failure.Refusal).Code, RefusalWords.Of(failure.Refusal).Message))];

    private static void WriteTexts(ReadOnlySpan<byte> name, IReadOnlyList<string> texts, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
