namespace CentralOps.Sandbox.Faults;

/// <summary>The sandbox's clock: right, unless a fault sets it wrong. Timers run as they should either way.</summary>
internal sealed class SkewedTime(TimeProvider time, Func<TimeSpan> skew) : TimeProvider
{
    public override long TimestampFrequency => time.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + skew();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
