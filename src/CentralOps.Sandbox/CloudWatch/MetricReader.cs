using CentralOps.Sandbox.CloudWatch.Expressions;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Estates.Alarms;

namespace CentralOps.Sandbox.CloudWatch;

/// <summary>Answers the queries of one request; each is worked out once, and one that leads back to itself is refused.</summary>
internal sealed class MetricReader(Estate estate, string account, string region, IReadOnlyList<MetricQuery> queries, Func<int, TimeWindow> window)
{
    private readonly HashSet<Metric> _known = [.. MetricCatalog.Of(estate.Resources(account, region))];
    private readonly Dictionary<string, Operand> _done = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    /// <summary>The series of a query; an expression over an array has several.</summary>
    /// <exception cref="ExpressionException">An expression cannot be worked out.</exception>
    public IReadOnlyList<Series> Read(MetricQuery query)
    {
        var value = Evaluate(query);
        return value.Number is null ? value.Many : throw new ExpressionException("The expression does not give a time series");
    }

    private Operand Evaluate(MetricQuery query)
    {
        if (_done.TryGetValue(query.Id, out var done))
        {
            return done;
        }

        if (!_open.Add(query.Id))
        {
            throw new ExpressionException($"The expression '{query.Id}' leads back to itself");
        }

        var value = query.Metric is { } metric
            ? Operand.Of(Measure(query, metric))
            : Expression.Evaluate(query.Expression!, id => queries.FirstOrDefault(other => string.Equals(other.Id, id, StringComparison.Ordinal)) is { } other ? Evaluate(other) : null, Metrics);
        return _done[query.Id] = value;
    }

    private Series[] Metrics(string? part) =>
        [.. queries.Where(query => query.Metric is not null && (part is null || query.Id.Contains(part, StringComparison.Ordinal))).Select(query => Evaluate(query).Many[0])];

    private Series Measure(MetricQuery query, Metric metric)
    {
        var empty = new Series(metric.Name, query.Period, []);
        if (!_known.Contains(metric))
        {
            return empty;
        }

        var series = new MetricSeries(estate.Seed, account + region, metric);
        var span = window(query.Period);
        return empty.With(Enumerable.Range(0, (int)span.Count).Select(index =>
        {
            var second = span.Start + ((long)index * span.Period);
            return (second, query.Statistic.Of(series.Samples(second, span.Period)));
        }));
    }
}
