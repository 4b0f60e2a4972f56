using System.Globalization;
using System.Text;
using CentralOps.Aws.Wire;
using Spectre.Console;

namespace CentralOps.Cli.Terminal;

/// <summary>Text from elsewhere as a terminal may show it: without characters that act (a name could hold an escape sequence), by the one rule for them.</summary>
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
            if (ActingCharacter.Separates(rune.Value))
            {
                clean.Append(' ');
                continue;
            }

            if (!ActingCharacter.Is(rune.Value))
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
        if (!json.EnumerateRunes().Any(rune => ActingCharacter.Is(rune.Value)))
        {
            return json;
        }

        var clean = new StringBuilder(json.Length);
        foreach (var rune in json.EnumerateRunes())
        {
            if (!ActingCharacter.Is(rune.Value))
            {
                clean.Append(rune.ToString());
                continue;
            }

            foreach (var unit in rune.ToString())
            {
                clean.Append("\\u").Append(((int)unit).ToString("X4", CultureInfo.InvariantCulture));
            }
        }

        return clean.ToString();
    }

    private static bool NeedsCleaning(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (ActingCharacter.Is(rune.Value) || ActingCharacter.Separates(rune.Value))
            {
                return true;
            }
        }

        return false;
    }
}
