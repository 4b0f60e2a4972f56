using System.Diagnostics;

namespace CentralOps.Bench.Wire;

/// <summary>Two pieces of work in turn, in one process: the machine's noise falls on both, so the ratio is what is read.</summary>
internal static class Pairs
{
    public static void Run(string name, int pairs, Action work, Action baseline)
    {
        // Both are compiled to the last tier before anything counts.
        var warmUntil = Stopwatch.GetTimestamp() + (2 * Stopwatch.Frequency);
        do
        {
            work();
            baseline();
        }
        while (Stopwatch.GetTimestamp() < warmUntil);

        var ours = new double[pairs];
        var bare = new double[pairs];
        var ratios = new double[pairs];
        for (var pair = 0; pair < pairs; pair++)
        {
            ours[pair] = Milliseconds(work);
            bare[pair] = Milliseconds(baseline);
            ratios[pair] = ours[pair] / bare[pair];
        }

        Console.WriteLine($"{name,-46} {Median(ours),9:F3} ms {Median(bare),9:F3} ms   ratio {ratios.Min():F2} / {Median(ratios):F2} / {ratios.Max():F2}");
    }

    // The process's own processor time, its garbage collector's included: others on the machine take turns, not time.
    private static double Milliseconds(Action work)
    {
        var before = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    }

    private static double Median(double[] values)
    {
        var sorted = (double[])values.Clone();
        Array.Sort(sorted);
        return sorted[sorted.Length / 2];
    }
}
