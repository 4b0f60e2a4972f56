namespace CentralOps.Text.JmesPath;

internal enum TokenKind
{
    End,
    Identifier,
    QuotedIdentifier,
    Literal,
    Number,
    Dot,
    Star,
    Comma,
    Colon,
    Current,
    Ampersand,
    Not,
    Pipe,
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Flatten,
    Filter,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    OpenParenthesis,
    CloseParenthesis,
}

/// <summary>One token.</summary>
/// <param name="Text">An identifier's name, unquoted; a number's digits; otherwise what it is written as.</param>
/// <param name="Value">Of a literal.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position, Node Value = default)
{
    /// <summary>How strongly it binds what stands left of it.</summary>
    public int BindingPower => Kind switch
    {
        TokenKind.Pipe => 1,
        TokenKind.Or => 2,
        TokenKind.And => 3,
        TokenKind.Equal or TokenKind.NotEqual or TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater or TokenKind.GreaterOrEqual => 5,
        TokenKind.Flatten => Binding.Flatten,
        TokenKind.Star => Binding.Star,
        TokenKind.Filter => Binding.Filter,
        TokenKind.Dot => Binding.Dot,
        TokenKind.Not => Binding.Not,
        TokenKind.OpenBrace => 50,
        TokenKind.OpenBracket => 55,
        TokenKind.OpenParenthesis => Binding.Call,
        _ => 0,
    };
}

/// <summary>The binding powers that the grammar names.</summary>
internal static class Binding
{
    public const int Flatten = 9;

    /// <summary>What binds less ends a projection.</summary>
    public const int ProjectionStop = 10;

    public const int Star = 20;
    public const int Filter = 21;
    public const int Dot = 40;
    public const int Not = 45;
    public const int Call = 60;
}
