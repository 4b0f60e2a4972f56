using System.Globalization;
using CentralOps.Text.Nearness;
using CentralOps.Text.Shaping;

namespace CentralOps.Text.JmesPath;

/// <summary>Reads an expression by the binding powers of its tokens (Vaughan Pratt's way, which the specification's grammar is given in).</summary>
internal sealed class Parser(List<Token> tokens)
{
    public const int MaxDepth = 200;

    private int _at;
    private int _depth;

    private Token Now => tokens[_at];

    public static Expression Read(string text)
    {
        var parser = new Parser(Lexer.Read(text));
        var expression = parser.Whole(0);
        return parser.Now.Kind == TokenKind.End ? expression : throw parser.Unexpected("the end of the expression");
    }

    private Expression Whole(int binding)
    {
        if (++_depth > MaxDepth)
        {
            throw TooDeep(Now.Position);
        }

        var left = Begin();
        while (binding < Now.BindingPower)
        {
            left = Continue(left);
            if (left.Depth > MaxDepth)
            {
                throw TooDeep(Now.Position);
            }
        }

        _depth--;
        return left;
    }

    private Expression Begin()
    {
        var token = Take();
        switch (token.Kind)
        {
            case TokenKind.Literal:
                return new Expression.Literal(token.Value);
            case TokenKind.Identifier:
                return new Expression.Field(token.Text);
            case TokenKind.QuotedIdentifier:
                return Now.Kind == TokenKind.OpenParenthesis ? throw Wrong(token.Position, "a function's name takes no quotes") : new Expression.Field(token.Text);
            case TokenKind.Current:
                return Expression.Itself;
            case TokenKind.Star:
                return new Expression.ValueProjection(Expression.Itself, Projected(Binding.Star));
            case TokenKind.Flatten:
                return new Expression.Projection(new Expression.Flatten(Expression.Itself), Projected(Binding.Flatten));
            case TokenKind.Filter:
                return Filter(Expression.Itself);
            case TokenKind.OpenBrace:
                return MultiSelectHash();
            case TokenKind.OpenBracket:
                return BeginBracket();
            case TokenKind.Not:
                return new Expression.Not(Whole(Binding.Not));
            case TokenKind.Ampersand:
                return new Expression.Reference(Whole(0), token.Position);
            case TokenKind.OpenParenthesis:
                var inner = Whole(0);
                Match(TokenKind.CloseParenthesis, "')'");
                return inner;
            default:
                _at--;
                throw Unexpected("a name, a literal or a bracket");
        }
    }

    private Expression Continue(Expression left)
    {
        var token = Take();
        switch (token.Kind)
        {
            case TokenKind.Dot when Now.Kind == TokenKind.Star:
                Take();
                return new Expression.ValueProjection(left, Projected(Binding.Star));
            case TokenKind.Dot:
                return new Expression.Chain(left, BehindDot(Binding.Dot));
            case TokenKind.Pipe:
                return new Expression.Chain(left, Whole(token.BindingPower));
            case TokenKind.Or:
                return new Expression.Or(left, Whole(token.BindingPower));
            case TokenKind.And:
                return new Expression.And(left, Whole(token.BindingPower));
            case TokenKind.Flatten:
                return new Expression.Projection(new Expression.Flatten(left), Projected(Binding.Flatten));
            case TokenKind.Filter:
                return Filter(left);
            case TokenKind.OpenParenthesis:
                return Call(left, token);
            case TokenKind.OpenBracket when Now.Kind is TokenKind.Number or TokenKind.Colon:
                return Indexed(left);
            case TokenKind.OpenBracket:
                Match(TokenKind.Star, "a number, ':', '*', '?' or ']'");
                Match(TokenKind.CloseBracket, "']'");
                return new Expression.Projection(left, Projected(Binding.Star));
            case TokenKind.Equal or TokenKind.NotEqual or TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater or TokenKind.GreaterOrEqual:
                return new Expression.Comparison(token.Kind, left, Whole(token.BindingPower));
            default:
                _at--;
                throw Unexpected("an operator");
        }
    }

    private Expression BeginBracket()
    {
        if (Now.Kind is TokenKind.Number or TokenKind.Colon)
        {
            return Indexed(Expression.Itself);
        }

        if (Now.Kind == TokenKind.Star && tokens[_at + 1].Kind == TokenKind.CloseBracket)
        {
            _at += 2;
            return new Expression.Projection(Expression.Itself, Projected(Binding.Star));
        }

        return MultiSelectList();
    }

    private Expression Indexed(Expression left)
    {
        if (Now.Kind != TokenKind.Colon && tokens[_at + 1].Kind != TokenKind.Colon)
        {
            var index = Number();
            Match(TokenKind.CloseBracket, "']'");
            return new Expression.Chain(left, new Expression.Index(index));
        }

        var start = Now.Position;
        Span<int?> parts = [null, null, null];
        var part = 0;
        while (Now.Kind != TokenKind.CloseBracket)
        {
            if (Now.Kind == TokenKind.Colon && part < 2)
            {
                part++;
                Take();
                continue;
            }

            parts[part] = Now.Kind == TokenKind.Number && parts[part] is null ? Number() : throw Unexpected("a slice, as in [0:10:2]");
        }

        Take();
        if (parts[2] == 0)
        {
            throw new JmesException(JmesProblemKind.InvalidValue, $"At character {start}: a slice's step must not be 0.", start);
        }

        return new Expression.Projection(new Expression.Chain(left, new Expression.Slice(parts[0], parts[1], parts[2] ?? 1)), Projected(Binding.Star));
    }

    private Expression.FilterProjection Filter(Expression left)
    {
        var condition = Whole(0);
        Match(TokenKind.CloseBracket, "']' behind the condition");
        return new Expression.FilterProjection(left, condition, Now.Kind == TokenKind.Flatten ? Expression.Itself : Projected(Binding.Filter));
    }

    /// <summary>What is done with each element of a projection.</summary>
    private Expression Projected(int binding) => Now.Kind switch
    {
        _ when Now.BindingPower < Binding.ProjectionStop => Expression.Itself,
        TokenKind.OpenBracket or TokenKind.Filter => Whole(binding),
        TokenKind.Dot => AfterDot(binding),
        _ => throw Unexpected("'.', '[' or the end"),
    };

    private Expression AfterDot(int binding)
    {
        Take();
        return BehindDot(binding);
    }

    private Expression BehindDot(int binding)
    {
        switch (Now.Kind)
        {
            case TokenKind.Identifier or TokenKind.QuotedIdentifier or TokenKind.Star:
                return Whole(binding);
            case TokenKind.OpenBracket:
                Take();
                return MultiSelectList();
            case TokenKind.OpenBrace:
                Take();
                return MultiSelectHash();
            default:
                throw Unexpected("a name, '*', '[' or '{' behind the dot");
        }
    }

    private Expression.MultiSelectList MultiSelectList()
    {
        var items = new List<Expression> { Whole(0) };
        while (Now.Kind == TokenKind.Comma)
        {
            Take();
            items.Add(Whole(0));
        }

        Match(TokenKind.CloseBracket, "',' or ']'");
        return new(items);
    }

    private Expression.MultiSelectHash MultiSelectHash()
    {
        var members = new List<KeyValuePair<string, Expression>>();
        do
        {
            var name = Now.Kind is TokenKind.Identifier or TokenKind.QuotedIdentifier ? Take().Text : throw Unexpected("a name for the member, as in {name: expression}");
            Match(TokenKind.Colon, "':'");
            members.Add(new(name, Whole(0)));
        }
        while (Now.Kind == TokenKind.Comma && Take().Kind == TokenKind.Comma);
        Match(TokenKind.CloseBrace, "',' or '}'");
        return new(members);
    }

    private Expression.Call Call(Expression left, Token parenthesis)
    {
        if (left is not Expression.Field { Name: var name } || tokens[_at - 2].Kind != TokenKind.Identifier)
        {
            throw Wrong(parenthesis.Position, "only a function's name stands before '('");
        }

        var position = tokens[_at - 2].Position;
        var arguments = new List<Expression>();
        while (Now.Kind != TokenKind.CloseParenthesis)
        {
            if (arguments.Count > 0)
            {
                Match(TokenKind.Comma, "',' or ')'");
            }

            arguments.Add(Whole(0));
        }

        Take();
        if (!FunctionTable.ByName.TryGetValue(name, out var function))
        {
            var near = NearNames.Of(name, FunctionTable.ByName.Keys, 3);
            var repair = near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?" : $"There are {string.Join(", ", FunctionTable.ByName.Keys.Order(StringComparer.Ordinal))}.";
            throw new JmesException(JmesProblemKind.UnknownFunction, $"At character {position}: there is no function {ForeignText.Line(name, 60)}. {repair}", position);
        }

        return arguments.Count >= function.Least && !(arguments.Count > function.Most)
            ? new(function, arguments, position)
            : throw new JmesException(JmesProblemKind.InvalidArity, $"At character {position}: {name} takes {function.Takes}, not {arguments.Count}.", position);
    }

    private int Number()
    {
        var token = Take();
        return int.TryParse(token.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new JmesException(JmesProblemKind.InvalidValue, $"At character {token.Position}: the number is larger than any index.", token.Position);
    }

    private Token Take() => tokens[_at].Kind == TokenKind.End ? throw Unexpected("more") : tokens[_at++];

    private void Match(TokenKind kind, string wanted)
    {
        if (Now.Kind != kind)
        {
            throw Unexpected(wanted);
        }

        _at++;
    }

    private JmesException Unexpected(string wanted) => Wrong(
        Now.Position, $"there should be {wanted}, and there is {(Now.Kind is TokenKind.End or TokenKind.Literal ? Now.Text : $"'{ForeignText.Line(Now.Text, 40)}'")}");

    private static JmesException Wrong(int position, string what) => new(JmesProblemKind.Syntax, $"At character {position}: {what}.", position);

    private static JmesException TooDeep(int position) =>
        new(JmesProblemKind.TooComplex, $"At character {position}: the expression is nested more than {MaxDepth} deep, dots and pipes counted.", position);
}
