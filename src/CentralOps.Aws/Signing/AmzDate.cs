using System.Globalization;

namespace CentralOps.Aws.Signing;

/// <summary>Dates as Signature Version 4 writes them: ISO 8601 basic, UTC, whole seconds, such as <c>20150830T123600Z</c>.</summary>
internal static class AmzDate
{
    private const string Pattern = "yyyyMMdd'T'HHmmss'Z'";

    public static string Format(DateTimeOffset time) => string.Create(16, time.UtcDateTime, static (text, utc) =>
    {
        Digits(text[..4], utc.Year);
        Digits(text[4..6], utc.Month);
        Digits(text[6..8], utc.Day);
        text[8] = 'T';
        Digits(text[9..11], utc.Hour);
        Digits(text[11..13], utc.Minute);
        Digits(text[13..15], utc.Second);
        text[15] = 'Z';
    });

    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text, Pattern, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    private static void Digits(Span<char> into, int value)
    {
        for (var at = into.Length - 1; at >= 0; at--)
        {
            into[at] = (char)('0' + (value % 10));
            value /= 10;
        }
    }
}
