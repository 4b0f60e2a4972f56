using CentralOps.Tools.CloudWatch;

namespace CentralOps.Tools.Tests.CloudWatch;

public sealed class QueryBatchesTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(500, 1)]
    [InlineData(501, 2)]
    [InlineData(1250, 3)]
    public void Plain_metrics_are_asked_by_five_hundred(int count, int batches)
    {
        var made = QueryBatches.Of([.. Enumerable.Range(0, count).Select(static number => Metric($"m{number}"))])!;
        made.Count.ShouldBe(batches);
        made.ShouldAllBe(static batch => batch.Count <= QueryBatches.Size);
        made.Sum(static batch => batch.Count).ShouldBe(count);
    }

    [Fact]
    public void An_expression_is_asked_with_what_it_speaks_of()
    {
        var queries = Enumerable.Range(0, 900).Select(static number => Metric($"m{number}")).Append(Math("sum", "m3+m899")).Append(Math("twice", "2 * sum")).ToList();
        var batch = QueryBatches.Of(queries)!.Single(static batch => batch.Any(static query => query.Id == "twice"));
        batch.Select(static query => query.Id).Intersect(["m3", "m899", "sum", "twice"]).Count().ShouldBe(4);
    }

    [Fact]
    public void What_belongs_together_and_does_not_fit_one_call_is_told() =>
        QueryBatches.Of([.. Enumerable.Range(0, 500).Select(static number => Metric($"m{number}")), Math("all", "SUM(METRICS())")]).ShouldBeNull();

    private static MetricQuery Metric(string id) => new(id, null, null, null, true) { Namespace = "N", MetricName = "M" };

    private static MetricQuery Math(string id, string expression) => new(id, expression, null, null, true);
}
