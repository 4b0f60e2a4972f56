namespace CentralOps.Text.JmesPath;

/// <summary>An expression as it was read. The nested cases are all there are.</summary>
internal abstract record Expression
{
    private Expression(params ReadOnlySpan<Expression> parts)
    {
        foreach (var part in parts)
        {
            Depth = Math.Max(Depth, part.Depth + 1);
        }
    }

    /// <summary>How many lie in one another, at most: evaluation goes as deep.</summary>
    public int Depth { get; }

    public static Expression Itself { get; } = new Current();

    public sealed record Current : Expression;

    public sealed record Literal(Node Value) : Expression;

    public sealed record Field(string Name) : Expression;

    public sealed record Index(int At) : Expression;

    public sealed record Slice(int? Start, int? Stop, int Step) : Expression;

    /// <summary>The right one of what the left one answers: <c>a.b</c>, <c>a[0]</c> and <c>a | b</c>.</summary>
    public sealed record Chain(Expression Left, Expression Right) : Expression(Left, Right);

    public sealed record Or(Expression Left, Expression Right) : Expression(Left, Right);

    public sealed record And(Expression Left, Expression Right) : Expression(Left, Right);

    public sealed record Not(Expression Of) : Expression(Of);

    public sealed record Comparison(TokenKind Operator, Expression Left, Expression Right) : Expression(Left, Right);

    public sealed record Flatten(Expression Of) : Expression(Of);

    /// <summary>The right one of each element of the left one's array.</summary>
    public sealed record Projection(Expression Left, Expression Right) : Expression(Left, Right);

    /// <summary>The right one of each value of the left one's object.</summary>
    public sealed record ValueProjection(Expression Left, Expression Right) : Expression(Left, Right);

    public sealed record FilterProjection(Expression Left, Expression Condition, Expression Right) : Expression(Left, Condition, Right);

    public sealed record MultiSelectList(IReadOnlyList<Expression> Items) : Expression([.. Items]);

    public sealed record MultiSelectHash(IReadOnlyList<KeyValuePair<string, Expression>> Members) : Expression([.. Members.Select(member => member.Value)]);

    /// <summary><c>&amp;expression</c>: an argument that a function evaluates itself.</summary>
    public sealed record Reference(Expression Of, int Position) : Expression(Of);

    public sealed record Call(Function Function, IReadOnlyList<Expression> Arguments, int Position) : Expression([.. Arguments]);
}
