using System.Text.Json.Nodes;
using CentralOps.Agent.Questions.Subjects;
using CentralOps.Agent.Questions.Things;

namespace CentralOps.Agent.Questions.Filling;

/// <summary>The CloudWatch metric that a question speaks of, and whose it is.</summary>
/// <param name="Resources">Values of the dimension; none: those of all, by a search.</param>
internal sealed record MetricsAsked(string Namespace, string Metric, string Statistic, string Dimension, IReadOnlyList<string> Resources)
{
    private const int MostQueries = 50;

    private sealed record Known(Subject Subject, string[] Words, string Metric, string Statistic);

    // A row whose words come first is the one that is meant: "network in" before "network".
    private static readonly Known[] Metrics =
    [
        new(Subject.Instances, ["cpu", "processor", "cpu utilization"], "CPUUtilization", "Average"),
        new(Subject.Instances, ["network in", "inbound traffic", "incoming traffic"], "NetworkIn", "Sum"),
        new(Subject.Instances, ["network out", "outbound traffic", "outgoing traffic"], "NetworkOut", "Sum"),
        new(Subject.Instances, ["status check"], "StatusCheckFailed", "Maximum"),
        new(Subject.Functions, ["error", "failure"], "Errors", "Sum"),
        new(Subject.Functions, ["invocation", "invoked", "call"], "Invocations", "Sum"),
        new(Subject.Functions, ["throttle", "throttled", "throttling"], "Throttles", "Sum"),
        new(Subject.Functions, ["duration", "latency", "how long"], "Duration", "Average"),
        new(Subject.Functions, ["concurrency", "concurrent execution"], "ConcurrentExecutions", "Maximum"),
        new(Subject.Databases, ["cpu", "processor", "cpu utilization"], "CPUUtilization", "Average"),
        new(Subject.Databases, ["connection"], "DatabaseConnections", "Average"),
        new(Subject.Databases, ["free storage", "free space", "free disk"], "FreeStorageSpace", "Minimum"),
        new(Subject.Databases, ["freeable memory", "free memory"], "FreeableMemory", "Minimum"),
        new(Subject.Databases, ["read latency"], "ReadLatency", "Average"),
        new(Subject.Databases, ["write latency"], "WriteLatency", "Average"),
        new(Subject.EcsServices, ["cpu"], "CPUUtilization", "Average"),
        new(Subject.EcsServices, ["memory"], "MemoryUtilization", "Average"),
    ];

    /// <returns>Null where it speaks of no metric, or of nothing that has one.</returns>
    public static MetricsAsked? Of(Reading reading)
    {
        var question = reading.Question;
        foreach (var known in Metrics)
        {
            if (!reading.Subjects.Contains(known.Subject) || !question.Says(known.Words))
            {
                continue;
            }

            var resources = known.Subject is Subject.Instances ? reading.Things.Ids("i-") : NamesAsked.Of(reading, known.Subject);

            // "errors" of nothing in particular, at no time, are no measurement: alarms and settings have errors too.
            if (resources.Count > 0 || reading.Span is not null || question.Says("metric", "utilization", "usage", "graph"))
            {
                return new MetricsAsked(NamespaceOf(known.Subject), known.Metric, StatisticOf(question) ?? known.Statistic, DimensionOf(known.Subject), [.. resources.Take(MostQueries)]);
            }
        }

        return null;
    }

    /// <summary>As get_cloudwatch_metrics takes it.</summary>
    public JsonArray Queries() => Resources.Count > 0
        ? [.. Resources.Select(resource => (JsonNode)new JsonObject
        {
            [nameof(Namespace)] = Namespace,
            ["MetricName"] = Metric,
            ["Dimensions"] = new JsonArray(new JsonObject { ["Name"] = Dimension, ["Value"] = resource }),
            ["Stat"] = Statistic,
        })]
        : [new JsonObject { ["Expression"] = $"SEARCH('{{{Namespace},{Dimension}}} MetricName=\"{Metric}\"', '{Statistic}')" }];

    private static string? StatisticOf(Question question) =>
        question.Says("peak", "maximum", "max", "highest") ? "Maximum"
        : question.Says("minimum", "min", "lowest") ? "Minimum"
        : question.Says("average", "avg", "mean") ? "Average"
        : question.Says("p99") ? "p99"
        : null;

    private static string NamespaceOf(Subject subject) => subject switch
    {
        Subject.Functions => "AWS/Lambda",
        Subject.Databases => "AWS/RDS",
        Subject.EcsServices => "AWS/ECS",
        _ => "AWS/EC2",
    };

    private static string DimensionOf(Subject subject) => subject switch
    {
        Subject.Functions => "FunctionName",
        Subject.Databases => "DBInstanceIdentifier",
        Subject.EcsServices => "ServiceName",
        _ => "InstanceId",
    };
}
