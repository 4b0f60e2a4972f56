using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates.Alarms;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.CloudWatch;

/// <summary>AWS's structures <c>MetricAlarm</c>, <c>CompositeAlarm</c> and <c>Metric</c>.</summary>
internal static class AlarmShape
{
    public static JsonObject Of(Metric metric) => new()
    {
        ["Namespace"] = metric.Namespace,
        ["MetricName"] = metric.Name,
        ["Dimensions"] = Dimensions(metric),
    };

    public static JsonObject Of(MetricAlarm alarm, string account, string region)
    {
        var shape = Common(alarm.Name, alarm.Description, alarm.State, alarm.StateSince, alarm.AlarmActions, account, region);
        shape["ActionsEnabled"] = alarm.ActionsEnabled;
        shape["Namespace"] = alarm.Metric.Namespace;
        shape["MetricName"] = alarm.Metric.Name;
        shape["Dimensions"] = Dimensions(alarm.Metric);
        shape["Statistic"] = alarm.Statistic;
        shape["Period"] = alarm.PeriodSeconds;
        shape["EvaluationPeriods"] = alarm.EvaluationPeriods;
        shape["DatapointsToAlarm"] = alarm.EvaluationPeriods;
        shape["Threshold"] = alarm.Threshold;
        shape["ComparisonOperator"] = alarm.Comparison;
        shape["TreatMissingData"] = "missing";
        return shape;
    }

    public static JsonObject Of(CompositeAlarm alarm, string account, string region)
    {
        var shape = Common(alarm.Name, alarm.Description, alarm.State, alarm.StateSince, alarm.AlarmActions, account, region);
        shape["ActionsEnabled"] = true;
        shape["AlarmRule"] = alarm.Rule;
        return shape;
    }

    public static string Arn(string name, string account, string region) => $"arn:aws:cloudwatch:{region}:{account}:alarm:{name}";

    private static JsonArray Dimensions(Metric metric) =>
        JsonList.Of(metric.Dimensions, static dimension => new JsonObject { ["Name"] = dimension.Name, ["Value"] = dimension.Value });

    private static JsonObject Common(
        string name, string description, string state, DateTimeOffset since, IReadOnlyList<string> actions, string account, string region) => new()
    {
        ["AlarmName"] = name,
        ["AlarmArn"] = Arn(name, account, region),
        ["AlarmDescription"] = description,
        ["AlarmConfigurationUpdatedTimestamp"] = since.AddDays(-30).UtcDateTime,
        ["AlarmActions"] = JsonList.Of(actions),
        ["OKActions"] = new JsonArray(),
        ["InsufficientDataActions"] = new JsonArray(),
        ["StateValue"] = state,
        ["StateReason"] = state is "INSUFFICIENT_DATA" ? "Unchecked: Initial alarm creation" : "Threshold Crossed",
        ["StateUpdatedTimestamp"] = since.UtcDateTime,
        ["StateTransitionedTimestamp"] = since.UtcDateTime,
    };
}
