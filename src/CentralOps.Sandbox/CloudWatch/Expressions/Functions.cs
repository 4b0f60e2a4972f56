using System.Collections.Frozen;

namespace CentralOps.Sandbox.CloudWatch.Expressions;

/// <summary>
/// The functions of metric math that are known here.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
/// </summary>
internal static class Functions
{
    private static readonly FrozenDictionary<string, Func<IReadOnlyList<Operand>, Operand>> Known = new Dictionary<string, Func<IReadOnlyList<Operand>, Operand>>(StringComparer.Ordinal)
    {
        ["SUM"] = static of => Fold(of, static values => values.Sum()),
        ["AVG"] = static of => Fold(of, static values => values.Average()),
        ["MIN"] = static of => Fold(of, static values => values.Min()),
        ["MAX"] = static of => Fold(of, static values => values.Max()),
        ["STDDEV"] = static of => Fold(of, StandardDeviation),
        ["METRIC_COUNT"] = static of => Operand.Of(One(of).Many.Count),
        ["ABS"] = static of => One(of).Map(Math.Abs),
        ["CEIL"] = static of => One(of).Map(Math.Ceiling),
        ["FLOOR"] = static of => One(of).Map(Math.Floor),
        ["LOG"] = static of => One(of).Map(Math.Log),
        ["LOG10"] = static of => One(of).Map(Math.Log10),
        ["PERIOD"] = static of => Operand.Of(OneSeries(of).Period),
        ["FIRST"] = static of => Operand.Of(OneSeries(of).Values.Values.FirstOrDefault()),
        ["LAST"] = static of => Operand.Of(OneSeries(of).Values.Values.LastOrDefault()),
        ["DIFF"] = static of => Pairs(OneSeries(of), static (_, before, now) => now - before),
        ["RATE"] = static of => Pairs(OneSeries(of), static (seconds, before, now) => (now - before) / seconds),
        ["RUNNING_SUM"] = static of => RunningSum(OneSeries(of)),
        ["IF"] = static of => If(of),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Operand Call(string name, IReadOnlyList<Operand> arguments) => Known.TryGetValue(name, out var function)
        ? function(arguments)
        : throw new ExpressionException($"The function {name} is not known");

    private static Operand One(IReadOnlyList<Operand> of) => of.Count == 1 ? of[0] : throw new ExpressionException("One argument is expected");

    private static Series OneSeries(IReadOnlyList<Operand> of) => One(of) is { Number: null, IsArray: false, Many: [var series] }
        ? series
        : throw new ExpressionException("One time series is expected");

    /// <summary>One series becomes a number, an array becomes a series.</summary>
    private static Operand Fold(IReadOnlyList<Operand> of, Func<IReadOnlyList<double>, double> combine)
    {
        var operand = of.Count == 1 ? of[0] : Operand.Of([.. of.SelectMany(each => each.Number is null ? each.Many : throw new ExpressionException("A time series is expected"))]);
        if (operand.Number is { } number)
        {
            return Operand.Of(number);
        }

        if (operand.IsArray)
        {
            return Operand.Of(Series.Fold(operand.Many, "", combine));
        }

        var values = operand.Many[0].Values.Values;
        return values.Count == 0 ? throw new ExpressionException("The time series has no values") : Operand.Of(combine([.. values]));
    }

    private static double StandardDeviation(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Count);
    }

    private static Operand Pairs(Series series, Func<long, double, double, double> of) => Operand.Of(series.With(
        series.Values.Zip(series.Values.Skip(1), (before, now) => (now.Key, of(now.Key - before.Key, before.Value, now.Value)))));

    private static Operand RunningSum(Series series)
    {
        var sum = 0.0;
        return Operand.Of(series.Map(value => sum += value));
    }

    private static Operand If(IReadOnlyList<Operand> of)
    {
        if (of.Count is not (2 or 3))
        {
            throw new ExpressionException("IF expects a condition and one or two values");
        }

        var chosen = of[0].Combine(of[1], static (condition, then) => condition != 0 ? then : double.NaN);
        if (of.Count == 2)
        {
            return chosen;
        }

        var rest = of[0].Combine(of[2], static (condition, otherwise) => condition == 0 ? otherwise : double.NaN);
        return chosen.Number is { } number
            ? double.IsNaN(number) ? rest : chosen
            : Operand.Of(Series.Fold([.. chosen.Many, .. rest.Many], "", static values => values[0]));
    }
}
