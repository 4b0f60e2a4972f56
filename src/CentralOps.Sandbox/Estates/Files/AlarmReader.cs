using CentralOps.Sandbox.Estates.Alarms;

namespace CentralOps.Sandbox.Estates.Files;

/// <summary>CloudWatch alarms on one metric each.</summary>
internal static class AlarmReader
{
    public static IReadOnlyList<MetricAlarm> Read(Section region)
    {
        List<MetricAlarm> alarms = [];
        foreach (var section in DeclaredPlace.Named(region, "alarms", static text => text.Length is > 0 and <= 255, "1 to 255 characters"))
        {
            var dimensions = section.Pairs("dimensions").Select(pair => new Dimension(pair.Key, pair.Value)).OrderBy(dimension => dimension.Name, StringComparer.Ordinal).ToArray();
            var metric = new Metric(section.Text("namespace", "AWS/EC2"), section.Text("metric", "CPUUtilization"), dimensions);
            alarms.Add(new MetricAlarm(section.Text("name", ""), metric, section.Real("threshold", 80))
            {
                Description = section.Text("description", ""),
                Comparison = section.OneOf("comparison", "GreaterThanThreshold", "GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold"),
                Statistic = section.OneOf("statistic", "Average", "SampleCount", "Average", "Sum", "Minimum", "Maximum"),
                PeriodSeconds = section.Number("period", 300, 10, 86_400),
                EvaluationPeriods = section.Number("periods", 3, 1, 100),
                State = section.OneOf("state", "OK", "OK", "ALARM", "INSUFFICIENT_DATA"),
                StateSince = section.Time("since", DeclaredPlace.Made),
                AlarmActions = section.Texts("actions"),
                Tags = DeclaredPlace.Tags(section),
            });
        }

        return [.. alarms.OrderBy(alarm => alarm.Name, StringComparer.Ordinal)];
    }
}
