namespace CentralOps.Sandbox.CloudWatch;

/// <summary>The periods that a question covers: from a start that is rounded down to a period, up to but not at the end, and never in the future.</summary>
internal readonly record struct TimeWindow(long Start, long End, int Period)
{
    public long Count => Math.Max(0, (End - Start + Period - 1) / Period);

    public static TimeWindow Of(DateTimeOffset start, DateTimeOffset end, int period, DateTimeOffset now)
    {
        // Fine data goes first: below five minutes after 15 days, below an hour after 63, all after 455.
        var kept = period switch { < 300 => 15, < 3600 => 63, _ => 455 };
        var oldest = now.AddDays(-kept);
        var from = (start < oldest ? oldest : start).ToUnixTimeSeconds();
        var to = Math.Min(end.ToUnixTimeSeconds(), now.ToUnixTimeSeconds());
        return new TimeWindow(from - (from % period), to, period);
    }

    public static bool IsPeriod(long seconds) => seconds is 1 or 5 or 10 or 20 or 30 || (seconds > 0 && seconds % 60 == 0 && seconds <= 86_400 * 7);
}
