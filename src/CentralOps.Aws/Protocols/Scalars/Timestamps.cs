using System.Globalization;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Protocols.Scalars;

/// <summary>
/// Points in time. In our JSON they are ISO 8601 in UTC, with a fraction only where there is one. On the wire each protocol and
/// place has its own form; readers accept all of them, as AWS's services do not keep to one.
/// </summary>
internal static class Timestamps
{
    private const decimal FirstSecond = -62135596800m;
    private const decimal LastSecond = 253402300799m;

    private static readonly string[] HttpDates = ["r", "ddd, d MMM yyyy HH:mm:ss 'GMT'", "ddd, dd MMM yyyy HH:mm:ss.FFFFFFF 'GMT'"];

    /// <summary>The member's own format, else its shape's, else the protocol's for that place.</summary>
    public static TimestampFormat FormatOf(Member member, TimestampFormat fallback)
    {
        if (member.TimestampFormat != TimestampFormat.Default)
        {
            return member.TimestampFormat;
        }

        return member.Shape.TimestampFormat != TimestampFormat.Default ? member.Shape.TimestampFormat : fallback;
    }

    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length > 10 && text[4] == '-' && text[7] == '-')
        {
            return Iso8601.TryParse(text, out time);
        }

        if (text.Length > 0 && char.IsAsciiLetter(text[0]))
        {
            return DateTimeOffset.TryParseExact(text, HttpDates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
        }

        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && TryFromEpoch(seconds, out time);
    }

    public static bool TryFromEpoch(decimal seconds, out DateTimeOffset time)
    {
        if (seconds is < FirstSecond or > LastSecond)
        {
            time = default;
            return false;
        }

        time = DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
        return true;
    }

    public static string ToText(DateTimeOffset time, TimestampFormat format) => format switch
    {
        TimestampFormat.UnixSeconds => ToEpoch(time).ToString("0.#######", CultureInfo.InvariantCulture),
        TimestampFormat.HttpDate => time.ToUniversalTime().ToString("r", CultureInfo.InvariantCulture),
        _ => Iso8601.ToText(time),
    };

    public static decimal ToEpoch(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / (decimal)TimeSpan.TicksPerSecond;
}
