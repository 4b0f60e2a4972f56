using System.Globalization;

namespace CentralOps.Sandbox.CloudWatch;

/// <summary>A statistic over the samples of a period: one of the five, or a percentile such as <c>p99.9</c>.</summary>
internal readonly record struct Statistic
{
    private readonly Func<double[], double> _of;

    private Statistic(Func<double[], double> of) => _of = of;

    public static bool TryParse(string? text, out Statistic statistic)
    {
        Func<double[], double>? of = text switch
        {
            "Average" => static samples => samples.Average(),
            "Sum" => static samples => samples.Sum(),
            "Minimum" => static samples => samples.Min(),
            "Maximum" => static samples => samples.Max(),
            "SampleCount" => static samples => samples.Length,
            ['p', .. var rest] when double.TryParse(rest, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is > 0 and <= 100
                => samples => Percentile(samples, percent),
            _ => null,
        };
        statistic = of is null ? default : new Statistic(of);
        return of is not null;
    }

    public double Of(double[] samples) => _of(samples);

    private static double Percentile(double[] samples, double percent)
    {
        var sorted = samples.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
