using System.Globalization;
using System.Text;
using Spectre.Console;

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

    /// <summary>Broken between words, so that no line is wider; a word that is wider stands alone.</summary>
    public static string Wrap(string line, int width)
    {
        var indent = line.Length - line.TrimStart(' ').Length;
        var wrapped = new StringBuilder(line.Length).Append(' ', indent);
        var used = indent;
        foreach (var word in line[indent..].Split(' '))
        {
            var cells = word.GetCellWidth();
            if (used > indent && used + 1 + cells > width)
            {
                wrapped.Append('\n').Append(' ', indent);
                used = indent;
            }
            else if (used > indent)
            {
                wrapped.Append(' ');
                used++;
            }

            wrapped.Append(word);
            used += cells;
        }

        return wrapped.ToString();
    }

    /// <summary>JSON whose strings hold no such character: escaped, nothing is lost.</summary>
    public static string Json(string json)
    {
        if (!json.EnumerateRunes().Any(rune => rune.Value != '\n' && IsUnprintable(rune)))
        {
            return json;
        }

        var clean = new StringBuilder(json.Length);
        foreach (var rune in json.EnumerateRunes())
        {
            var escape = rune.Value != '\n' && IsUnprintable(rune) && rune.IsBmp;
            _ = escape ? clean.Append("\\u").Append(rune.Value.ToString("X4", CultureInfo.InvariantCulture)) : clean.Append(rune.ToString());
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
