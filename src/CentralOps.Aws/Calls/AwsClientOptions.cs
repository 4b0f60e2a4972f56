namespace CentralOps.Aws.Calls;

/// <summary>Settings of the client. A value out of range throws where it is set.</summary>
public sealed record AwsClientOptions
{
    /// <summary>Attempts in all, 1 to 10. AWS's standard mode makes 3.</summary>
    public int MaxAttempts { get; init => field = CheckAttempts(value); } = 3;

    /// <summary>Time for one attempt, body included; 1 ms to 15 minutes.</summary>
    public TimeSpan AttemptTimeout { get; init => field = CheckTimeout(value); } = TimeSpan.FromSeconds(60);

    /// <summary>The largest answer that is read, in bytes, 1 to 1 GiB.</summary>
    public int MaxResponseBytes { get; init => field = CheckBytes(value); } = 64 * 1024 * 1024;

    /// <summary>Application id in the User-Agent (<c>app/…</c>).</summary>
    public string ApplicationId { get; init; } = "centralops";

    /// <summary>Spreads the waits between attempts. Has to be safe for concurrent use.</summary>
    public Random Jitter { get; init; } = Random.Shared;

    internal static int CheckAttempts(int maxAttempts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxAttempts, 10);
        return maxAttempts;
    }

    internal static TimeSpan CheckTimeout(TimeSpan attemptTimeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attemptTimeout, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(attemptTimeout, TimeSpan.FromMinutes(15));
        return attemptTimeout;
    }

    private static int CheckBytes(int maxResponseBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxResponseBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxResponseBytes, 1024 * 1024 * 1024);
        return maxResponseBytes;
    }
}
