using System.Diagnostics;
using System.Text;
using CentralOps.Ledger.Records;
using CentralOps.Ledger.Signing;
using CentralOps.Ledger.Stores;
using CentralOps.Ledger.Writing;

namespace CentralOps.Bench.Ledger;

/// <summary>What a record costs a call: one call after the other against two bare appends that are flushed to the disk, and many at once.</summary>
internal static class LedgerBench
{
    private const int Calls = 200;

    /// <param name="directory">On the disk that is measured.</param>
    public static int Run(int pairs, string directory)
    {
        var place = Directory.CreateDirectory(Path.Combine(directory, "centralops-bench-" + Guid.NewGuid().ToString("N"))).FullName;
        using var key = LedgerKey.New();
        try
        {
            var ledger = LedgerWriter.ToFiles(new FileStoreOptions(Path.Combine(place, "records"), Path.Combine(place, "heads")), new LedgerOptions { Time = TimeProvider.System, Key = key });
            One(ledger).GetAwaiter().GetResult();
            using var records = Bare(Path.Combine(place, "bare-records"));
            using var heads = Bare(Path.Combine(place, "bare-heads"));
            var (record, head) = (new byte[900], new byte[340]);
            Compare(pairs, () => One(ledger).GetAwaiter().GetResult(), () =>
            {
                Append(records, record);
                Append(heads, head);
            });
            foreach (var callers in new[] { 1, 16, 125 })
            {
                AtOnceAsync(ledger, callers).GetAwaiter().GetResult();
            }

            ledger.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }

        return 0;
    }

    /// <summary>By the clock, for a disk is waited for: each call beside the bare appends that follow it.</summary>
    private static void Compare(int pairs, Action call, Action bare)
    {
        var (ours, theirs, ratios) = (new List<double>(), new List<double>(), new List<double>());
        for (var pair = 0; pair < pairs; pair++)
        {
            var (mine, other) = (Milliseconds(call), Milliseconds(bare));
            ours.Add(mine);
            theirs.Add(other);
            ratios.Add(mine / other);
        }

        Console.WriteLine(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{pairs} times {Calls} calls, one by one: {Median(ours) / Calls:F2} ms a call; two bare flushed appends {Median(theirs) / Calls:F2} ms; ratio {ratios.Min():F2} / {Median(ratios):F2} / {ratios.Max():F2}"));
    }

    private static double Milliseconds(Action work)
    {
        var started = Stopwatch.GetTimestamp();
        for (var call = 0; call < Calls; call++)
        {
            work();
        }

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private static async Task AtOnceAsync(LedgerWriter ledger, int callers)
    {
        var waited = new List<double>();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(3))
            {
                var begun = Stopwatch.GetTimestamp();
                var entry = await ledger.BeginAsync(Begin, CancellationToken.None);
                var took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
                await ledger.EndAsync(entry, End, CancellationToken.None);
                lock (waited)
                {
                    waited.Add(took);
                }
            }
        }));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var own = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMilliseconds;
        waited.Sort();
        Console.WriteLine(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{callers,4} callers at once: {waited.Count / seconds,8:F0} calls/s, {3 * waited.Count / seconds,8:F0} records/s; a call waits p50 {waited[waited.Count / 2],6:F2} ms, p99 {waited[waited.Count * 99 / 100],6:F2} ms; {own / waited.Count,6:F3} ms CPU a call"));
    }

    private static async Task One(LedgerWriter ledger) =>
        await ledger.EndAsync(await ledger.BeginAsync(Begin, CancellationToken.None), End, CancellationToken.None);

    private static CallBegin Begin { get; } = new()
    {
        Caller = new LedgerCaller("arn:aws:sts::111111111111:assumed-role/Agents/session", "iam", null, null, "arn-aws-sts--111111111111-assumed-role=0123456789abcdef01234567"),
        Tool = "describe_ec2_instances",
        CalledAs = "ec2___describe_ec2_instances",
        RequestId = "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
        Arguments = [new LedgerArgument("account_id", Encoding.UTF8.GetBytes("\"222222222222\""), IsPlain: true), new LedgerArgument("limit", Encoding.UTF8.GetBytes("100"), IsPlain: false)],
    };

    private static CallEnd End { get; } = new()
    {
        Outcome = CallOutcomeKind.Answered,
        Accounts = [new AccountUse("222222222222", "us-east-1", ["8476a536-e9f4-11e8-9739-2dfe598c3fce"], [new OperationUse("ec2:DescribeInstances", 1, 1, ["8476a536-e9f4-11e8-9739-2dfe598c3fcf"])])],
        AnswerBytes = 40_000,
        Duration = TimeSpan.FromMilliseconds(56.7),
    };

    private static FileStream Bare(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1);

    private static void Append(FileStream file, ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(file.SafeFileHandle, bytes, RandomAccess.GetLength(file.SafeFileHandle));
        RandomAccess.FlushToDisk(file.SafeFileHandle);
    }
}
