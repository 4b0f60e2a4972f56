using System.Text.Json;
using CentralOps.Accounts.Entry;
using CentralOps.Aws.Projections;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Listings;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.CloudWatch;

/// <summary>https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html</summary>
internal sealed class ListCloudWatchAlarms : ListingTool
{
    private static readonly ChoiceArgument Type = new("alarm_type", "Only alarms of this type; both when left out.", "MetricAlarm", "CompositeAlarm");

    public override string Name => "list_cloudwatch_alarms";

    public override string Subject => "cloudwatch";

    private protected override string Description =>
        "List CloudWatch alarms, metric and composite, in one AWS account and region: state and why, metric, threshold, actions. Read-only.";

    private protected override string Example => """{"account_id": "222222222222", "region": "us-east-1", "state_value": "ALARM"}""";

    private protected override IReadOnlyList<Argument> Own { get; } =
    [
        new ChoiceArgument("state_value", "Only alarms in this state.", "OK", "ALARM", "INSUFFICIENT_DATA") { Member = "StateValue" },
        new TextArgument("alarm_name_prefix", "Only alarms whose names begin with this; not together with alarm_names.") { Member = "AlarmNamePrefix", MaxLength = 255 },
        new TextsArgument("alarm_names", "Only these alarms, by their names.", maxCount: 100) { Member = "AlarmNames", MaxLength = 255 },
        new TextArgument("action_prefix", "Only alarms with an action whose ARN begins with this.") { Member = "ActionPrefix" },
        Type,
    ];

    private protected override Resource Resource { get; } = new("alarm", "cloudwatch:DescribeAlarms", "MetricAlarms", "CompositeAlarms")
    {
        Fields =
        [
            Field.Value("AlarmName"),
            Field.Value("StateValue"),
            Field.Value("StateReason"),
            Field.Value("StateUpdatedTimestamp"),
            Field.Value("Namespace"),
            Field.Value("MetricName"),
            Field.Value("Dimensions"),
            Field.Value("Statistic"),
            Field.Value("ExtendedStatistic"),
            Field.Value("Period"),
            Field.Value("EvaluationPeriods"),
            Field.Value("DatapointsToAlarm"),
            Field.Value("ComparisonOperator"),
            Field.Value("Threshold"),
            Field.Value("TreatMissingData"),
            Field.Value("Metrics"),
            Field.Value("AlarmRule"),
            Field.Value("ActionsEnabled"),
            Field.Value("AlarmActions"),
            Field.Value("AlarmDescription"),
            Field.Value("AlarmArn"),
        ],
        Words = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["StateValue"] = "OK, ALARM or INSUFFICIENT_DATA.",
            ["Period"] = "Seconds.",
            ["Metrics"] = "The queries of an alarm on a metric math expression, which has no MetricName of its own.",
            ["AlarmRule"] = "The rule of a composite alarm; null for a metric alarm.",
        },
    };

    private protected override IPages Pages(OpenAccount door, ArgumentValues arguments) =>
        new SideBySidePages(door, Resource, json => WriteMembers(arguments, json));

    private static void WriteMembers(ArgumentValues arguments, Utf8JsonWriter json)
    {
        arguments.WriteMembers(json);

        // Asked for no type, AWS answers metric alarms only.
        json.WriteStartArray("AlarmTypes"u8);
        foreach (var type in arguments.Of(Type) is { } one ? [one] : Type.Choices)
        {
            json.WriteStringValue(type);
        }

        json.WriteEndArray();
    }
}
