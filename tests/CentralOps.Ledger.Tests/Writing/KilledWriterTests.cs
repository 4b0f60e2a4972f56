using System.Diagnostics;
using CentralOps.Ledger.Reading;
using CentralOps.Ledger.Signing;
using CentralOps.Ledger.Tests.Fixtures;

namespace CentralOps.Ledger.Tests.Writing;

/// <summary>Processes that write one ledger together and are killed in the middle. CENTRALOPS_LONG=1 makes the 10,000 calls of the large form.</summary>
public sealed class KilledWriterTests : IDisposable
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("CENTRALOPS_LONG") is { Length: > 0 };
    private static readonly int Calls = Long ? 10_000 : 1200;

    /// <summary>More than any machine makes before the kill arrives.</summary>
    private const int Endless = 100_000_000;

    private readonly TestLedger _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public async Task Every_accepted_call_has_one_beginning_and_at_most_one_end_whenever_its_writer_was_killed()
    {
        // 1. Some writers are killed, each after another number of calls, while one runs to its end.
        var quiet = RunAsync(Calls / 4, killAfter: int.MaxValue, seed: 1);
        var watched = WatchAsync(quiet);
        var accepted = new List<string>();
        for (var seed = 2; accepted.Count < Calls * 3 / 4; seed++)
        {
            accepted.AddRange(await RunAsync(Endless, killAfter: 17 + (seed * 61 % (Calls / 5)), seed));
        }

        var ended = await quiet;
        (await watched).ShouldBeGreaterThan(0);

        // 2. Nothing is broken. Records behind a killed writer's last head are of calls that nobody was told of.
        using var key = LedgerKey.Read(KeyPath);
        var report = await _ledger.VerifyAsync(key);
        report.Findings.ShouldAllBe(static finding => finding.Kind == LedgerFindingKind.Unsigned);

        // 3. One beginning for each call that was accepted, at most one end.
        var calls = (await _ledger.FindAsync()).ToLookup(static call => call.Call, StringComparer.Ordinal);
        accepted.Concat(ended).ShouldAllBe(call => calls[call].Count() == 1);
        calls.ShouldAllBe(static call => call.Count() == 1);
        ended.ShouldAllBe(call => calls[call].Single().Outcome != LedgerCall.Interrupted);

        // 4. What was killed in the middle reads so.
        calls.ShouldContain(static call => call.Single().Outcome == LedgerCall.Interrupted);
        report.Interrupted.ShouldBeGreaterThan(0);
    }

    /// <summary>Whoever verifies meanwhile is not alarmed by what is just being written: of a writer that lives nothing is wrong.</summary>
    private async Task<int> WatchAsync(Task writing)
    {
        while (!File.Exists(KeyPath))
        {
            await Task.Delay(10);
        }

        var rounds = 0;
        using var key = LedgerKey.Read(KeyPath);
        for (; !writing.IsCompleted || rounds == 0; rounds++)
        {
            (await _ledger.VerifyAsync(key)).Findings.ShouldAllBe(static finding => finding.Kind == LedgerFindingKind.Unsigned);
        }

        return rounds;
    }

    private string KeyPath => Path.Combine(_ledger.Directory, "key.pem");

    private async Task<IReadOnlyList<string>> RunAsync(int calls, int killAfter, int seed)
    {
        var writer = Path.Combine(AppContext.BaseDirectory, "..", "..", "CentralOps.Ledger.Writer", "release", "CentralOps.Ledger.Writer.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[] { writer, _ledger.Directory, KeyPath, calls.ToString(System.Globalization.CultureInfo.InvariantCulture), seed.ToString(System.Globalization.CultureInfo.InvariantCulture) })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var accepted = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            accepted.Add(line);
            if (accepted.Count == killAfter)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(killAfter == int.MaxValue ? 0 : 137);

        // The last line of a killed process may be half a line.
        return killAfter == int.MaxValue ? accepted : accepted[..^1];
    }
}
