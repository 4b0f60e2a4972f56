namespace CentralOps.Aws.Protocols.Scalars;

/// <summary>
/// <c>2026-01-02T03:04:05[.fff](Z|+hh:mm)</c>, read and written by hand: an answer holds thousands, and the framework's custom formats are
/// compiled at start.
/// </summary>
internal static class Iso8601
{
    private const int FractionDigits = 7;

    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or 't' or ' ') || text[13] != ':' || text[16] != ':'
            || !TryNumber(text[..4], out var year) || !TryNumber(text[5..7], out var month) || !TryNumber(text[8..10], out var day)
            || !TryNumber(text[11..13], out var hour) || !TryNumber(text[14..16], out var minute) || !TryNumber(text[17..19], out var second)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        var rest = text[19..];
        if (!TryFraction(ref rest, out var ticks) || !TryOffset(rest, out var offset))
        {
            return false;
        }

        ticks += new DateTime(year, month, day, hour, minute, second).Ticks - offset;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = new(ticks, TimeSpan.Zero);
        return true;
    }

    /// <summary>In UTC, with as many digits of a fraction as there are.</summary>
    public static string ToText(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        Span<char> text = stackalloc char[20 + 1 + FractionDigits];
        Write(text[..4], utc.Year);
        text[4] = '-';
        Write(text[5..7], utc.Month);
        text[7] = '-';
        Write(text[8..10], utc.Day);
        text[10] = 'T';
        Write(text[11..13], utc.Hour);
        text[13] = ':';
        Write(text[14..16], utc.Minute);
        text[16] = ':';
        Write(text[17..19], utc.Second);
        var length = 19;
        var fraction = (int)(utc.Ticks % TimeSpan.TicksPerSecond);
        if (fraction > 0)
        {
            text[length] = '.';
            Write(text.Slice(length + 1, FractionDigits), fraction);
            length += 1 + FractionDigits;
            while (text[length - 1] == '0')
            {
                length--;
            }
        }

        text[length] = 'Z';
        return new string(text[..(length + 1)]);
    }

    private static bool TryFraction(ref ReadOnlySpan<char> rest, out long ticks)
    {
        ticks = 0;
        if (rest is not ['.' or ',', ..])
        {
            return true;
        }

        var digits = 0;
        while (digits + 1 < rest.Length && char.IsAsciiDigit(rest[digits + 1]))
        {
            digits++;
        }

        // Digits beyond a tick are dropped.
        for (var i = 1; i <= FractionDigits; i++)
        {
            ticks = (ticks * 10) + (i <= digits ? rest[i] - '0' : 0);
        }

        rest = rest[(digits + 1)..];
        return digits > 0;
    }

    private static bool TryOffset(ReadOnlySpan<char> rest, out long ticks)
    {
        ticks = 0;
        if (rest is ['Z' or 'z'])
        {
            return true;
        }

        if (rest is not ['+' or '-', _, _, .. var tail] || tail is not ([_, _] or [':', _, _])
            || !TryNumber(rest[1..3], out var hours) || !TryNumber(tail[^2..], out var minutes) || hours > 23 || minutes > 59)
        {
            return false;
        }

        ticks = ((hours * 60) + minutes) * (rest[0] == '-' ? -TimeSpan.TicksPerMinute : TimeSpan.TicksPerMinute);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }

    private static void Write(Span<char> into, int number)
    {
        for (var i = into.Length - 1; i >= 0; i--)
        {
            into[i] = (char)('0' + (number % 10));
            number /= 10;
        }
    }
}
