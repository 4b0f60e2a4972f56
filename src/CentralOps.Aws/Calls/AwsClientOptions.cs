using System.Globalization;

namespace CentralOps.Aws.Calls;

/// <summary>Settings of the client. A value out of range throws where it is set.</summary>
public sealed record AwsClientOptions
{
    private const int MostAttempts = 10;

    /// <summary>Attempts in all, 1 to 10; null: as many as AWS's standard mode makes, which is 3, and 4 for DynamoDB.</summary>
    public int? MaxAttempts { get; init => field = value is { } attempts ? CheckAttempts(attempts) : null; }

    /// <summary>Time for one attempt, body included; 1 ms to 15 minutes.</summary>
    public TimeSpan AttemptTimeout { get; init => field = CheckTimeout(value); } = TimeSpan.FromSeconds(60);

    /// <summary>The largest answer that is read, in bytes, 1 to 1 GiB.</summary>
    public int MaxResponseBytes { get; init => field = CheckBytes(value); } = 64 * 1024 * 1024;

    /// <summary>Application id in the User-Agent (<c>app/…</c>).</summary>
    public string ApplicationId { get; init; } = "centralops";

    /// <summary>Spreads the waits between attempts. Has to be safe for concurrent use.</summary>
    public Random Jitter { get; init; } = Random.Shared;

    /// <summary>
    /// The standard settings <c>AWS_MAX_ATTEMPTS</c> and <c>AWS_SDK_UA_APP_ID</c>, through a lookup such as the process environment's.
    /// <c>AWS_RETRY_MODE</c> is not read: there is the standard mode, and no other.
    /// </summary>
    /// <exception cref="FormatException">Names the setting which is wrong, and the repair.</exception>
    public static AwsClientOptions Read(Func<string, string?> setting)
    {
        var options = new AwsClientOptions();
        if (setting("AWS_MAX_ATTEMPTS")?.Trim() is { Length: > 0 } text)
        {
            options = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var attempts) && attempts is >= 1 and <= MostAttempts
                ? options with { MaxAttempts = attempts }
                : throw new FormatException($"The setting AWS_MAX_ATTEMPTS is not a whole number from 1 to {MostAttempts}. Correct it or unset it.");
        }

        return setting("AWS_SDK_UA_APP_ID") is { Length: > 0 } application ? options with { ApplicationId = application } : options;
    }

    internal static int CheckAttempts(int maxAttempts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxAttempts, MostAttempts);
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
