using System.Globalization;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Calls;

/// <summary>
/// How long to wait before an attempt, as AWS's standard mode has it since November 2026: full jitter under a bound that doubles, from a base
/// that is short where a fault may pass and long where AWS asks for time.
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
/// </summary>
internal static class Backoff
{
    public static readonly TimeSpan ThrottlingBase = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>What <c>x-amz-retry-after</c> may add to our own wait.</summary>
    private static readonly TimeSpan MostAdded = TimeSpan.FromSeconds(5);

    /// <param name="failed">Attempts that have failed, from 1.</param>
    /// <param name="answer">The answer to the last one, when there was one.</param>
    public static TimeSpan Before(int failed, TimeSpan first, HeaderList? answer, Random jitter, DateTimeOffset now)
    {
        var own = jitter.NextDouble() * Min(first * Math.Pow(2, failed - 1), Longest);
        if (answer is null)
        {
            return own;
        }

        if (Milliseconds(answer.Find("x-amz-retry-after")) is { } amz)
        {
            return Max(own, Min(amz, own + MostAdded));
        }

        // AWS's own services send the header above; a load balancer or proxy before them knows only this one.
        return RetryAfter(answer.Find("Retry-After"), now) is { } asked ? Max(own, Min(asked, Longest)) : own;
    }

    /// <summary>How long the answer asks to wait, at most as long as we would; null when it does not say.</summary>
    public static TimeSpan? Asked(HeaderList? answer, DateTimeOffset now)
    {
        var asked = answer is null ? null : Milliseconds(answer.Find("x-amz-retry-after")) ?? RetryAfter(answer.Find("Retry-After"), now);
        return asked is { } wait ? Max(TimeSpan.Zero, Min(wait, Longest)) : null;
    }

    private static TimeSpan? Milliseconds(string? text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? TimeSpan.FromMilliseconds(value) : null;

    /// <summary>RFC 9110 section 10.2.3: seconds, or a date.</summary>
    private static TimeSpan? RetryAfter(string? text, DateTimeOffset now)
    {
        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        return DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date - now : null;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
