using System.Globalization;

namespace CentralOps.Aws.Calls;

/// <summary>Text from outside made fit to be shown: control characters become spaces, invisible and bidirectional ones go, the length is bounded.</summary>
internal static class PlainText
{
    public static string Clean(string text, int longest)
    {
        if (text.Length <= longest && IsClean(text))
        {
            return text;
        }

        Span<char> clean = new char[Math.Min(text.Length, longest)];
        var length = 0;
        foreach (var letter in text)
        {
            if (length == clean.Length)
            {
                break;
            }

            if (!IsHidden(letter))
            {
                clean[length++] = char.IsControl(letter) ? ' ' : letter;
            }
        }

        return new string(clean[..length]);
    }

    private static bool IsClean(string text)
    {
        foreach (var letter in text)
        {
            if (char.IsControl(letter) || IsHidden(letter))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsHidden(char letter) => letter > '~'
        && char.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
