using System.Collections.Concurrent;
using CentralOps.Ledger.Reading;
using CentralOps.Ledger.Records;
using CentralOps.Ledger.Tests.Fixtures;

namespace CentralOps.Ledger.Tests.Writing;

/// <summary>Many calls at once over a disk that now and then takes a part and fails, with callers who go away. CENTRALOPS_LONG=1 makes 10,000 calls.</summary>
public sealed class FaultyDiskTests : IDisposable
{
    private static readonly int Calls = Environment.GetEnvironmentVariable("CENTRALOPS_LONG") is { Length: > 0 } ? 10_000 : 1000;

    private readonly TestLedger _ledger = new() { MaxPartBytes = 64 * 1024 };

    public void Dispose() => _ledger.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_accepted_call_has_one_beginning_and_one_end_whatever_the_disk_and_the_callers_do(int seed)
    {
        // By number, not by chance: a fast machine makes few and large writes.
        var disk = new FailingDisk(number => number % 6 == 3 ? new Random((seed * 1_000_003) + number).Next(3000) : null);
        _ledger.Disk = disk.Write;
        var (accepted, refused, given) = (new ConcurrentDictionary<string, CallOutcomeKind>(), 0, 0);
        await using (var writer = _ledger.Open())
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, Calls), new ParallelOptions { MaxDegreeOfParallelism = 24 }, async (call, _) =>
            {
                var dice = new Random((seed * 7_919) + call);
                using var away = new CancellationTokenSource();
                if (dice.Next(6) == 0)
                {
                    away.CancelAfter(TimeSpan.FromMicroseconds(dice.Next(2000)));
                }

                try
                {
                    var entry = await writer.BeginAsync(TestLedger.Call(), away.Token);
                    var outcome = (CallOutcomeKind)dice.Next(5);
                    accepted[entry.Call] = outcome;
                    await writer.EndAsync(entry, TestLedger.Answered() with { Outcome = outcome }, CancellationToken.None);
                    await writer.EndAsync(entry, TestLedger.Answered() with { Outcome = CallOutcomeKind.Failed }, CancellationToken.None);
                }
                catch (LedgerUnavailableException)
                {
                    Interlocked.Increment(ref refused);
                }
                catch (OperationCanceledException)
                {
                    Interlocked.Increment(ref given);
                }
            });
            disk.IsWell = true;
        }

        // Of each kind there was something.
        (accepted.Count + refused + given).ShouldBe(Calls);
        (accepted.IsEmpty, refused, given).ShouldSatisfyAllConditions(() => accepted.IsEmpty.ShouldBeFalse(), () => refused.ShouldBePositive(), () => given.ShouldBePositive());

        var report = await _ledger.VerifyAsync();
        report.Findings.ShouldBeEmpty();
        report.Interrupted.ShouldBe(0);
        var calls = (await _ledger.FindAsync()).ToLookup(static call => call.Call, StringComparer.Ordinal);
        calls.ShouldAllBe(static call => call.Count() == 1);
        accepted.ShouldAllBe(call => calls[call.Key].Single().Outcome == CallRecords.NameOf(call.Value));

        // What nobody was told of is of those who went away, and ended as that.
        calls.Where(call => !accepted.ContainsKey(call.Key)).ShouldAllBe(static call => call.Single().Outcome == "cancelled" && call.Single().Stage == "ledger");
    }

    [Fact]
    public async Task Ends_that_cannot_be_written_are_tried_now_and_then_and_not_without_pause()
    {
        var disk = new FailingDisk(static _ => null);
        _ledger.Disk = disk.Write;
        await using (var writer = _ledger.Open())
        {
            // More than fit into one batch.
            var entries = await Task.WhenAll(Enumerable.Range(0, 3000).Select(_ => writer.BeginAsync(TestLedger.Call(), CancellationToken.None)));
            disk.IsBroken = true;
            await Task.WhenAll(entries.Select(entry => writer.EndAsync(entry, TestLedger.Answered(), CancellationToken.None)));
            while (_ledger.Reports.Count == 0)
            {
                await Task.Delay(5);
            }

            var before = disk.Writes;
            await Task.Delay(200);
            (disk.Writes - before).ShouldBeLessThanOrEqualTo(8, "Time stands still, so nothing is to be tried but what came meanwhile.");
            disk.IsBroken = false;
            _ledger.Time.Advance(TimeSpan.FromSeconds(2));
        }

        var report = await _ledger.VerifyAsync();
        report.Findings.ShouldBeEmpty();
        (report.Calls, report.Interrupted).ShouldBe((3000, 0));
    }
}
