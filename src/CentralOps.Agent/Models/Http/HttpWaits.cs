using System.Globalization;
using System.Net.Http.Headers;

namespace CentralOps.Agent.Models.Http;

/// <summary>How long to wait between attempts: full jitter under a bound that doubles, and no shorter than the server asks.</summary>
internal static class HttpWaits
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    /// <summary>A person waits before the answer: who asks for more is told on instead.</summary>
    private static readonly TimeSpan MostAsked = TimeSpan.FromSeconds(60);

    /// <summary>Null where the server asks for longer than is waited.</summary>
    public static TimeSpan? Before(int failed, TimeSpan? asked, Random jitter)
    {
        if (asked > MostAsked)
        {
            return null;
        }

        var bound = First * Math.Pow(2, failed - 1);
        var own = jitter.NextDouble() * (bound < Longest ? bound : Longest);
        return asked > own ? asked : own;
    }

    /// <summary>What the answer asks to wait; null where it does not say.</summary>
    public static TimeSpan? Asked(HttpResponseHeaders headers, DateTimeOffset now)
    {
        // Finer than RFC 9110's, and sent beside it by OpenAI.
        if (headers.TryGetValues("retry-after-ms", out var values)
            && uint.TryParse(string.Join("", values), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        var wait = headers.RetryAfter is { } after ? after.Delta ?? after.Date - now : null;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
