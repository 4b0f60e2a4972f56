using System.Globalization;
using System.Text;

namespace CentralOps.Gateway;

/// <summary>
/// Foreign text made fit to stand in a message: without control, bidirectional and other format characters, which could hide or reorder
/// what is read, and no longer than a bound.
/// </summary>
internal static class Printable
{
    public static string Text(ReadOnlySpan<char> text, int maxLength)
    {
        var shown = new StringBuilder(Math.Min(text.Length, maxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= maxLength)
            {
                return shown.Append('…').ToString();
            }

            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator || rune.Value is '\n' or '\r' or '\t')
            {
                shown.Append(' ');
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate))
            {
                shown.Append(rune.ToString());
            }
        }

        return shown.ToString();
    }
}
