using CentralOps.Ledger.Reading;
using CentralOps.Ledger.Signing;
using CentralOps.Ledger.Stores;
using CentralOps.Ledger.Tests.Fixtures;
using CentralOps.Ledger.Writing;

namespace CentralOps.Ledger.Tests.Reading;

/// <summary>A ledger that is read while it is written.</summary>
public sealed class LiveLedgerTests : IDisposable
{
    /// <summary>Calls that are made by the end of each look: a fast disk would be filled otherwise.</summary>
    private const int CallsALook = 300;

    private readonly TestLedger _ledger = new() { MaxPartBytes = 64 * 1024 };
    private long _calls;
    private long _mayCall = CallsALook;

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public async Task Verifying_a_busy_ledger_again_and_again_raises_no_alarm()
    {
        // The disk is slow between records and head: most looks fall there.
        _ledger.Disk = static (file, bytes, offset) =>
        {
            RandomAccess.Write(file, bytes, offset);
            Thread.Yield();
        };
        await using var writer = _ledger.Open();
        using var enough = new CancellationTokenSource();
        var calls = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => KeepCallingAsync(writer, enough.Token)));
        for (var look = 0; look < 60; look++)
        {
            var report = await _ledger.VerifyAsync();
            report.Findings.ShouldBeEmpty($"look {look}");
            Interlocked.Add(ref _mayCall, CallsALook);
        }

        await enough.CancelAsync();
        await calls;
    }

    [Fact]
    public async Task Records_that_a_living_writer_does_not_come_to_sign_are_told()
    {
        await using var writer = _ledger.Open();
        await writer.BeginAsync(TestLedger.Call(), CancellationToken.None);
        var lines = _ledger.ReadRecords().Split('\n')[..^1];
        File.AppendAllText(_ledger.Parts[0], $$"""{"seq":{{lines.Length}},"prev":"{{CentralOps.Ledger.Records.ChainPosition.HashOf(System.Text.Encoding.ASCII.GetBytes(lines[^1]))}}","time":"x","type":"begin","call":"forged"}""" + "\n");
        var verifying = new LedgerVerifier(_ledger.Directory, _ledger.Heads, _ledger.Key, _ledger.Time).VerifyAsync(CancellationToken.None);
        while (!verifying.IsCompleted)
        {
            _ledger.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await verifying).Findings.ShouldHaveSingleItem().Kind.ShouldBe(LedgerFindingKind.Unsigned);
    }

    [Fact]
    public async Task A_ledger_is_verified_with_the_public_half_alone()
    {
        await _ledger.WriteAsync(3);
        using var half = LedgerKey.FromPem(_ledger.Key.PublicPem())!;
        (await _ledger.VerifyAsync(half)).IsSound.ShouldBeTrue();
    }

    private async Task KeepCallingAsync(LedgerWriter writer, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            if (Interlocked.Increment(ref _calls) > Interlocked.Read(ref _mayCall))
            {
                Interlocked.Decrement(ref _calls);
                await Task.Yield();
                continue;
            }

            await writer.EndAsync(await writer.BeginAsync(TestLedger.Call(), CancellationToken.None), TestLedger.Answered(), CancellationToken.None);
        }
    }
}
