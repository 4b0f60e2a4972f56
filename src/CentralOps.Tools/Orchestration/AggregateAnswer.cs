using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Aggregation;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Fleet;
using CentralOps.Tools.Schemas;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.Orchestration;

/// <summary>Figures as they are answered.</summary>
internal sealed class AggregateAnswer(string tool, AggregateResult result, FleetOutcome outcome, bool lacksUnits)
{
    public static JsonObject Schema()
    {
        var schema = AnswerSchema.Object(
        [
            ("tool", AnswerSchema.Text("The tool that was run.")),
            ("group_count", AnswerSchema.Integer("Groups that there are, told or not.")),
            ("other", AnswerSchema.Nullable(AnswerSchema.Map([], "All groups that are not told, as one: group_count and the measures; null where all are told."))),
            ("complete", AnswerSchema.Flag("Whether the figures are of every account and region that was asked. Where not, failures and summary say what is missing.")),
            ("row_count", AnswerSchema.Integer("Items that were counted.")),
            ("notes", AnswerSchema.List(AnswerSchema.Text(), "Where a figure is not what it seems.")),
            AnswerSchema.Failures(),
            FailureDigest.Schema(),
            ("summary", FleetSchema.Summary()),
        ]);
        var properties = schema["properties"]!.AsObject();
        properties["groups"] = AnswerSchema.List(AnswerSchema.Map([]), "Each with its values of group_by and its measures, under the names that they were asked by.");
        properties["table"] = AnswerSchema.Text("The groups with format table, in place of groups.");
        properties["csv"] = AnswerSchema.Text("The groups with format csv, in place of groups.");
        return schema;
    }

    public Refusal? Write(ArgumentValues arguments, ToolSetting setting, IBufferWriter<byte> output)
    {
        // Items came clean, and names of columns that act were refused: nothing is left to take out.
        var answer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(answer, RefusalAnswer.Json))
        {
            json.WriteStartObject();
            json.WriteString("tool"u8, tool);
            if (WriteGroups(RowFormats.Of(arguments.Of(RowFormats.Argument)), setting, json) is { } refusal)
            {
                return refusal;
            }

            json.WriteNumber("group_count"u8, result.GroupCount);
            result.WriteOther(json);
            json.WriteBoolean("complete"u8, outcome.IsWhole);
            json.WriteNumber("row_count"u8, result.RowCount);
            WriteNotes(json);
            FailureDigest.Write(outcome.Failures, json);
            outcome.Summary.Write(json);
            json.WriteEndObject();
        }

        output.Write(answer.WrittenSpan);
        return null;
    }

    private Refusal.BadArguments? WriteGroups(RowFormat format, ToolSetting setting, Utf8JsonWriter json)
    {
        var rows = result.Rows();
        if (format != RowFormat.Json)
        {
            return RowText.WriteMember(format, rows, result.Columns, setting.Call.MaxAnswerBytes, json);
        }

        json.WritePropertyName("groups"u8);
        rows.WriteTo(json);
        return null;
    }

    private void WriteNotes(Utf8JsonWriter json)
    {
        json.WriteStartArray("notes"u8);
        if (!outcome.IsWhole)
        {
            json.WriteStringValue($"The figures are of a part: {outcome.Summary.Failed} places failed and {outcome.Summary.Skipped} were not come to.");
        }

        foreach (var note in result.Notes())
        {
            json.WriteStringValue(PlainText.Line(note, 500));
        }

        if (lacksUnits)
        {
            json.WriteStringValue("ou: null where the source of accounts does not tell units.");
        }

        json.WriteEndArray();
    }
}
