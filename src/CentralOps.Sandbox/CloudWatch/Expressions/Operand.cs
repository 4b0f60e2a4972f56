namespace CentralOps.Sandbox.CloudWatch.Expressions;

/// <summary>What an expression works on: a number, a series, or several series.</summary>
internal readonly record struct Operand(double? Number, IReadOnlyList<Series> Many, bool IsArray)
{
    public static Operand Of(double number) => new(number, [], IsArray: false);

    public static Operand Of(Series series) => new(null, [series], IsArray: false);

    public static Operand Of(IReadOnlyList<Series> many) => new(null, many, IsArray: true);

    public Operand Map(Func<double, double> change) => Number is { } number
        ? Of(change(number))
        : this with { Many = [.. Many.Select(series => series.Map(change))] };

    /// <summary>Number with number, number with each value, or value with value; an array goes with a number or one series.</summary>
    public Operand Combine(Operand other, Func<double, double, double> combine)
    {
        if (Number is { } left)
        {
            return other.Map(right => combine(left, right));
        }

        if (other.Number is { } right)
        {
            return Map(value => combine(value, right));
        }

        if (IsArray && other.IsArray)
        {
            throw new ExpressionException("Two arrays of time series cannot be combined");
        }

        return IsArray
            ? Of([.. Many.Select(series => series.Join(other.Many[0], combine))])
            : Join(Many[0], other, combine);
    }

    private static Operand Join(Series one, Operand other, Func<double, double, double> combine) =>
        other with { Many = [.. other.Many.Select(series => one.Join(series, combine))] };
}
