using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.CloudWatch;

/// <summary>Statistics of one metric, at most 1,440 points.</summary>
internal sealed class GetMetricStatistics(Estate estate) : Operation
{
    private const int MaxPoints = 1440;

    private static readonly string[] Demanded = ["Namespace", "MetricName", "StartTime", "EndTime", "Period"];

    public override string Name => "GetMetricStatistics";

    public override string Action => "cloudwatch:GetMetricStatistics";

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken) => new(Answer(call));

    private OperationAnswer Answer(OperationCall call)
    {
        if (Array.Find(Demanded, member => !call.Input.TryGetProperty(member, out _)) is { } missing)
        {
            return CloudWatchErrors.Missing(missing);
        }

        var (start, end, period) = (call.Time("StartTime"), call.Time("EndTime"), call.Number("Period") ?? 0);
        if (start is null || end is null || start >= end)
        {
            return CloudWatchErrors.Combination("The parameter StartTime must be less than the parameter EndTime.");
        }

        if (!TimeWindow.IsPeriod(period))
        {
            return CloudWatchErrors.Value("The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.");
        }

        var (plain, extended) = (call.Texts("Statistics"), call.Texts("ExtendedStatistics"));
        if (plain.Count + extended.Count == 0)
        {
            return CloudWatchErrors.Combination("At least one of the parameters Statistics and ExtendedStatistics must be specified.");
        }

        if (plain.Concat(extended).FirstOrDefault(name => !Statistic.TryParse(name, out _)) is { } unknown)
        {
            return CloudWatchErrors.Value($"The value {unknown} for a statistic is not supported.");
        }

        var asked = (end.Value - start.Value).TotalSeconds / period;
        if (asked > MaxPoints)
        {
            return CloudWatchErrors.Combination($"You have requested up to {Math.Ceiling(asked)} datapoints, which exceeds the limit of {MaxPoints}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.");
        }

        var metric = MetricQuery.ReadMetric(call.Input);
        var known = MetricCatalog.Of(estate.Resources(call.Caller.AccountId, call.Region)).Contains(metric);
        var window = TimeWindow.Of(start.Value, end.Value, (int)period, call.Now);
        var series = new MetricSeries(estate.Seed, call.Caller.AccountId + call.Region, metric);
        return new JsonObject
        {
            ["Label"] = metric.Name,
            ["Datapoints"] = JsonList.Of(known ? Enumerable.Range(0, (int)window.Count) : [], index => Point(series, window, index, plain, extended)),
        };
    }

    private static JsonObject Point(MetricSeries series, TimeWindow window, int index, IReadOnlyList<string> plain, IReadOnlyList<string> extended)
    {
        var second = window.Start + ((long)index * window.Period);
        var samples = series.Samples(second, window.Period);
        var point = new JsonObject { ["Timestamp"] = DateTimeOffset.FromUnixTimeSeconds(second).UtcDateTime, ["Unit"] = series.Unit };
        foreach (var name in plain)
        {
            point[name] = Of(name, samples);
        }

        if (extended.Count > 0)
        {
            var values = new JsonObject();
            foreach (var name in extended)
            {
                values[name] = Of(name, samples);
            }

            point["ExtendedStatistics"] = values;
        }

        return point;
    }

    private static double Of(string name, double[] samples) => Statistic.TryParse(name, out var statistic) ? statistic.Of(samples) : double.NaN;
}
