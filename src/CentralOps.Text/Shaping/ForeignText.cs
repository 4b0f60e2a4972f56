using System.Text;

namespace CentralOps.Text.Shaping;

/// <summary>Text that others wrote, made fit to stand in a message, a log or an answer.</summary>
public static class ForeignText
{
    private const int MostAtOnce = 1024;

    /// <summary>
    /// One line without characters that act (<see cref="ActingCharacter"/>); what separates words becomes a space. A lone surrogate becomes
    /// U+FFFD.
    /// </summary>
    /// <param name="maxLength">In UTF-16 characters; text that was cut ends in an ellipsis behind them, never inside a character.</param>
    public static string Line(ReadOnlySpan<char> text, int maxLength)
    {
        var line = new StringBuilder(Math.Min(Math.Min(text.Length, maxLength), MostAtOnce));
        Span<char> pair = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            var shown = ActingCharacter.Separates(rune.Value) ? new Rune(' ') : rune;
            if (ActingCharacter.Is(shown.Value))
            {
                continue;
            }

            if (line.Length + shown.Utf16SequenceLength > maxLength)
            {
                return line.Append('…').ToString();
            }

            line.Append(pair[..shown.EncodeToUtf16(pair)]);
        }

        return line.ToString();
    }
}
