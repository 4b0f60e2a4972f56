namespace CentralOps.Tools.CloudWatch;

/// <summary>The period that suits a span of time: some hundred data points, and none finer than CloudWatch still keeps.</summary>
/// <remarks>Kept for 15 days by the minute, for 63 by five minutes, for 455 by the hour.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html</remarks>
internal static class MetricPeriod
{
    private const int MostPoints = 360;

    private static readonly int[] Periods = [60, 300, 900, 3600, 6 * 3600, 86400];

    /// <summary>In seconds.</summary>
    public static int For(DateTimeOffset start, DateTimeOffset end, DateTimeOffset now)
    {
        var finest = (now - start).TotalDays switch
        {
            > 63 => 3600,
            > 15 => 300,
            _ => 60,
        };
        foreach (var period in Periods)
        {
            if (period >= finest && (end - start).TotalSeconds / period <= MostPoints)
            {
                return period;
            }
        }

        return Periods[^1];
    }
}
