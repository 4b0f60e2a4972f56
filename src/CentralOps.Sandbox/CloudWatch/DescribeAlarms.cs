using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Estates.Alarms;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.CloudWatch;

/// <summary>Metric alarms, and composite ones where they are asked for.</summary>
internal sealed class DescribeAlarms(Estate estate, PageTokens tokens) : Operation
{
    private const int MaxNames = 100;

    private static readonly PageRules Pages = new()
    {
        Limit = "MaxRecords",
        Default = 50,
        Max = 100,
        BadLimit = static asked => CloudWatchErrors.Invalid($"1 validation error detected: Value '{asked}' at 'maxRecords' failed to satisfy constraint: Member must have value {(asked < 1 ? "greater than or equal to 1" : "less than or equal to 100")}"),
        BadToken = CloudWatchErrors.BadToken,
    };

    private sealed record Alarm(string Name, string State, IReadOnlyList<string> Actions, IReadOnlyList<string> Children, bool Composite, JsonObject Shape);

    public override string Name => "DescribeAlarms";

    public override string Action => "cloudwatch:DescribeAlarms";

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken) => new(Answer(call));

    private OperationAnswer Answer(OperationCall call)
    {
        var (names, prefix, types) = (call.Texts("AlarmNames"), call.Text("AlarmNamePrefix"), call.Texts("AlarmTypes"));
        if (names.Count > MaxNames)
        {
            return CloudWatchErrors.Invalid($"1 validation error detected: Value at 'alarmNames' failed to satisfy constraint: Member must have length less than or equal to {MaxNames}");
        }

        if (names.Count > 0 && prefix is not null)
        {
            return CloudWatchErrors.Combination("AlarmNamePrefix cannot be specified together with AlarmNames.");
        }

        if (call.Text("StateValue") is { } state && state is not ("OK" or "ALARM" or "INSUFFICIENT_DATA"))
        {
            return CloudWatchErrors.Invalid($"1 validation error detected: Value '{state}' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]");
        }

        var resources = estate.Resources(call.Caller.AccountId, call.Region);
        var question = string.Join('/', [Name, prefix, .. names, "|", .. types, call.Text("StateValue"), call.Text("ActionPrefix"), call.Text("ChildrenOfAlarmName"), call.Text("ParentsOfAlarmName")]);
        var alarms = All(resources, call).Where(alarm => Fits(alarm, call, names, prefix, types, resources)).ToArray();
        var (page, error) = Page<Alarm>.Of(call, Pages, question, alarms, tokens);
        return page is null
            ? error!
            : new JsonObject
            {
                ["CompositeAlarms"] = JsonList.Of(page.Items.Where(alarm => alarm.Composite), static alarm => alarm.Shape),
                ["MetricAlarms"] = JsonList.Of(page.Items.Where(alarm => !alarm.Composite), static alarm => alarm.Shape),
                ["NextToken"] = page.Next,
            };
    }

    private static IEnumerable<Alarm> All(RegionResources resources, OperationCall call)
    {
        var (account, region) = (call.Caller.AccountId, call.Region);
        return
        [
            .. resources.CompositeAlarms.Select(alarm => new Alarm(alarm.Name, alarm.State, alarm.AlarmActions, alarm.Children, Composite: true, AlarmShape.Of(alarm, account, region))),
            .. resources.MetricAlarms.Select(alarm => new Alarm(alarm.Name, alarm.State, alarm.AlarmActions, [], Composite: false, AlarmShape.Of(alarm, account, region))),
        ];
    }

    private static bool Fits(Alarm alarm, OperationCall call, IReadOnlyList<string> names, string? prefix, IReadOnlyList<string> types, RegionResources resources)
    {
        // Without types AWS tells of metric alarms only, unless the question is about a composite one.
        var family = call.Text("ChildrenOfAlarmName") ?? call.Text("ParentsOfAlarmName");
        var type = alarm.Composite ? "CompositeAlarm" : "MetricAlarm";
        return (types.Count == 0 ? family is not null || !alarm.Composite : types.Contains(type, StringComparer.Ordinal))
            && (names.Count == 0 || names.Contains(alarm.Name, StringComparer.Ordinal))
            && (prefix is null || alarm.Name.StartsWith(prefix, StringComparison.Ordinal))
            && (call.Text("StateValue") is not { } state || state.Equals(alarm.State, StringComparison.Ordinal))
            && (call.Text("ActionPrefix") is not { } action || alarm.Actions.Any(arn => arn.StartsWith(action, StringComparison.Ordinal)))
            && (call.Text("ChildrenOfAlarmName") is not { } parent || resources.CompositeAlarms.Any(composite => composite.Name.Equals(parent, StringComparison.Ordinal) && composite.Children.Contains(alarm.Name, StringComparer.Ordinal)))
            && (call.Text("ParentsOfAlarmName") is not { } child || alarm.Children.Contains(child, StringComparer.Ordinal));
    }
}
