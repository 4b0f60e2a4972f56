using CentralOps.Sandbox.CloudWatch;
using CentralOps.Sandbox.Estates;

namespace CentralOps.Sandbox.Tests.Clients;

internal static partial class Cases
{
    private static DateTimeOffset Midnight => new(DateTimeOffset.UtcNow.Date.AddDays(-2), TimeSpan.Zero);

    private static IReadOnlyList<ClientCase> CloudWatch
    {
        get
        {
            var alarms = Production.MetricAlarms;
            var composite = Production.CompositeAlarms[0];
            var metrics = MetricCatalog.Of(Production).ToArray();
            var instance = Production.Fleet.Instances.First(instance => instance.Network is not null).Id;
            return
            [
                new("cloudwatch", "DescribeAlarms") { PageSize = 5, Judge = Tells("MetricAlarms", "AlarmName", alarms.Select(alarm => alarm.Name)) },
                new("cloudwatch", "DescribeAlarms", """{"AlarmTypes": ["CompositeAlarm"]}""") { Judge = answer => { Tells("CompositeAlarms", "AlarmName", [composite.Name])(answer); Counts("MetricAlarms", 0)(answer); } },
                new("cloudwatch", "DescribeAlarms", """{"StateValue": "ALARM"}""") { Judge = Counts("MetricAlarms", alarms.Count(alarm => alarm.State == "ALARM")) },
                new("cloudwatch", "DescribeAlarms", """{"AlarmNamePrefix": "prod-i-"}""") { Judge = Counts("MetricAlarms", alarms.Count(alarm => alarm.Name.StartsWith("prod-i-", StringComparison.Ordinal))) },
                new("cloudwatch", "DescribeAlarms", $$"""{"AlarmNames": [{{Json(alarms[0].Name)}}]}""") { Judge = Counts("MetricAlarms", 1) },
                new("cloudwatch", "DescribeAlarms", $$"""{"ChildrenOfAlarmName": {{Json(composite.Name)}}}""") { Judge = Counts("MetricAlarms", 2) },
                new("cloudwatch", "DescribeAlarms", """{"AlarmNames": ["a"], "AlarmNamePrefix": "b"}""") { Error = "InvalidParameterCombination" },
                new("cloudwatch", "DescribeAlarms", """{"NextToken": "nonsense"}""") { Error = "InvalidNextToken" },
                new("cloudwatch", "DescribeAlarms", """{"MaxRecords": 101}""") { Error = "ValidationError" },
                new("cloudwatch", "DescribeAlarms") { Account = DefaultOrganization.PaymentsId, Error = "AccessDenied" },
                new("cloudwatch", "ListMetrics", """{"Namespace": "AWS/EC2", "MetricName": "CPUUtilization"}""") { Judge = Counts("Metrics", metrics.Count(metric => metric is { Namespace: "AWS/EC2", Name: "CPUUtilization" })) },
                new("cloudwatch", "ListMetrics", $$"""{"Dimensions": [{"Name": "InstanceId", "Value": "{{instance}}"}]}""") { Judge = Counts("Metrics", 4) },
                new("cloudwatch", "ListMetrics", """{"RecentlyActive": "PT9H"}""") { Error = "InvalidParameterValue" },
                new("cloudwatch", "GetMetricData", Data($$"""[{"Id": "m1", "MetricStat": {{Stat(instance, "CPUUtilization", "Average", 3600)}}}]""")) { Judge = answer => answer.GetProperty("MetricDataResults")[0].GetProperty("Values").GetArrayLength().ShouldBe(24) },
                new("cloudwatch", "GetMetricData", Data($$"""[{"Id": "e1", "Expression": "m1 / m2 * 100", "Label": "share"}, {"Id": "m1", "ReturnData": false, "MetricStat": {{Stat(instance, "NetworkIn", "Sum", 3600)}}}, {"Id": "m2", "ReturnData": false, "MetricStat": {{Stat(instance, "NetworkOut", "Sum", 3600)}}}]""")) { Judge = answer => answer.GetProperty("MetricDataResults")[0].GetProperty("Label").GetString().ShouldBe("share") },
                new("cloudwatch", "GetMetricData", Data($$"""[{"Id": "e1", "Expression": "SUM(METRICS())"}, {"Id": "m1", "MetricStat": {{Stat(instance, "NetworkIn", "p90", 7200)}}}, {"Id": "m2", "MetricStat": {{Stat(instance, "NetworkOut", "Maximum", 7200)}}}]""")) { Judge = answer =>
                {
                    var values = Items(answer, "MetricDataResults").ToDictionary(result => result.GetProperty("Id").GetString()!, result => result.GetProperty("Values")[0].GetDouble());
                    values["e1"].ShouldBe(values["m1"] + values["m2"], 0.001);
                } },
                new("cloudwatch", "GetMetricData", Data($$"""[{"Id": "m1", "MetricStat": {{Stat(instance, "CPUUtilization", "Average", 3600)}}}]""", """, "ScanBy": "TimestampAscending" """)) { PageSize = 7, Judge = answer => Items(answer, "MetricDataResults").Sum(result => Items(result, "Values").Count()).ShouldBe(24) },
                new("cloudwatch", "GetMetricData", Data("""[{"Id": "e1", "Expression": "m1 +"}]""")) { Error = "ValidationError" },
                new("cloudwatch", "GetMetricData", Data("""[{"Id": "Big", "Expression": "1"}]""")) { Error = "ValidationError" },
                new("cloudwatch", "GetMetricData", Data("[]")) { Error = "ValidationError" },
                new("cloudwatch", "GetMetricStatistics", Statistics(instance, 3600, """["Average", "Sum", "SampleCount"]""")) { Judge = answer =>
                {
                    Counts("Datapoints", 24)(answer);
                    var point = answer.GetProperty("Datapoints")[0];
                    point.GetProperty("Sum").GetDouble().ShouldBe(point.GetProperty("Average").GetDouble() * point.GetProperty("SampleCount").GetDouble(), 0.001);
                } },
                new("cloudwatch", "GetMetricStatistics", Statistics(instance, 60, """["Average"]""")) { Judge = Counts("Datapoints", 1440) },
                new("cloudwatch", "GetMetricStatistics", Statistics(instance, 30, """["Average"]""")) { Error = "InvalidParameterCombination" },
                new("cloudwatch", "GetMetricStatistics", Statistics(instance, 3600, "[]")) { Error = "InvalidParameterCombination" },
            ];

            static string Span() => $$"""
                "StartTime": "{{Midnight:yyyy-MM-dd}}T00:00:00Z", "EndTime": "{{Midnight.AddDays(1):yyyy-MM-dd}}T00:00:00Z"
                """;

            static string Data(string queries, string more = "") => $$"""{"MetricDataQueries": {{queries}}, {{Span()}} {{more}}}""";

            static string Stat(string instance, string metric, string stat, int period) =>
                $$"""{"Metric": {"Namespace": "AWS/EC2", "MetricName": "{{metric}}", "Dimensions": [{"Name": "InstanceId", "Value": "{{instance}}"}]}, "Period": {{period}}, "Stat": "{{stat}}"}""";

            static string Statistics(string instance, int period, string statistics) =>
                $$"""{"Namespace": "AWS/EC2", "MetricName": "CPUUtilization", "Dimensions": [{"Name": "InstanceId", "Value": "{{instance}}"}], "Period": {{period}}, "Statistics": {{statistics}}, {{Span()}}}""";
        }
    }
}
