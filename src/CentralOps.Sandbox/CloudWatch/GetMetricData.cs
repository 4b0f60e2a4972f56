using System.Text.Json.Nodes;
using CentralOps.Sandbox.CloudWatch.Expressions;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.CloudWatch;

/// <summary>Up to 500 metrics and expressions at once; a page counts points, so a series may go on over a page's end.</summary>
internal sealed class GetMetricData(Estate estate, PageTokens tokens) : Operation
{
    private const int MaxPoints = 100_800;

    private static readonly PageRules Pages = new()
    {
        Limit = "MaxDatapoints",
        Default = MaxPoints,
        Max = MaxPoints,
        BadLimit = static asked => CloudWatchErrors.Invalid($"The value {asked} for parameter MaxDatapoints must be between 1 and {MaxPoints}."),
        BadToken = CloudWatchErrors.BadToken,
    };

    public override string Name => "GetMetricData";

    public override string Action => "cloudwatch:GetMetricData";

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken) => new(Answer(call));

    private OperationAnswer Answer(OperationCall call)
    {
        if (call.Time("StartTime") is not { } start || call.Time("EndTime") is not { } end)
        {
            return CloudWatchErrors.Missing(call.Time("StartTime") is null ? "StartTime" : "EndTime");
        }

        if (start >= end)
        {
            return CloudWatchErrors.Invalid("The parameter StartTime must be less than the parameter EndTime.");
        }

        var (queries, invalid) = MetricQuery.ReadAll(call);
        if (invalid is not null)
        {
            return invalid;
        }

        var points = queries.Sum(query => query.Metric is null ? 0 : TimeWindow.Of(start, end, query.Period, call.Now).Count);
        if (points > MaxPoints * 5)
        {
            return CloudWatchErrors.Invalid($"The request asks for {points} data points, more than {MaxPoints * 5} at once. Take a longer period or a shorter time.");
        }

        var reader = new MetricReader(estate, call.Caller.AccountId, call.Region, queries, period => TimeWindow.Of(start, end, period, call.Now));
        List<(MetricQuery Query, Series Series)> results = [];
        foreach (var query in queries.Where(query => query.ReturnsData))
        {
            try
            {
                results.AddRange(reader.Read(query).Select(series => (query, series)));
            }
            catch (ExpressionException problem)
            {
                return CloudWatchErrors.Invalid($"Error in expression '{query.Id}': {problem.Message}.");
            }
        }

        return Answer(call, results, $"{start:O}/{end:O}");
    }

    private OperationAnswer Answer(OperationCall call, List<(MetricQuery Query, Series Series)> results, string span)
    {
        var ascending = call.Text("ScanBy") is "TimestampAscending";
        (int Result, long Second, double Value)[] points =
        [
            .. results.SelectMany((result, index) => (ascending ? result.Series.Values : result.Series.Values.Reverse()).Select(point => (index, point.Key, point.Value))),
        ];
        var question = $"{Name}/{span}/{ascending}/{call.Input.GetProperty("MetricDataQueries").GetRawText()}";
        var (page, error) = Page<(int Result, long Second, double Value)>.Of(call, Pages, question, points, tokens);
        if (page is null)
        {
            return error!;
        }

        var byResult = page.Items.ToLookup(point => point.Result);
        // A result stands in every page on which it has points; one without any stands on the first.
        var first = string.IsNullOrEmpty(call.Text("NextToken"));
        var last = page.Items.Count > 0 ? page.Items[^1].Result : results.Count;
        var shown = Enumerable.Range(0, results.Count).Where(index => byResult.Contains(index) || (first && results[index].Series.Values.Count == 0));
        return new JsonObject
        {
            ["MetricDataResults"] = JsonList.Of(shown, index => new JsonObject
            {
                ["Id"] = results[index].Query.Id,
                ["Label"] = results[index].Query.Label ?? Label(results[index].Query, results[index].Series),
                ["Timestamps"] = JsonList.Of(byResult[index], static point => JsonValue.Create(DateTimeOffset.FromUnixTimeSeconds(point.Second).UtcDateTime)),
                ["Values"] = JsonList.Of(byResult[index], static point => JsonValue.Create(point.Value)),
                ["StatusCode"] = page.Next is not null && index == last ? "PartialData" : "Complete",
            }),
            ["Messages"] = new JsonArray(),
            ["NextToken"] = page.Next,
        };
    }

    private static string Label(MetricQuery query, Series series) => query.Metric is null && series.Label.Length == 0 ? query.Id : series.Label;
}
