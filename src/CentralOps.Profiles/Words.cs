using System.Text;
using CentralOps.Aws.Wire;

namespace CentralOps.Profiles;

/// <summary>Text from files and from AWS made fit to be shown: one line, bounded, no character that acts.</summary>
internal static class Words
{
    private const int Longest = 200;

    public static string Shown(string text)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= Longest)
            {
                return shown.Append('…').ToString();
            }

            if (!ActingCharacter.Is(rune.Value))
            {
                shown.Append(rune.ToString());
            }
        }

        return shown.ToString();
    }
}
