using System.Text;

namespace CentralOps.Accounts;

/// <summary>
/// Text from outside, made fit to be shown: characters that act instead of being read (controls, bidirectional marks, line and
/// paragraph separators, Unicode's invisible tags) are taken out. Tab and line feed stay in data, because they separate words.
/// </summary>
public static class PlainText
{
    /// <summary>One line of at most <paramref name="maxLength"/> characters, for messages.</summary>
    public static string Line(string? text, int maxLength = 400)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var line = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length + rune.Utf16SequenceLength > maxLength - 1)
            {
                return line.Append('…').ToString();
            }

            if (rune.Value is '\t' or '\n')
            {
                line.Append(' ');
            }
            else if (!Acts(rune.Value))
            {
                line.Append(rune.ToString());
            }
        }

        return line.ToString();
    }

    /// <summary>The text without the characters that act; the same instance where there is none.</summary>
    /// <param name="mark">What stands in for one; empty to leave nothing.</param>
    public static string Data(string text, string mark = "")
    {
        StringBuilder? clean = null;
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Acts(rune.Value))
            {
                clean ??= new StringBuilder(text.Length).Append(text, 0, at);
                clean.Append(mark);
            }
            else
            {
                clean?.Append(text, at, rune.Utf16SequenceLength);
            }

            at += rune.Utf16SequenceLength;
        }

        return clean?.ToString() ?? text;
    }

    /// <summary>Whether a code point acts on its surroundings; tab and line feed do not.</summary>
    public static bool Acts(int codePoint) => codePoint switch
    {
        '\t' or '\n' => false,
        < 0x20 or (>= 0x7F and <= 0x9F) => true,
        0x061C or 0x200E or 0x200F => true,
        >= 0x2028 and <= 0x202E => true,
        >= 0x2066 and <= 0x2069 => true,
        0xFEFF => true,
        >= 0xE0000 and <= 0xE007F => true,
        _ => false,
    };
}
