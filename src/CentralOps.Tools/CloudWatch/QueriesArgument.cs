using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Schemas;

namespace CentralOps.Tools.CloudWatch;

/// <summary>Metrics and expressions to ask for.</summary>
internal sealed class QueriesArgument : Argument<IReadOnlyList<MetricQuery>>
{
    private const int MaxQueries = 5000;
    private const int MaxDimensions = 30;
    private const string UsualStat = "Average";
    private const string QueryExample = """[{"Namespace": "AWS/EC2", "MetricName": "CPUUtilization", "Dimensions": [{"Name": "InstanceId", "Value": "i-0123456789abcdef0"}]}]""";
    private const string DimensionExample = """[{"Name": "InstanceId", "Value": "i-0123456789abcdef0"}]""";

    public QueriesArgument()
        : base("queries", "Metrics (Namespace and MetricName) and expressions (Expression) over them or over searches, such as SUM(METRICS()).") => IsRequired = true;

    protected override IReadOnlyList<MetricQuery> ReadValue(ArgumentReader reader)
    {
        var number = 0;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        return reader.Objects(Name, MaxQueries, QueryExample, query => Read(query, $"q{++number}", ids), isRequired: true);
    }

    protected override void WriteValue(IReadOnlyList<MetricQuery> value, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var query in value)
        {
            query.Write(period: 0, json);
        }

        json.WriteEndArray();
    }

    protected override void Describe(JsonObject schema, string home)
    {
        var dimension = AnswerSchema.Object(("Name", AnswerSchema.Text("The dimension's name.")), ("Value", AnswerSchema.Text("Its value.")));
        dimension["additionalProperties"] = false;
        var dimensions = AnswerSchema.List(dimension, "Dimensions of the metric, all that it has: CloudWatch finds no metric by some of them.");
        dimensions["maxItems"] = MaxDimensions;
        var stat = AnswerSchema.Text("Statistic: Average, Sum, Minimum, Maximum, SampleCount, or a percentile such as p99.");
        stat["default"] = UsualStat;
        var returned = AnswerSchema.Flag("false for a metric that only an expression needs.");
        returned["default"] = true;
        var query = AnswerSchema.Object(
            ("Id", AnswerSchema.Text("Name by which expressions and the answer mean this query; q1, q2, ... when left out.")),
            ("Namespace", AnswerSchema.Text("Such as AWS/EC2.")),
            ("MetricName", AnswerSchema.Text("Such as CPUUtilization.")),
            ("Dimensions", dimensions),
            ("Stat", stat),
            ("Unit", AnswerSchema.Text("Only data points of this unit.")),
            ("Expression", AnswerSchema.Text("Metric math or a SEARCH, instead of a metric.")),
            ("Label", AnswerSchema.Text("What to call it in the answer.")),
            ("Period", AnswerSchema.Integer("Seconds a data point covers, where it differs from period.")),
            ("ReturnData", returned));
        query.Remove("required");
        query["additionalProperties"] = false;
        schema["type"] = "array";
        schema["items"] = query;
        schema["maxItems"] = MaxQueries;
    }

    private static MetricQuery Read(ArgumentReader query, string usualId, HashSet<string> ids)
    {
        var id = query.Text("Id", maxLength: 255) ?? usualId;
        var metric = new MetricQuery(
            id,
            query.Text("Expression", maxLength: 2048),
            query.Text("Label", maxLength: 2048),
            query.Integer("Period", null, 1, 86400 * 365) is var period and > 0 ? period : null,
            query.Flag("ReturnData", otherwise: true))
        {
            Namespace = query.Text("Namespace", maxLength: 255),
            MetricName = query.Text("MetricName", maxLength: 255),
            Dimensions = query.Objects("Dimensions", MaxDimensions, DimensionExample, static dimension => (dimension.RequiredText("Name", 255), dimension.RequiredText("Value", 1024))),
            Stat = query.Text("Stat", maxLength: 64) ?? UsualStat,
            Unit = query.Text("Unit", maxLength: 64),
        };
        Check(metric, query, ids);
        return metric;
    }

    private static void Check(MetricQuery metric, ArgumentReader query, HashSet<string> ids)
    {
        if (metric.Id is not [>= 'a' and <= 'z', ..] || !metric.Id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_'))
        {
            query.Note("Id", "has to begin with a small letter and hold letters, digits and underscores only", "Write Id as in cpu or m1");
        }
        else if (!ids.Add(metric.Id))
        {
            query.Note("Id", $"is '{metric.Id}', which another query has too", "Give each query an Id of its own");
        }

        if (metric.Expression is null && (metric.Namespace is null || metric.MetricName is null))
        {
            query.Note("MetricName", "is not given with a Namespace, and there is no Expression either", "Give Namespace and MetricName, or Expression");
        }
        else if (metric.Expression is not null && (metric.MetricName ?? metric.Namespace) is not null)
        {
            query.Note("Expression", "is given together with a metric", "Give Namespace and MetricName, or Expression, in a query each");
        }
    }
}
