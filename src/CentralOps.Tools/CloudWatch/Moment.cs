using System.Globalization;

namespace CentralOps.Tools.CloudWatch;

/// <summary>A point in time as people write it: <c>now</c>, <c>-3h</c> (s, m, h, d, w), or ISO 8601; without an offset it is UTC.</summary>
internal readonly record struct Moment
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(455);

    private static readonly string[] Forms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    private readonly DateTimeOffset? _at;
    private readonly TimeSpan _back;

    private Moment(DateTimeOffset? at, TimeSpan back)
    {
        _at = at;
        _back = back;
    }

    public static bool TryParse(string text, out Moment moment)
    {
        moment = default;
        if (string.Equals(text, "now", StringComparison.Ordinal))
        {
            return true;
        }

        if (text is ['-', .. var digits, var unit])
        {
            if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || Seconds(unit) is not { } seconds || count * seconds > Longest.TotalSeconds)
            {
                return false;
            }

            moment = new Moment(null, TimeSpan.FromSeconds(count * seconds));
            return true;
        }

        if (!DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return false;
        }

        moment = new Moment(at, default);
        return true;
    }

    /// <summary>In whole seconds, as CloudWatch counts.</summary>
    public DateTimeOffset From(DateTimeOffset now) => DateTimeOffset.FromUnixTimeSeconds((_at ?? now - _back).ToUnixTimeSeconds());

    private static double? Seconds(char unit) => unit switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86400,
        'w' => 7 * 86400,
        _ => null,
    };
}
