using CentralOps.Ledger.Reading;
using CentralOps.Ledger.Tests.Fixtures;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace CentralOps.Ledger.Tests.Reading;

/// <summary>Random damage of every kind, each kind counted: none passes. CENTRALOPS_LONG=1 does 150 of each in the place of 15.</summary>
public sealed class DamageTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("CENTRALOPS_LONG") is { Length: > 0 } ? 150 : 15;
    private static readonly DamageKind[] Kinds = Enum.GetValues<DamageKind>();

    private readonly TestLedger _ledger = new() { MaxPartBytes = 2500 };

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public async Task Whatever_is_done_to_a_ledger_without_its_key_is_found()
    {
        await _ledger.WriteAsync(15);
        _ledger.Time.Advance(TimeSpan.FromSeconds(1));
        await _ledger.WriteAsync(11);
        (await _ledger.VerifyAsync()).IsSound.ShouldBeTrue();
        var files = _ledger.Parts.Concat(_ledger.HeadFiles).ToDictionary(static path => path, File.ReadAllBytes, StringComparer.Ordinal);
        files.Count.ShouldBeGreaterThan(7);
        var counted = Kinds.ToDictionary(static kind => kind, static _ => 0);
        var seen = new HashSet<LedgerFindingKind>();

        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            foreach (var kind in Kinds)
            {
                new Damage(_ledger.Parts, _ledger.HeadFiles, new Random(seed)).Do(kind);
                var findings = _ledger.VerifyAsync().GetAwaiter().GetResult().Findings;
                var isChanged = files.Any(static file => !File.Exists(file.Key) || !File.ReadAllBytes(file.Key).AsSpan().SequenceEqual(file.Value));
                foreach (var (path, bytes) in files)
                {
                    File.WriteAllBytes(path, bytes);
                }

                // Two equal records that change places are no damage, and not counted as such.
                (findings.Count > 0).ShouldBe(isChanged, $"{kind}, seed {seed}");
                seen.UnionWith(findings.Select(static finding => finding.Kind));
                counted[kind] += isChanged ? 1 : 0;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Rounds));

        // Every kind of damage was done, and every way to tell of it was used.
        counted.ShouldAllBe(static kind => kind.Value >= Rounds * 9 / 10);
        Enum.GetValues<LedgerFindingKind>().Except([LedgerFindingKind.Inconsistent]).ShouldBeSubsetOf(seen);
        (await _ledger.VerifyAsync()).IsSound.ShouldBeTrue();
        output.WriteLine(string.Join('\n', counted.Select(static kind => $"{kind.Key,-32} {kind.Value,6} done, all found")));
    }

    [Fact]
    public async Task A_part_that_a_killed_process_opened_and_left_empty_is_nothing_removed_and_one_that_was_emptied_is()
    {
        await _ledger.WriteAsync(10);
        var last = _ledger.Parts[^1];
        var next = last[..^".000001.jsonl".Length] + $".{_ledger.Parts.Length + 1:D6}.jsonl";
        File.WriteAllBytes(next, []);
        (await _ledger.VerifyAsync()).Findings.ShouldBeEmpty();
        File.Delete(next);
        File.WriteAllBytes(last, []);
        (await _ledger.VerifyAsync()).Findings.ShouldHaveSingleItem().Kind.ShouldBe(LedgerFindingKind.CutOff);
    }
}
