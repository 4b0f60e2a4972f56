using System.Globalization;
using System.Text;

namespace CentralOps.Cli.Terminal;

/// <summary>Text from elsewhere as a terminal may show it: no control characters (a name could hold an escape sequence), no bidirectional ones.</summary>
internal static class PlainText
{
    /// <summary>On one line.</summary>
    public static string Line(string text)
    {
        if (!NeedsCleaning(text))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or '\t')
            {
                clean.Append(' ');
                continue;
            }

            if (!IsUnprintable(rune))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    private static bool NeedsCleaning(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsUnprintable(rune))
            {
                return true;
            }
        }

        return false;
    }

    // Cf holds the bidirectional overrides and isolates, zero-width characters and tags.
    private static bool IsUnprintable(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        || rune == Rune.ReplacementChar;
}
