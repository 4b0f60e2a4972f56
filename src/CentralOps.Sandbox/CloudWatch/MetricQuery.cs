using System.Text.Json;
using CentralOps.Sandbox.Estates.Alarms;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.CloudWatch;

/// <summary>One question of GetMetricData: a metric's statistic, or an expression over others.</summary>
internal sealed record MetricQuery(string Id, Metric? Metric, Statistic Statistic, int Period, string? Expression, string? Label, bool ReturnsData)
{
    private const int MaxQueries = 500;

    public static (IReadOnlyList<MetricQuery> Queries, ServiceError? Error) ReadAll(OperationCall call)
    {
        List<MetricQuery> queries = [];
        var items = call.Items("MetricDataQueries");
        if (items.Count is 0 or > MaxQueries)
        {
            return ([], CloudWatchErrors.Invalid($"The parameter MetricDataQueries must have 1 to {MaxQueries} entries; it has {items.Count}."));
        }

        foreach (var item in items)
        {
            var (query, problem) = Read(item, $"MetricDataQueries.member.{queries.Count + 1}");
            if (query is null)
            {
                return ([], CloudWatchErrors.Invalid(problem!));
            }

            if (queries.Exists(other => string.Equals(other.Id, query.Id, StringComparison.Ordinal)))
            {
                return ([], CloudWatchErrors.Invalid($"The values for parameter id in MetricDataQueries are not unique: '{query.Id}'."));
            }

            queries.Add(query);
        }

        return queries.Exists(query => query.ReturnsData) ? (queries, null) : ([], CloudWatchErrors.Invalid("At least one query in MetricDataQueries must have ReturnData set to true."));
    }

    /// <summary>A metric as requests and answers have it; dimensions may come in any order.</summary>
    public static Metric ReadMetric(JsonElement metric) => new(
        Text(metric, "Namespace") ?? "",
        Text(metric, "MetricName") ?? "",
        [.. Dimensions(metric).Select(dimension => new Dimension(dimension.Name, dimension.Value ?? "")).OrderBy(dimension => dimension.Name, StringComparer.Ordinal)]);

    public static IEnumerable<(string Name, string? Value)> Dimensions(JsonElement parent) =>
        parent.TryGetProperty("Dimensions", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(dimension => (Text(dimension, "Name") ?? "", Text(dimension, "Value")))
            : [];

    private static (MetricQuery? Query, string? Problem) Read(JsonElement item, string place)
    {
        var id = Text(item, "Id") ?? "";
        if (id.Length is 0 or > 255 || !char.IsAsciiLetterLower(id[0]) || !id.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            return (null, $"The value '{id}' for parameter {place}.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.");
        }

        var expression = Text(item, "Expression");
        var returns = !item.TryGetProperty("ReturnData", out var flag) || flag.ValueKind != JsonValueKind.False;
        if (!item.TryGetProperty("MetricStat", out var stat))
        {
            return expression is null
                ? (null, $"Either MetricStat or Expression must be given in {place}.")
                : (new MetricQuery(id, null, default, Number(item, "Period") ?? 0, expression, Text(item, "Label"), returns), null);
        }

        if (expression is not null)
        {
            return (null, $"MetricStat and Expression must not both be given in {place}.");
        }

        var period = Number(stat, "Period") ?? 0;
        if (!TimeWindow.IsPeriod(period))
        {
            return (null, $"The parameter {place}.MetricStat.Period must be 1, 5, 10, 20, 30 or a multiple of 60; it is {period}.");
        }

        if (!Statistic.TryParse(Text(stat, "Stat"), out var statistic))
        {
            return (null, $"The value {Text(stat, "Stat")} for parameter {place}.MetricStat.Stat is not supported.");
        }

        return stat.TryGetProperty(nameof(Metric), out var metric)
            ? (new MetricQuery(id, ReadMetric(metric), statistic, period, null, Text(item, "Label"), returns), null)
            : (null, $"The parameter {place}.MetricStat.Metric is required.");
    }

    private static string? Text(JsonElement parent, string member) => parent.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement parent, string member) => parent.TryGetProperty(member, out var value) && value.TryGetInt32(out var number) ? number : null;
}
