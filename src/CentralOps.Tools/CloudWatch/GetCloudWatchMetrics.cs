using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Listings;
using CentralOps.Tools.Schemas;
using CentralOps.Tools.Shaping;

namespace CentralOps.Tools.CloudWatch;

/// <summary>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html</summary>
internal sealed class GetCloudWatchMetrics : AccountTool
{
    private static readonly QueriesArgument Queries = new();
    private static readonly MomentArgument StartTime = new("start_time", "Where the span begins: back from now (-90s, -30m, -3h, -7d, -2w) or ISO 8601.", "-3h");
    private static readonly MomentArgument EndTime = new("end_time", "Where the span ends, written alike; its own moment is not in it.", "now");
    private static readonly IntegerArgument Period = new("period", "Seconds that a data point covers: 60 or a multiple; one that suits the span when left out.", 1, 86400 * 365);
    private static readonly IntegerArgument Points = IntegerArgument.Limit("Data points", 10_000, 100_000);

    private const int BytesOfPoint = 40;

    private static readonly Refusal.BadArguments EndsBeforeItBegins = new([new ArgumentProblem(StartTime.Name, "is not before end_time", "Give a start_time that is earlier")]);

    public override string Name => "get_cloudwatch_metrics";

    public override string Subject => "cloudwatch";

    private protected override IReadOnlyList<string> OwnOperations { get; } = [MetricReading.Operation];

    private protected override string Description =>
        "Get data points of CloudWatch metrics, metric math and searches in one AWS account and region over a span of time. Read-only.";

    private protected override string Example =>
        """{"account_id": "222222222222", "region": "us-east-1", "queries": [{"Id": "cpu", "Namespace": "AWS/EC2", "MetricName": "CPUUtilization", "Dimensions": [{"Name": "InstanceId", "Value": "i-0abb12dfbdd47c147"}], "Stat": "Maximum"}], "start_time": "2026-11-22T08:00:00Z", "end_time": "2026-11-22T09:00:00Z", "period": 900}""";

    internal override bool AsksOfTime => true;

    internal override RowNames Rows => new("metric", IsOne: false);

    internal override IReadOnlyList<string> RowFields { get; } = ["Id", "Label", "StatusCode", "Timestamps", "Values", "Messages"];

    internal override IntegerArgument Limit => Points;

    private protected override IReadOnlyList<Argument> Own { get; } = [Queries, StartTime, EndTime, Period];

    /// <summary>The limit is of data points; items are series.</summary>
    internal override (int? Limit, int Page) FleetLimits(ArgumentValues arguments) => (null, arguments.IsGiven(Points) ? arguments.Of(Points) : 1000);

    internal override IPages PagesOf(PlaceAsked place)
    {
        var (start, period) = SpanOf(place.Arguments, place.AskedAt);
        return start.Start >= start.End
            ? new RefusedPages(EndsBeforeItBegins)
            : new MetricPages(place.Door!, place.Setting, QueryBatches.Of(place.Arguments.Of(Queries))!, period, start);
    }

    private protected override JsonObject Answer() => AnswerSchema.Object(
    [
        .. AnswerSchema.Place(),
        ("start_time", AnswerSchema.Text("The span that was asked, ISO 8601.")),
        ("end_time", AnswerSchema.Text()),
        ("period", AnswerSchema.Integer("Seconds that a data point covers, where its query says nothing else.")),
        ("metric_count", AnswerSchema.Integer("Series in this answer.")),
        ("metrics", AnswerSchema.List(AnswerSchema.Choosable(AnswerSchema.Object(
            ("Id", AnswerSchema.Text("Of the query.")),
            ("Label", AnswerSchema.Text()),
            ("StatusCode", AnswerSchema.OptionalText("Complete, or PartialData where more follows.")),
            ("Timestamps", AnswerSchema.List(AnswerSchema.Text(), "Newest first.")),
            ("Values", AnswerSchema.List(new JsonObject { ["type"] = "number" }, "As many as there are timestamps.")),
            ("Messages", Messages()))))),
        ("messages", Messages("What CloudWatch says of all of it, such as that a search found more than it answers.")),
        .. AnswerSchema.Rest(),
        AnswerSchema.Failures(),
    ]);

    private protected override void CheckOwn(ArgumentValues arguments, ArgumentReader reader)
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
        if (!setting.Tokens.TryContinue(arguments.Of(NextTokenArgument.Only), query, out var token, out var refusal))
        {
            return refusal;
        }

        // 2. Which span, and how fine? A token carries the span, so that -3h means the same three hours on every page.
        var now = setting.Services.Time.GetUtcNow();
        var batches = QueryBatches.Of(arguments.Of(Queries))!;
        var start = token.PageToken.Length == 0
            ? SpanOf(arguments, now).Start
            : MetricPlace.Read(token.PageToken);
        if (start is null || start.Batch >= batches.Count)
        {
            return NextTokens.Damaged;
        }

        if (start.Start >= start.End)
        {
            return EndsBeforeItBegins;
        }

        var period = PeriodOf(arguments, start, now);

        // 3. The data points: of a few tens of bytes each.
        var most = arguments.Of(ShapeArguments.MaxBytes) is > 0 and var bytes ? Math.Min(arguments.Of(Points), bytes / BytesOfPoint) : arguments.Of(Points);
        var reading = new MetricReading(door, setting, batches, period);
        if (await reading.ReadAsync(start, most, cancellationToken) is { } nothing)
        {
            // Data points that were given cannot be passed over: a second reading may put others on its pages.
            return start.Token is not null && StaleTokens.Says(nothing, out var code) ? new Refusal.StaleNextToken(code) : nothing;
        }

        return Write(reading, start, period, reading.Next is { } next ? token with { PageToken = next.ToString() } : null, arguments, setting, output, cancellationToken);
    }

    private static (MetricPlace Start, int Period) SpanOf(ArgumentValues arguments, DateTimeOffset now)
    {
        var start = new MetricPlace(arguments.Of(StartTime).Moment.From(now), arguments.Of(EndTime).Moment.From(now), 0, null);
        return (start, PeriodOf(arguments, start, now));
    }

    private static int PeriodOf(ArgumentValues arguments, MetricPlace span, DateTimeOffset now) =>
        arguments.Has(Period) ? arguments.Of(Period) : MetricPeriod.For(span.Start, span.End, now);

    private Refusal? Write(
        MetricReading reading, MetricPlace span, int period, NextToken? next, ArgumentValues arguments, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var shape = Shape.Of(arguments);
        var items = shape.Project(Written(json => reading.Series.ToList().ForEach(series => series.Write(json))));
        if (!shape.IsList)
        {
            var rows = new ShapedRows(shape, setting.Call.MaxAnswerBytes);
            rows.Add(FlatRows.Head(setting.Place.Account!, setting.Place.Door?.Account.Name, setting.Place.RegionText), items.Span);
            using var shaped = new Utf8JsonWriter(output, RefusalAnswer.Json);
            return rows.Write(shaped, json => WriteSpan(reading, span, period, setting, json), json => WriteEnd(reading, next, setting, json), cancellationToken);
        }

        using var answer = new Utf8JsonWriter(output, RefusalAnswer.Json);
        answer.WriteStartObject();
        WriteSpan(reading, span, period, setting, answer);
        answer.WriteStartArray("metrics"u8);
        answer.Flush();
        output.Write(items.Span);
        answer.WriteEndArray();
        WriteEnd(reading, next, setting, answer);
        answer.WriteEndObject();
        return null;
    }

    private static void WriteSpan(MetricReading reading, MetricPlace span, int period, ToolSetting setting, Utf8JsonWriter json)
    {
        setting.Place.Write(json);
        json.WriteString("start_time"u8, MetricTime.Text(span.Start));
        json.WriteString("end_time"u8, MetricTime.Text(span.End));
        json.WriteNumber("period"u8, period);
        json.WriteNumber("metric_count"u8, reading.Series.Count);
    }

    private static void WriteEnd(MetricReading reading, NextToken? next, ToolSetting setting, Utf8JsonWriter json)
    {
        json.WritePropertyName("messages"u8);
        json.WriteRawValue([(byte)'[', .. Written(inner => reading.Messages.ToList().ForEach(message => message.WriteTo(inner))).Span, (byte)']'], skipInputValidation: true);
        NextToken.WriteEnd(next, setting.Tokens, json);
        Failure.WriteAll(reading.Failures, setting.Place, json);
    }

    /// <summary>Values separated by commas, with what acts in their strings taken out.</summary>
    private static ReadOnlyMemory<byte> Written(Action<Utf8JsonWriter> values)
    {
        var (raw, clean) = (new ArrayBufferWriter<byte>(4096), new ArrayBufferWriter<byte>(4096));
        using (var json = new Utf8JsonWriter(raw, RefusalAnswer.Json))
        {
            values(json);
        }

        CleanJson.AppendItems(raw.WrittenMemory, clean);
        return clean.WrittenMemory;
    }

    private static JsonObject Messages(string? description = null) =>
        AnswerSchema.List(new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["Code"] = AnswerSchema.Text(), ["Value"] = AnswerSchema.Text() } }, description);
}
