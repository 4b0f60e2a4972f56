using System.Text;
using CentralOps.Ledger.Reading;
using CentralOps.Ledger.Signing;
using CentralOps.Ledger.Stores;
using CentralOps.Ledger.Tests.Fixtures;
using FsCheck;
using FsCheck.Fluent;

namespace CentralOps.Ledger.Tests.Reading;

/// <summary>Whatever is done to the files afterwards shows.</summary>
public sealed class TamperingTests : IDisposable
{
    private readonly TestLedger _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public async Task Any_other_byte_anywhere_is_found()
    {
        _ledger.MaxPartBytes = 3000;
        await _ledger.WriteAsync(12);
        _ledger.Parts.Length.ShouldBeGreaterThan(2);
        var files = _ledger.Parts.Concat(_ledger.HeadFiles).ToArray();
        (await _ledger.VerifyAsync()).IsSound.ShouldBeTrue();
        Prop.ForAll(
            (from file in Gen.Elements(files)
             from place in Gen.Choose(0, 1_000_000)
             from mask in Gen.Choose(1, 255)
             select (file, place, mask)).ToArbitrary(),
            given =>
            {
                var bytes = File.ReadAllBytes(given.file);
                var changed = (byte[])bytes.Clone();
                changed[given.place % bytes.Length] ^= (byte)given.mask;
                return FindsAsync(given.file, bytes, changed).GetAwaiter().GetResult();
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));
    }

    [Fact]
    public async Task Every_end_that_is_cut_off_is_found_at_whatever_byte()
    {
        await _ledger.WriteAsync(4);
        var path = _ledger.Parts.ShouldHaveSingleItem();
        var bytes = File.ReadAllBytes(path);
        for (var length = 0; length < bytes.Length; length += 7)
        {
            File.WriteAllBytes(path, bytes[..length]);
            (await _ledger.VerifyAsync()).Findings.ShouldHaveSingleItem().Kind.ShouldBeOneOf(LedgerFindingKind.CutOff, LedgerFindingKind.Removed);
        }
    }

    [Fact]
    public async Task Half_a_line_and_half_a_head_behind_the_last_whole_ones_are_what_a_killed_process_leaves()
    {
        await _ledger.WriteAsync(2);
        File.AppendAllText(_ledger.Parts[0], "{\"seq\":8,\"pre");
        File.AppendAllText(_ledger.HeadFiles[0], "{\"type\":\"he");
        (await _ledger.VerifyAsync()).Findings.ShouldHaveSingleItem().Kind.ShouldBe(LedgerFindingKind.Unsigned);
    }

    [Fact]
    public async Task Every_record_that_is_removed_doubled_or_moved_is_found()
    {
        await _ledger.WriteAsync(5);
        var path = _ledger.Parts.ShouldHaveSingleItem();
        var bytes = File.ReadAllBytes(path);
        var lines = Encoding.ASCII.GetString(bytes).Split('\n')[..^1];
        for (var index = 0; index < lines.Length; index++)
        {
            (await FindsAsync(path, bytes, Join(lines.Where((_, at) => at != index)))).ShouldBeTrue($"removed {index}");
            (await FindsAsync(path, bytes, Join(lines.Take(index + 1).Append(lines[index]).Concat(lines.Skip(index + 1))))).ShouldBeTrue($"doubled {index}");
            if (index > 0)
            {
                var moved = (string[])lines.Clone();
                (moved[index], moved[index - 1]) = (moved[index - 1], moved[index]);
                (await FindsAsync(path, bytes, Join(moved))).ShouldBeTrue($"moved {index}");
            }
        }
    }

    [Fact]
    public async Task The_first_thing_that_is_wrong_is_named()
    {
        await _ledger.WriteAsync(5);
        var path = _ledger.Parts.ShouldHaveSingleItem();
        var lines = File.ReadAllLines(path);

        Write(path, lines.Select((line, at) => at == 4 ? line.Replace("\"ada\"", "\"eve\"", StringComparison.Ordinal) : line));
        var changed = (await _ledger.VerifyAsync()).Findings.ShouldHaveSingleItem();
        (changed.Kind, changed.Seq, changed.Line).ShouldBe((LedgerFindingKind.Changed, 4, 5));
        changed.Problem.ShouldBe("record 4 is not the one that was signed");

        Write(path, lines.Where((_, at) => at is not (5 or 6)));
        (await _ledger.VerifyAsync()).Findings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            finding => finding.Kind.ShouldBe(LedgerFindingKind.Removed),
            finding => finding.Problem.ShouldBe("records 5 to 6 are missing before record 7, or stand elsewhere"));

        Write(path, lines.Take(9));
        (await _ledger.VerifyAsync()).Findings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            finding => finding.Kind.ShouldBe(LedgerFindingKind.CutOff),
            finding => finding.Problem.ShouldContain($"records 9 to {lines.Length - 1} are cut off: they were signed at 2026-11-22T12:00:00"));

        File.Delete(path);
        (await _ledger.VerifyAsync()).Findings.ShouldHaveSingleItem().Problem.ShouldStartWith($"all records are gone: 0 to {lines.Length - 1} were signed at");
    }

    [Fact]
    public async Task A_record_that_is_appended_by_who_has_no_key_is_found_though_its_link_is_right()
    {
        await _ledger.WriteAsync(2);
        var path = _ledger.Parts.ShouldHaveSingleItem();
        var lines = File.ReadAllLines(path);
        var link = CentralOps.Ledger.Records.ChainPosition.HashOf(Encoding.ASCII.GetBytes(lines[^1]));
        File.AppendAllText(path, $$"""{"seq":{{lines.Length}},"prev":"{{link}}","time":"2026-11-22T12:00:00.000000Z","type":"begin","call":"forged"}""" + "\n");
        var finding = (await _ledger.VerifyAsync()).Findings.ShouldHaveSingleItem();
        (finding.Kind, finding.Seq).ShouldBe((LedgerFindingKind.Unsigned, lines.Length));
        finding.Problem.ShouldBe("nobody vouches for the last 1 records: they are behind the last signed head");
    }

    [Fact]
    public async Task A_part_that_is_gone_is_found_and_so_is_one_under_another_name()
    {
        _ledger.MaxPartBytes = 3000;
        await _ledger.WriteAsync(20);
        var parts = _ledger.Parts;
        foreach (var part in parts)
        {
            File.Move(part, part + ".away");
            (await _ledger.VerifyAsync()).IsSound.ShouldBeFalse(part);
            File.Move(part + ".away", part);
        }

        File.Move(parts[0], parts[0] + ".x");
        File.Move(parts[1], parts[0]);
        File.Move(parts[0] + ".x", parts[1]);
        (await _ledger.VerifyAsync()).IsSound.ShouldBeFalse();
    }

    [Fact]
    public async Task Heads_that_are_gone_or_signed_by_somebody_else_are_found()
    {
        await _ledger.WriteAsync(2);
        using var other = LedgerKey.New();
        (await _ledger.VerifyAsync(other)).Findings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            finding => finding.Kind.ShouldBe(LedgerFindingKind.BadHead), finding => finding.Problem.ShouldContain("another key"));

        // Somebody signs anew what he has changed.
        var head = _ledger.HeadFiles.ShouldHaveSingleItem();
        var writer = Path.GetFileNameWithoutExtension(head);
        var kept = File.ReadAllText(head);
        File.WriteAllBytes(head, Head.Sign(writer, 1, 3, "x", DateTimeOffset.UnixEpoch, other).Line());
        (await _ledger.VerifyAsync()).Findings.ShouldHaveSingleItem().Kind.ShouldBe(LedgerFindingKind.BadHead);
        File.Delete(head);
        (await _ledger.VerifyAsync()).Findings.ShouldHaveSingleItem().Kind.ShouldBe(LedgerFindingKind.Unsigned);
        File.WriteAllText(head, kept);
        (await _ledger.VerifyAsync()).IsSound.ShouldBeTrue();
    }

    private static byte[] Join(IEnumerable<string> lines) => Encoding.ASCII.GetBytes(string.Concat(lines.Select(static line => line + "\n")));

    private static void Write(string path, IEnumerable<string> lines) => File.WriteAllBytes(path, Join(lines));

    private async Task<bool> FindsAsync(string path, byte[] bytes, byte[] changed)
    {
        File.WriteAllBytes(path, changed);
        var report = await _ledger.VerifyAsync();
        File.WriteAllBytes(path, bytes);
        return !report.IsSound;
    }
}
