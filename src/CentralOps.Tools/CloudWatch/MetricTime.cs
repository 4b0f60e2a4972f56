using System.Globalization;

namespace CentralOps.Tools.CloudWatch;

/// <summary>Times as answers and AWS's inputs spell them.</summary>
internal static class MetricTime
{
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
