using System.Text;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Calls;

/// <summary>Text from outside made fit to be shown: on one line, without characters that act, and bounded.</summary>
internal static class PlainText
{
    public static string Clean(string text, int longest)
    {
        var clean = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > longest)
            {
                break;
            }

            if (ActingCharacter.Separates(rune.Value))
            {
                clean.Append(' ');
            }
            else if (!ActingCharacter.Is(rune.Value))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }
}
