namespace CentralOps.Sandbox.CloudWatch;

/// <summary>Values by second of the epoch, the earliest first, with the period between them.</summary>
internal sealed record Series(string Label, int Period, SortedList<long, double> Values)
{
    public Series Map(Func<double, double> change) => With(Values.Select(point => (point.Key, change(point.Value))));

    /// <summary>Where both have a value; a result that is no number is no point.</summary>
    public Series Join(Series other, Func<double, double, double> combine) => With(
        from point in Values
        where other.Values.ContainsKey(point.Key)
        select (point.Key, combine(point.Value, other.Values[point.Key])));

    public Series With(IEnumerable<(long Second, double Value)> points)
    {
        var values = new SortedList<long, double>();
        foreach (var (second, value) in points)
        {
            if (double.IsFinite(value))
            {
                values[second] = value;
            }
        }

        return this with { Values = values };
    }

    /// <summary>Over many series: at each moment, what those that have a value make together.</summary>
    public static Series Fold(IReadOnlyList<Series> all, string label, Func<IReadOnlyList<double>, double> combine)
    {
        var moments = new SortedDictionary<long, List<double>>();
        foreach (var (second, value) in all.SelectMany(series => series.Values))
        {
            if (!moments.TryGetValue(second, out var values))
            {
                moments[second] = values = [];
            }

            values.Add(value);
        }

        var empty = new Series(label, all.Count == 0 ? 60 : all.Max(series => series.Period), []);
        return empty.With(moments.Select(moment => (moment.Key, combine(moment.Value))));
    }
}
