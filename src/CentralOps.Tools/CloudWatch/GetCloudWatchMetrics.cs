using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Schemas;

namespace CentralOps.Tools.CloudWatch;

/// <summary>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html</summary>
internal sealed class GetCloudWatchMetrics : AccountTool
{
    private static readonly QueriesArgument Queries = new();
    private static readonly MomentArgument StartTime = new("start_time", "Where the span begins: back from now (-90s, -30m, -3h, -7d, -2w) or ISO 8601.", "-3h");
    private static readonly MomentArgument EndTime = new("end_time", "Where the span ends, written alike; its own moment is not in it.", "now");
    private static readonly IntegerArgument Period = new("period", "Seconds that a data point covers: 60 or a multiple; one that suits the span when left out.", 1, 86400 * 365);
    private static readonly IntegerArgument Limit = IntegerArgument.Limit("Data points", 10_000, 100_000);

    public override string Name => "get_cloudwatch_metrics";

    public override string Subject => "cloudwatch";

    public override IReadOnlyList<string> Operations { get; } = [MetricReading.Operation];

    private protected override string Description =>
        "Get data points of CloudWatch metrics, metric math and searches in one AWS account and region over a span of time. Read-only.";

    private protected override string Example =>
        """{"account_id": "222222222222", "region": "us-east-1", "queries": [{"Id": "cpu", "Namespace": "AWS/EC2", "MetricName": "CPUUtilization", "Dimensions": [{"Name": "InstanceId", "Value": "i-0abb12dfbdd47c147"}], "Stat": "Maximum"}], "start_time": "-1h", "period": 900}""";

    private protected override IReadOnlyList<Argument> Arguments { get; } =
        [AccountArgument.Only, RegionArgument.Asked, Queries, StartTime, EndTime, Period, Limit, NextTokenArgument.Only];

    private protected override JsonObject Answer() => AnswerSchema.Object(
    [
        .. AnswerSchema.Place(),
        ("start_time", AnswerSchema.Text("The span that was asked, ISO 8601.")),
        ("end_time", AnswerSchema.Text()),
        ("period", AnswerSchema.Integer("Seconds that a data point covers, where its query says nothing else.")),
        ("metric_count", AnswerSchema.Integer("Series in this answer.")),
        ("metrics", AnswerSchema.List(AnswerSchema.Object(
            ("Id", AnswerSchema.Text("Of the query.")),
            ("Label", AnswerSchema.Text()),
            ("StatusCode", AnswerSchema.OptionalText("Complete, or PartialData where more follows.")),
            ("Timestamps", AnswerSchema.List(AnswerSchema.Text(), "Newest first.")),
            ("Values", AnswerSchema.List(new JsonObject { ["type"] = "number" }, "As many as there are timestamps.")),
            ("Messages", Messages())))),
        ("messages", Messages("What CloudWatch says of all of it, such as that a search found more than it answers.")),
        .. AnswerSchema.Rest(),
        AnswerSchema.Failures(),
    ]);

    private protected override void Check(ArgumentValues arguments, ArgumentReader reader)
    {
        if (QueryBatches.Of(arguments.Of(Queries)) is null)
        {
            reader.Note(Queries.Name, $"speak of each other, more than {QueryBatches.Size} of them together", $"Ask at most {QueryBatches.Size} queries in one call that an expression joins");
        }
    }

    private protected override async Task<Refusal?> AnswerAsync(
        OpenAccount door, ArgumentValues arguments, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        // 1. From where, or from the beginning?
        var query = NextToken.HashOf(Name, setting.Place.Account!, setting.Place.RegionText, arguments.Question());
        if (!NextToken.TryContinue(arguments.Of(NextTokenArgument.Only), query, out var token, out var refusal))
        {
            return refusal;
        }

        // 2. Which span, and how fine? A token carries the span, so that -3h means the same three hours on every page.
        var now = setting.Services.Time.GetUtcNow();
        var batches = QueryBatches.Of(arguments.Of(Queries))!;
        var start = token.PageToken.Length == 0
            ? new MetricPlace(arguments.Of(StartTime).Moment.From(now), arguments.Of(EndTime).Moment.From(now), 0, null)
            : MetricPlace.Read(token.PageToken);
        if (start is null || start.Batch >= batches.Count)
        {
            return NextToken.Damaged;
        }

        if (start.Start >= start.End)
        {
            return new Refusal.BadArguments([new ArgumentProblem(StartTime.Name, "is not before end_time", "Give a start_time that is earlier")]);
        }

        var period = arguments.Has(Period) ? arguments.Of(Period) : MetricPeriod.For(start.Start, start.End, now);

        // 3. The data points.
        var reading = new MetricReading(door, setting, batches, period);
        if (await reading.ReadAsync(start, arguments.Of(Limit), cancellationToken) is { } nothing)
        {
            return nothing;
        }

        Write(reading, start, period, reading.Next is { } next ? token with { PageToken = next.ToString() } : null, setting.Place, output);
        return null;
    }

    private static void Write(MetricReading reading, MetricPlace span, int period, NextToken? next, AnswerPlace place, IBufferWriter<byte> output)
    {
        var answer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(answer, RefusalAnswer.Json))
        {
            json.WriteStartObject();
            place.Write(json);
            json.WriteString("start_time"u8, MetricTime.Text(span.Start));
            json.WriteString("end_time"u8, MetricTime.Text(span.End));
            json.WriteNumber("period"u8, period);
            json.WriteNumber("metric_count"u8, reading.Series.Count);
            json.WriteStartArray("metrics"u8);
            foreach (var series in reading.Series)
            {
                series.Write(json);
            }

            json.WriteEndArray();
            json.WriteStartArray("messages"u8);
            foreach (var message in reading.Messages)
            {
                message.WriteTo(json);
            }

            json.WriteEndArray();
            NextToken.WriteEnd(next, json);
            Failure.WriteAll(reading.Failures, place, json);
            json.WriteEndObject();
        }

        CleanJson.AppendItems(answer.WrittenMemory, output);
    }

    private static JsonObject Messages(string? description = null) =>
        AnswerSchema.List(new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["Code"] = AnswerSchema.Text(), ["Value"] = AnswerSchema.Text() } }, description);
}
