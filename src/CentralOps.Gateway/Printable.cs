using System.Text;
using CentralOps.Aws.Wire;

namespace CentralOps.Gateway;

/// <summary>
/// Foreign text made fit to stand in a message: on one line, without characters that act instead of being read, and no longer than a
/// bound.
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

            if (ActingCharacter.Separates(rune.Value))
            {
                shown.Append(' ');
            }
            else if (!ActingCharacter.Is(rune.Value))
            {
                shown.Append(rune.ToString());
            }
        }

        return shown.ToString();
    }
}
