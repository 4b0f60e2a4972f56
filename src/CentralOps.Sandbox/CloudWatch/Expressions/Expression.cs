namespace CentralOps.Sandbox.CloudWatch.Expressions;

/// <summary>
/// Metric math, worked out while it is read: comparisons, then sums, products, signs and powers, as everywhere.
/// </summary>
internal sealed class Expression
{
    private const int MaxDepth = 32;

    private readonly List<Token> _tokens;
    private readonly Func<string, Operand?> _find;
    private readonly Func<string?, IReadOnlyList<Series>> _metrics;
    private int _next;
    private int _depth;

    private Expression(string text, Func<string, Operand?> find, Func<string?, IReadOnlyList<Series>> metrics) =>
        (_tokens, _find, _metrics) = (Tokens.Of(text), find, metrics);

    /// <param name="text">Such as <c>m1 / m2 * 100</c> or <c>SUM(METRICS())</c>.</param>
    /// <param name="find">What an id stands for; null for an unknown one.</param>
    /// <param name="metrics">All metrics of the request, or those whose id holds a text: <c>METRICS()</c>.</param>
    /// <exception cref="ExpressionException">It cannot be read or worked out.</exception>
    public static Operand Evaluate(string text, Func<string, Operand?> find, Func<string?, IReadOnlyList<Series>> metrics)
    {
        var expression = new Expression(text, find, metrics);
        var value = expression.Comparison();
        return expression.Peek.Kind == TokenKind.End ? value : throw new ExpressionException($"'{expression.Peek.Text}' was not expected");
    }

    private Token Peek => _tokens[_next];

    private Operand Comparison()
    {
        if (++_depth > MaxDepth)
        {
            throw new ExpressionException("The expression is nested too deeply");
        }

        var left = Sum();
        while (Take("<", ">", "<=", ">=", "==", "!=", "&&", "||") is { } sign)
        {
            left = left.Combine(Sum(), Operation(sign));
        }

        _depth--;
        return left;
    }

    private Operand Sum()
    {
        var left = Product();
        while (Take("+", "-") is { } sign)
        {
            left = left.Combine(Product(), Operation(sign));
        }

        return left;
    }

    private Operand Product()
    {
        var left = Signed();
        while (Take("*", "/") is { } sign)
        {
            left = left.Combine(Signed(), Operation(sign));
        }

        return left;
    }

    private Operand Signed() => Take("-") is null ? Power() : Power().Map(static value => -value);

    private Operand Power()
    {
        var left = Primary();
        return Take("^") is null ? left : left.Combine(Primary(), Math.Pow);
    }

    private Operand Primary()
    {
        var token = _tokens[_next];
        _next += token.Kind == TokenKind.End ? 0 : 1;
        switch (token)
        {
            case { Kind: TokenKind.Number }:
                return Operand.Of(token.Number);
            case { Kind: TokenKind.Name } when Take("(") is not null:
                return Call(token.Text);
            case { Kind: TokenKind.Name }:
                return _find(token.Text) ?? throw new ExpressionException($"The id '{token.Text}' is not in the request");
            case { Kind: TokenKind.Sign, Text: "(" }:
                var inner = Comparison();
                Expect(")");
                return inner;
            default:
                throw new ExpressionException($"'{token.Text}' was not expected");
        }
    }

    private Operand Call(string function)
    {
        if (function is "METRICS")
        {
            var part = Peek.Kind == TokenKind.Text ? _tokens[_next++].Text : null;
            Expect(")");
            return Operand.Of(_metrics(part));
        }

        List<Operand> arguments = [];
        do
        {
            arguments.Add(Comparison());
        }
        while (Take(",") is not null);
        Expect(")");
        return Functions.Call(function, arguments);
    }

    private string? Take(params ReadOnlySpan<string> signs)
    {
        var token = Peek;
        return token.Kind == TokenKind.Sign && signs.Contains(token.Text) ? _tokens[_next++].Text : null;
    }

    private void Expect(string sign)
    {
        if (Take(sign) is null)
        {
            throw new ExpressionException($"'{sign}' was expected, not '{Peek.Text}'");
        }
    }

    private static Func<double, double, double> Operation(string sign) => sign switch
    {
        "+" => static (left, right) => left + right,
        "-" => static (left, right) => left - right,
        "*" => static (left, right) => left * right,
        "/" => static (left, right) => right == 0 ? double.NaN : left / right,
        "<" => static (left, right) => left < right ? 1 : 0,
        ">" => static (left, right) => left > right ? 1 : 0,
        "<=" => static (left, right) => left <= right ? 1 : 0,
        ">=" => static (left, right) => left >= right ? 1 : 0,
        "==" => static (left, right) => left == right ? 1 : 0,
        "!=" => static (left, right) => left != right ? 1 : 0,
        "&&" => static (left, right) => left != 0 && right != 0 ? 1 : 0,
        _ => static (left, right) => left != 0 || right != 0 ? 1 : 0,
    };
}
