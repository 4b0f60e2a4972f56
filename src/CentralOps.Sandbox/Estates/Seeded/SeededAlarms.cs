using System.Globalization;
using CentralOps.Sandbox.Estates.Alarms;

namespace CentralOps.Sandbox.Estates.Seeded;

/// <summary>Alarms on the instances, databases, functions and services that are there.</summary>
internal static class SeededAlarms
{
    public static (IReadOnlyList<MetricAlarm> Metric, IReadOnlyList<CompositeAlarm> Composite) Of(Cell cell, RegionResources resources)
    {
        var dice = cell.Dice("alarms");
        List<MetricAlarm> alarms = [];
        var topic = $"arn:aws:sns:{cell.Region}:{cell.Account.Id}:{cell.Environment}-alerts";
        foreach (var (subject, metric, threshold) in Subjects(cell, resources))
        {
            var name = $"{cell.Environment}-{subject}-{metric.Name}";
            alarms.Add(new MetricAlarm(Cell.Hostile(dice, name, 4) is var chosen && alarms.Exists(alarm => string.Equals(alarm.Name, chosen, StringComparison.Ordinal)) ? name : chosen, metric, threshold)
            {
                Description = Cell.Hostile(dice, $"{metric.Name} of {subject} is above {threshold.ToString(CultureInfo.InvariantCulture)}"),
                State = dice.Roll(100) switch { < 80 => "OK", < 92 => "ALARM", _ => "INSUFFICIENT_DATA" },
                StateSince = Cell.Past(dice, 60),
                ActionsEnabled = dice.Chance(90),
                AlarmActions = [topic],
                Tags = cell.Tags(dice, name),
            });
        }

        var sorted = alarms.OrderBy(alarm => alarm.Name, StringComparer.Ordinal).ToArray();
        return (sorted, Composite(cell, dice, sorted, topic));
    }

    private static IEnumerable<(string Subject, Metric Metric, double Threshold)> Subjects(Cell cell, RegionResources resources)
    {
        for (var i = 0; i < cell.Scale / 6; i++)
        {
            var instance = resources.Fleet.Instances[i];
            yield return (instance.Id, new Metric("AWS/EC2", "CPUUtilization", new Dimension("InstanceId", instance.Id)), 80);
        }

        foreach (var database in resources.DatabaseInstances.Take(6))
        {
            yield return (database.Id, new Metric("AWS/RDS", "FreeStorageSpace", new Dimension("DBInstanceIdentifier", database.Id)), 10_000_000_000);
        }

        foreach (var function in resources.Functions.Take(4))
        {
            yield return (function.Name, new Metric("AWS/Lambda", "Errors", new Dimension("FunctionName", function.Name)), 5);
        }
    }

    private static CompositeAlarm[] Composite(Cell cell, Dice dice, MetricAlarm[] alarms, string topic)
    {
        var plain = alarms.Where(alarm => !alarm.Name.Contains('"', StringComparison.Ordinal)).Take(2).Select(alarm => alarm.Name).ToArray();
        return plain.Length < 2
            ? []
            :
            [
                new CompositeAlarm($"{cell.Environment}-service-degraded", string.Join(" OR ", plain.Select(name => $"ALARM(\"{name}\")")), plain)
                {
                    Description = "Any of the first two",
                    State = alarms.Where(alarm => plain.Contains(alarm.Name, StringComparer.Ordinal)).Any(alarm => alarm.State is "ALARM") ? "ALARM" : "OK",
                    StateSince = Cell.Past(dice, 60),
                    AlarmActions = [topic],
                },
            ];
    }
}
