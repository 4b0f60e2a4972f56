using System.Globalization;
using System.Text.RegularExpressions;

namespace CentralOps.Agent.Questions.Times;

/// <summary>Finds a span of time: "last 24 hours", "since Monday", "yesterday", "between 2026-11-01 and 2026-11-05". Days are UTC's.</summary>
internal static partial class SpanReader
{
    private const int DaysOfWeek = 7;
    private const int DaysOfMonth = 30;

    private static readonly string[] Back = ["last", "past", "previous", "recent"];
    private static readonly string[] Since = ["since", "from", "after", "starting"];
    private static readonly string[] Until = ["until", "till", "to", "and", "before"];

    /// <returns>Null where none is spoken of.</returns>
    public static AskedSpan? Read(Question question, DateTimeOffset now)
    {
        for (var at = 0; at < question.Words.Count; at++)
        {
            if (Backwards(question, at) is { } back)
            {
                return back;
            }
        }

        return Between(question, now) ?? NamedDay(question, now);
    }

    private static AskedSpan? Backwards(Question question, int at)
    {
        if (!Back.Contains(question.Words[at].Lower, StringComparer.Ordinal) || at + 1 >= question.Words.Count)
        {
            return null;
        }

        // "last 24 hours", "last 24h", "past hour", "last couple of days" (which says no number).
        var next = question.Words[at + 1];
        if (next.IsNumber && at + 2 < question.Words.Count && Written(int.Parse(next.Text, CultureInfo.InvariantCulture), question.Words[at + 2].Plain) is { } counted)
        {
            question.Take(at, 3);
            return new AskedSpan(counted, null);
        }

        if (Short().Match(next.Lower) is { Success: true } close && int.TryParse(close.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            question.Take(at, 2);
            return new AskedSpan(Written(number, close.Groups["unit"].Value)!, null);
        }

        if (Written(1, next.Plain) is { } single)
        {
            question.Take(at, 2);
            return new AskedSpan(single, null);
        }

        return null;
    }

    private static string? Written(int count, string unit)
    {
        var text = count.ToString(CultureInfo.InvariantCulture);
        return unit switch
        {
            "second" or "sec" or "s" => $"-{text}s",
            "minute" or "min" or "m" => $"-{text}m",
            "hour" or "hr" or "h" => $"-{text}h",
            "day" or "d" => $"-{text}d",
            "week" or "w" => count == 1 ? $"-{DaysOfWeek}d" : $"-{text}w",
            "month" => $"-{((long)count * DaysOfMonth).ToString(CultureInfo.InvariantCulture)}d",
            _ => null,
        };
    }

    // "since Monday", "since 2026-11-01", "from 2026-11-01 to 2026-11-05", "since 09:00".
    private static AskedSpan? Between(Question question, DateTimeOffset now)
    {
        for (var at = 0; at + 1 < question.Words.Count; at++)
        {
            if (question.Words[at].Lower is not "between" && !Since.Contains(question.Words[at].Lower, StringComparer.Ordinal))
            {
                continue;
            }

            if (MomentAt(question, at + 1, now) is not { } start)
            {
                continue;
            }

            question.Take(at, 2);
            if (at + 3 < question.Words.Count && Until.Contains(question.Words[at + 2].Lower, StringComparer.Ordinal) && MomentAt(question, at + 3, now) is { } end && end > start)
            {
                question.Take(at + 2, 2);
                return new AskedSpan(Iso(start), Iso(end));
            }

            return new AskedSpan(Iso(start), null);
        }

        return null;
    }

    private static AskedSpan? NamedDay(Question question, DateTimeOffset now)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        for (var at = 0; at < question.Words.Count; at++)
        {
            AskedSpan? span = question.Words[at].Lower switch
            {
                "yesterday" => new AskedSpan(Iso(today.AddDays(-1)), Iso(today)),
                "today" => new AskedSpan(Iso(today), null),
                "on" when at + 1 < question.Words.Count && MomentAt(question, at + 1, now) is { } day => new AskedSpan(Iso(day), Iso(day.AddDays(1))),
                _ => null,
            };
            if (span is not null)
            {
                question.Take(at, question.Words[at].Lower is "on" ? 2 : 1);
                return span;
            }
        }

        return null;
    }

    private static DateTimeOffset? MomentAt(Question question, int at, DateTimeOffset now)
    {
        var word = question.Words[at];
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        if (word.Lower is "yesterday" or "today" or "midnight")
        {
            return word.Lower is "yesterday" ? today.AddDays(-1) : today;
        }

        if (DayOf(word.Lower) is { } day)
        {
            return today.AddDays(-((DaysOfWeek + (int)today.DayOfWeek - (int)day) % DaysOfWeek));
        }

        if (DateTimeOffset.TryParseExact(
            word.Text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment))
        {
            return moment;
        }

        return TimeOnly.TryParseExact(word.Text, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock) ? today + clock.ToTimeSpan() : null;
    }

    private static DayOfWeek? DayOf(string word)
    {
        foreach (var day in Enum.GetValues<DayOfWeek>())
        {
            var name = day.ToString().ToLowerInvariant();
            if (string.Equals(word, name, StringComparison.Ordinal) || (word.Length is 3 or 4 && name.StartsWith(word, StringComparison.Ordinal)))
            {
                return day;
            }
        }

        return null;
    }

    private static string Iso(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex("^(?<count>[0-9]{1,6})(?<unit>s|sec|m|min|h|hr|d|w)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Short();
}
