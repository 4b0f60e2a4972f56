namespace CentralOps.Accounts.Quotas;

/// <summary>A point of the clock that never jumps, after which an answer is of no use.</summary>
public readonly record struct Deadline
{
    private Deadline(long timestamp) => Timestamp = timestamp;

    /// <summary>As <see cref="TimeProvider.GetTimestamp"/> counts.</summary>
    public long Timestamp { get; }

    public static Deadline In(TimeSpan left, TimeProvider time) => After(time.GetTimestamp(), left, time);

    /// <param name="timestamp">Of the beginning, as <paramref name="time"/> counts.</param>
    public static Deadline After(long timestamp, TimeSpan left, TimeProvider time) =>
        new(timestamp + (long)(left.TotalSeconds * time.TimestampFrequency));
}
