using System.Text;
using CentralOps.Aws.Wire;

namespace CentralOps.Accounts;

/// <summary>
/// Text from outside, made fit to be shown: characters that act instead of being read (<see cref="ActingCharacter"/>) are taken out. Tab
/// and line feed stay in data, because they separate words.
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

            if (ActingCharacter.Separates(rune.Value))
            {
                line.Append(' ');
            }
            else if (!ActingCharacter.Is(rune.Value))
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
            if (ActingCharacter.Is(rune.Value))
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
}
