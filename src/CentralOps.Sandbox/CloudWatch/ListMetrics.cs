using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Estates.Alarms;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.CloudWatch;

/// <summary>The metrics that there are, 500 at a time.</summary>
internal sealed class ListMetrics(Estate estate, PageTokens tokens) : Operation
{
    private const int PageSize = 500;

    private static readonly PageRules Pages = new()
    {
        Limit = "",
        Default = PageSize,
        Max = PageSize,
        BadLimit = static _ => CloudWatchErrors.BadToken,
        BadToken = CloudWatchErrors.Value("Invalid nextToken"),
    };

    public override string Name => "ListMetrics";

    public override string Action => "cloudwatch:ListMetrics";

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken)
    {
        if (call.Text("RecentlyActive") is { } recent && recent is not "PT3H")
        {
            return new(CloudWatchErrors.Value($"The value {recent} for parameter RecentlyActive is not supported. Use PT3H."));
        }

        var (space, name) = (call.Text("Namespace"), call.Text("MetricName"));
        var dimensions = MetricQuery.Dimensions(call.Input).ToArray();
        var metrics = MetricCatalog.Of(estate.Resources(call.Caller.AccountId, call.Region))
            .Where(metric => (space is null || metric.Namespace.Equals(space, StringComparison.Ordinal))
                && (name is null || metric.Name.Equals(name, StringComparison.Ordinal))
                && Array.TrueForAll(dimensions, wanted => metric.Dimensions.Any(has => Fits(has, wanted))))
            .ToArray();
        var question = $"{Name}/{space}/{name}/{string.Join(',', dimensions)}";
        var (page, error) = Page<Metric>.Of(call, Pages, question, metrics, tokens);
        return new(page is null ? error! : new JsonObject { ["Metrics"] = JsonList.Of(page.Items, AlarmShape.Of), ["NextToken"] = page.Next });
    }

    private static bool Fits(Dimension has, (string Name, string? Value) wanted) =>
        has.Name.Equals(wanted.Name, StringComparison.Ordinal) && (wanted.Value is null || has.Value.Equals(wanted.Value, StringComparison.Ordinal));
}
