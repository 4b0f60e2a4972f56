namespace CentralOps.Sandbox.CloudWatch;

/// <summary>How the values of a metric look: a unit, a range, and whether they are whole numbers.</summary>
internal sealed record MetricProfile(string Unit, double Low, double High, bool Whole = false)
{
    public static MetricProfile Of(string metricName) => metricName switch
    {
        "CPUUtilization" or "MemoryUtilization" => new("Percent", 2, 85),
        "NetworkIn" or "NetworkOut" => new("Bytes", 10_000, 50_000_000, Whole: true),
        "StatusCheckFailed" => new("Count", 0, 0.4, Whole: true),
        "DatabaseConnections" => new("Count", 1, 180, Whole: true),
        "FreeStorageSpace" => new("Bytes", 5_000_000_000, 60_000_000_000, Whole: true),
        "ReadLatency" => new("Seconds", 0.0002, 0.02),
        "Duration" => new("Milliseconds", 5, 900),
        "Invocations" => new("Count", 0, 4_000, Whole: true),
        "Errors" or "Throttles" => new("Count", 0, 12, Whole: true),
        _ => new("None", 0, 100),
    };
}
