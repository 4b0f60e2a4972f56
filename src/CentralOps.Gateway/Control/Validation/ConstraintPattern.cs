using System.Text;
using System.Text.RegularExpressions;

namespace CentralOps.Gateway.Control.Validation;

/// <summary>
/// A pattern of the model. It is written for Java, matched from end to end, and stays in messages as it is written; <c>\d</c>, <c>\w</c> and
/// <c>\s</c> mean ASCII there. Matching takes time in proportion to the value.
/// </summary>
internal sealed class ConstraintPattern
{
    private const string Space = @" \t\n\x0B\f\r";

    /// <summary>Of the few that backtrack: their repetitions cannot be read in two ways, so that on a busy machine nothing that is right is refused.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly Lazy<Regex> _regex;

    public ConstraintPattern(string text)
    {
        Text = text;
        _regex = new(() => Compile(text));
    }

    /// <summary>As the model has it.</summary>
    public string Text { get; }

    public bool Matches(string value)
    {
        try
        {
            return _regex.Value.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static Regex Compile(string text)
    {
        var whole = $@"\A(?:{InAscii(text.Replace(@"[\s\S]", "(?s:.)", StringComparison.Ordinal))})\z";
        try
        {
            return new Regex(whole, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout);
        }
        catch (NotSupportedException)
        {
            // Counted repetitions of thousands make an automaton that is too large.
            return new Regex(whole, RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, Longest);
        }
    }

    /// <summary>Where .NET's classes hold every script's digits and letters, Java's hold ASCII's.</summary>
    private static string InAscii(string text)
    {
        var ascii = new StringBuilder(text.Length + 32);
        var inClass = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < text.Length)
            {
                ascii.Append(Escape(text[++i], inClass));
                continue;
            }

            inClass = c switch
            {
                '[' when !inClass => true,
                ']' => false,
                _ => inClass,
            };
            ascii.Append(c);
        }

        return ascii.ToString();
    }

    private static string Escape(char c, bool inClass) => (c, inClass) switch
    {
        ('d', true) => "0-9",
        ('d', false) => "[0-9]",
        ('w', true) => "a-zA-Z0-9_",
        ('w', false) => "[a-zA-Z0-9_]",
        ('s', true) => Space,
        ('s', false) => $"[{Space}]",
        ('S', false) => $"[^{Space}]",
        _ => "\\" + c,
    };
}
