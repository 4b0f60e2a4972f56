using System.Text;
using System.Text.RegularExpressions;

namespace CentralOps.Text.JsonSchema;

/// <summary>
/// ECMA-262's patterns on .NET's engine: digits and word characters are ASCII, and <c>$</c> is the very end. They run without backtracking where they can, and with a time limit
/// where they cannot, so that no pattern can be made to hang.
/// </summary>
internal static class EcmaPattern
{
    public const int MaxChars = 2000;

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    /// <exception cref="ArgumentException">It is no pattern, or one that .NET does not know.</exception>
    public static Regex Compile(string pattern)
    {
        if (pattern.Length > MaxChars)
        {
            throw new ArgumentException($"A pattern may have {MaxChars} characters.", nameof(pattern));
        }

        var translated = Translate(pattern);
        try
        {
            return new Regex(translated, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Longest);
        }
        catch (NotSupportedException)
        {
            return new Regex(translated, RegexOptions.CultureInvariant, Longest);
        }
    }

    private static string Translate(string pattern)
    {
        var translated = new StringBuilder(pattern.Length + 16);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var current = pattern[i];
            if (current == '\\' && i + 1 < pattern.Length)
            {
                i += Escape(pattern, i + 1, inClass, translated);
                continue;
            }

            // One character of two code units: what repeats it repeats both.
            if (char.IsHighSurrogate(current) && !inClass && i + 1 < pattern.Length && char.IsLowSurrogate(pattern[i + 1]))
            {
                translated.Append("(?:").Append(current).Append(pattern[++i]).Append(')');
                continue;
            }

            inClass = current switch { '[' => true, ']' => false, _ => inClass };
            translated.Append((current, inClass) switch
            {
                ('$', false) => @"\z",

                // In ECMA-262 a bracket inside a class is itself; in .NET "-[" would take a class away.
                ('[', true) when i > 0 && translated.Length > 0 && translated[^1] == '-' => @"\[",
                _ => current.ToString(),
            });
        }

        return translated.ToString();
    }

    /// <returns>How many characters behind the backslash were read.</returns>
    private static int Escape(string pattern, int at, bool inClass, StringBuilder translated)
    {
        switch (pattern[at])
        {
            case 'd':
                translated.Append(inClass ? "0-9" : "[0-9]");
                return 1;
            case 'w':
                translated.Append(inClass ? "a-zA-Z0-9_" : "[a-zA-Z0-9_]");
                return 1;
            case 's':
                translated.Append(inClass ? @"\s\uFEFF" : @"[\s\uFEFF]");
                return 1;
            case 'S' when !inClass:
                translated.Append(@"[^\s\uFEFF]");
                return 1;
            case 'D' when !inClass:
                translated.Append("[^0-9]");
                return 1;
            case 'W' when !inClass:
                translated.Append("[^a-zA-Z0-9_]");
                return 1;
            case 'p' or 'P' when pattern.AsSpan(at).IndexOf('}') is > 2 and var end && pattern[at + 1] == '{':
                translated.Append('\\').Append(pattern[at]).Append('{').Append(Category(pattern[(at + 2)..(at + end)])).Append('}');
                return end + 1;
            default:
                translated.Append('\\').Append(pattern[at]);
                return 1;
        }
    }

    // .NET knows the short names of general categories only.
    private static string Category(string name) => (name.StartsWith("gc=", StringComparison.Ordinal) ? name[3..] : name) switch
    {
        "Letter" => "L",
        "Lowercase_Letter" => "Ll",
        "Uppercase_Letter" => "Lu",
        "Number" => "N",
        "Decimal_Number" or "digit" => "Nd",
        "Punctuation" => "P",
        "Symbol" => "S",
        "Separator" => "Z",
        "Mark" => "M",
        var other => other,
    };
}
