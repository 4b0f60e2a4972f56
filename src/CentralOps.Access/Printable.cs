using System.Globalization;
using System.Text;

namespace CentralOps.Access;

/// <summary>Text that somebody else wrote, fit to stand in a message: one line, bounded, without characters that act instead of being read.</summary>
internal static class Printable
{
    public static string Line(string text, int maxLength)
    {
        var line = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length + rune.Utf16SequenceLength > maxLength - 1)
            {
                return line.Append('…').ToString();
            }

            line.Append(Acts(rune) ? "?" : rune.ToString());
        }

        return line.ToString();
    }

    private static bool Acts(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
