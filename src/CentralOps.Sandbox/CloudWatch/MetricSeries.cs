using CentralOps.Sandbox.Estates.Alarms;

namespace CentralOps.Sandbox.CloudWatch;

/// <summary>
/// The samples of one metric: a daily wave with noise on it, a pure function of the metric's key and the time, so that every question
/// about a moment hears the same. One sample in five minutes, or one in a period that is shorter.
/// </summary>
internal sealed class MetricSeries
{
    private const int SampleSeconds = 300;

    private readonly ulong _key;
    private readonly MetricProfile _profile;

    /// <param name="seed">The estate's.</param>
    /// <param name="place">Account and region.</param>
    /// <param name="metric">What is measured.</param>
    public MetricSeries(ulong seed, string place, Metric metric)
    {
        // FNV-1a.
        _key = 14695981039346656037 ^ seed;
        foreach (var c in place + '\0' + metric.Key)
        {
            _key = (_key ^ c) * 1099511628211;
        }

        _profile = MetricProfile.Of(metric.Name);
    }

    public string Unit => _profile.Unit;

    /// <summary>The samples of a period that begins at a second of the epoch.</summary>
    public double[] Samples(long start, int period)
    {
        var step = Math.Min(period, SampleSeconds);
        var samples = new double[Math.Max(1, period / step)];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = Sample(start + (i * step));
        }

        return samples;
    }

    private double Sample(long second)
    {
        var level = Unit01(_key);
        var wave = (Math.Sin(2 * Math.PI * ((second % 86_400 / 86_400.0) - 0.25)) + 1) / 2;
        var noise = Unit01(_key + (ulong)second);
        var share = (0.5 * level) + (0.3 * wave) + (0.2 * noise);
        var value = _profile.Low + ((_profile.High - _profile.Low) * share);
        return _profile.Whole ? Math.Round(value) : Math.Round(value, 6);
    }

    // SplitMix64's finisher.
    private static double Unit01(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return (x ^ (x >> 31)) / (double)ulong.MaxValue;
    }
}
