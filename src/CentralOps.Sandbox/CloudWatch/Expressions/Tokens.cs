using System.Globalization;

namespace CentralOps.Sandbox.CloudWatch.Expressions;

internal enum TokenKind
{
    Number,
    Name,
    Text,
    Sign,
    End,
}

/// <summary>A piece of an expression.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, double Number);

/// <summary>Cuts an expression into its pieces.</summary>
internal static class Tokens
{
    private const int MaxLength = 1024;

    public static List<Token> Of(string text)
    {
        if (text.Length > MaxLength)
        {
            throw new ExpressionException($"The expression is longer than {MaxLength} characters");
        }

        List<Token> tokens = [];
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            var c = text[i++];
            if (char.IsWhiteSpace(c))
            {
                continue;
            }

            if (char.IsAsciiDigit(c) || c == '.')
            {
                i = Past(text, i, static c => char.IsAsciiDigit(c) || c == '.');
                tokens.Add(double.TryParse(text[start..i], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                    ? new Token(TokenKind.Number, "", number)
                    : throw new ExpressionException($"'{text[start..i]}' is not a number"));
            }
            else if (char.IsAsciiLetter(c))
            {
                i = Past(text, i, static c => char.IsAsciiLetterOrDigit(c) || c == '_');
                tokens.Add(new Token(TokenKind.Name, text[start..i], 0));
            }
            else if (c is '"' or '\'')
            {
                i = Past(text, i, next => next != c);
                tokens.Add(i < text.Length ? new Token(TokenKind.Text, text[(start + 1)..i++], 0) : throw new ExpressionException("A quoted text does not end"));
            }
            else
            {
                var two = i < text.Length ? text[start..(i + 1)] : "";
                var sign = two is "<=" or ">=" or "==" or "!=" or "&&" or "||" ? two : c.ToString();
                i = start + sign.Length;
                tokens.Add("+-*/^(),<>".Contains(c, StringComparison.Ordinal) || sign.Length == 2 ? new Token(TokenKind.Sign, sign, 0) : throw new ExpressionException($"'{c}' has no place in an expression"));
            }
        }

        tokens.Add(new Token(TokenKind.End, "the end", 0));
        return tokens;
    }

    private static int Past(string text, int from, Func<char, bool> goesOn)
    {
        while (from < text.Length && goesOn(text[from]))
        {
            from++;
        }

        return from;
    }
}
