namespace CentralOps.Sandbox.AwsMcp;

/// <summary>What settings may say.</summary>
internal static class AwsMcpRules
{
    /// <summary>Throws <see cref="ArgumentException"/> that names the first setting which does not fit, and its range.</summary>
    public static void Check(AwsMcpOptions options)
    {
        Demand(options.RequestsPerSecond is >= 0.1 and <= 100_000, nameof(options.RequestsPerSecond), "0.1 to 100,000");
        Demand(options.Burst is >= 1 and <= 100_000, nameof(options.Burst), "1 to 100,000");
        Demand(options.ConcurrentRequests is >= 1 and <= 10_000, nameof(options.ConcurrentRequests), "1 to 10,000");
        Demand(options.Sessions is >= 1 and <= 10_000, nameof(options.Sessions), "1 to 10,000");
        Demand(options.SessionIdle >= TimeSpan.FromSeconds(1) && options.SessionIdle <= TimeSpan.FromDays(1), nameof(options.SessionIdle), "1 s to 24 hours");
        Demand(options.ScriptTime >= TimeSpan.FromSeconds(1) && options.ScriptTime <= TimeSpan.FromMinutes(15), nameof(options.ScriptTime), "1 s to 15 minutes");
        Demand(options.ConcurrentScripts is >= 1 and <= 64, nameof(options.ConcurrentScripts), "1 to 64");
        Demand(options.Python is null || Path.IsPathFullyQualified(options.Python), nameof(options.Python), "a full path, or null");
    }

    private static void Demand(bool fits, string setting, string range)
    {
        if (!fits)
        {
            throw new ArgumentException($"AwsMcp.{setting}: give {range}.", setting);
        }
    }
}
