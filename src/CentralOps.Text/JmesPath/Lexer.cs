using System.Text;
using System.Text.Json;
using CentralOps.Text.Shaping;

namespace CentralOps.Text.JmesPath;

/// <summary>Reads an expression's tokens.</summary>
internal sealed class Lexer(string text)
{
    private int _at;

    public static List<Token> Read(string text)
    {
        var lexer = new Lexer(text);
        var tokens = new List<Token>();
        do
        {
            tokens.Add(lexer.Next());
        }
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private Token Next()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\r' or '\n')
        {
            _at++;
        }

        if (_at == text.Length)
        {
            return new(TokenKind.End, "the end", _at);
        }

        return text[_at] switch
        {
            (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' => Identifier(),
            >= '0' and <= '9' or '-' => Number(),
            '"' => QuotedIdentifier(),
            '\'' => RawString(),
            '`' => Literal(),
            _ => Symbol(),
        };
    }

    private Token Identifier()
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_'))
        {
            _at++;
        }

        return new(TokenKind.Identifier, text[start.._at], start);
    }

    private Token Number()
    {
        var start = _at++;
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
        {
            _at++;
        }

        return text[_at - 1] == '-' ? throw Wrong("'-' begins a number, and no digit follows", start) : new(TokenKind.Number, text[start.._at], start);
    }

    private Token QuotedIdentifier()
    {
        var start = _at;
        var end = Delimited('"', "a quoted name");
        try
        {
            return new(TokenKind.QuotedIdentifier, Json(text[start..end]).GetString()!, start);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Wrong("a quoted name is no JSON string", start);
        }
    }

    private Token RawString()
    {
        var start = _at;
        var end = Delimited('\'', "a raw string");
        return new(TokenKind.Literal, "a raw string", start, Node.Of(text[(start + 1)..(end - 1)].Replace("\\'", "'", StringComparison.Ordinal)));
    }

    private Token Literal()
    {
        var start = _at;
        var end = Delimited('`', "a literal");
        try
        {
            return new(TokenKind.Literal, "a literal", start, Node.Of(Json(text[(start + 1)..(end - 1)].Replace("\\`", "`", StringComparison.Ordinal))));
        }
        catch (JsonException)
        {
            throw Wrong("what stands between backticks is no JSON; put a string into 'quotes'", start);
        }
    }

    /// <summary>Goes behind the closing delimiter; a backslash takes the next character with it.</summary>
    private int Delimited(char delimiter, string what)
    {
        var start = _at++;
        while (_at < text.Length)
        {
            var current = text[_at++];
            if (current == delimiter)
            {
                return _at;
            }

            _at += current == '\\' ? 1 : 0;
        }

        throw Wrong($"{what} has no end; close it with {delimiter}", start);
    }

    private Token Symbol()
    {
        var start = _at;
        var two = text.AsSpan(start, Math.Min(2, text.Length - start));
        var kind = two switch
        {
            "||" => TokenKind.Or,
            "&&" => TokenKind.And,
            "==" => TokenKind.Equal,
            "!=" => TokenKind.NotEqual,
            "<=" => TokenKind.LessOrEqual,
            ">=" => TokenKind.GreaterOrEqual,
            "[]" => TokenKind.Flatten,
            "[?" => TokenKind.Filter,
            _ => TokenKind.End,
        };
        if (kind != TokenKind.End)
        {
            _at += 2;
            return new(kind, two.ToString(), start);
        }

        _at++;
        kind = text[start] switch
        {
            '.' => TokenKind.Dot,
            '*' => TokenKind.Star,
            ',' => TokenKind.Comma,
            ':' => TokenKind.Colon,
            '@' => TokenKind.Current,
            '&' => TokenKind.Ampersand,
            '!' => TokenKind.Not,
            '|' => TokenKind.Pipe,
            '<' => TokenKind.Less,
            '>' => TokenKind.Greater,
            '[' => TokenKind.OpenBracket,
            ']' => TokenKind.CloseBracket,
            '{' => TokenKind.OpenBrace,
            '}' => TokenKind.CloseBrace,
            '(' => TokenKind.OpenParenthesis,
            ')' => TokenKind.CloseParenthesis,
            '=' => throw Wrong("'=' compares nothing; write '=='", start),
            _ => throw Wrong($"'{ForeignText.Line(text.AsSpan(start, Rune.TryGetRuneAt(text, start, out var rune) ? rune.Utf16SequenceLength : 1), 4)}' means nothing here; put a name with it into \"quotes\"", start),
        };
        return new(kind, text[start].ToString(), start);
    }

    private static JsonElement Json(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        var value = JsonElement.ParseValue(ref reader);
        return reader.Read() ? throw new JsonException() : value;
    }

    private static JmesException Wrong(string what, int position) => new(JmesProblemKind.Syntax, $"At character {position}: {what}.", position);
}
