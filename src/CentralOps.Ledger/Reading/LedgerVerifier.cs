using System.Globalization;
using CentralOps.Ledger.Signing;

namespace CentralOps.Ledger.Reading;

/// <summary>Goes through a ledger and tells, of each writer, the first thing that is wrong. A ledger that is being written is read as it stands.</summary>
public sealed class LedgerVerifier(string directory, string headsDirectory, LedgerKey key)
{
    private const int MaxAgain = 5;

    public async Task<LedgerReport> VerifyAsync(CancellationToken cancellationToken)
    {
        var findings = new List<LedgerFinding>();
        var (writers, records, calls, interrupted) = (0, 0L, 0L, 0L);
        foreach (var found in WriterFiles.Find(directory, headsDirectory))
        {
            writers++;
            var (files, chain, wrong) = await JudgeAsync(found, cancellationToken);
            for (var again = 0; again < MaxAgain && wrong is { Kind: LedgerFindingKind.Unsigned } && files.IsBeingWritten; again++)
            {
                // Caught between writing and signing.
                (files, chain, wrong) = await JudgeAsync(found, cancellationToken);
            }

            if (wrong is not null)
            {
                findings.Add(wrong);
            }

            records += chain.Records;
            calls += chain.Calls;
            interrupted += chain.Open > 0 && !files.IsBeingWritten ? chain.Open : 0;
        }

        return new LedgerReport { Findings = findings, Writers = writers, Records = records, Calls = calls, Interrupted = interrupted };
    }

    private async Task<(WriterFiles Files, ChainReader Chain, LedgerFinding? Finding)> JudgeAsync(WriterFiles found, CancellationToken cancellationToken)
    {
        // The heads before the records: what they reach to has to be there. And once more after: what was written meanwhile is signed by then.
        var before = await HeadsFile.ReadAsync(found, key, cancellationToken);
        var files = WriterFiles.Find(directory, headsDirectory).FirstOrDefault(again => string.Equals(again.Writer, found.Writer, StringComparison.Ordinal)) ?? found;
        var chain = new ChainReader(files, before.Hashes);
        var finding = await chain.ReadAsync(cancellationToken);
        var after = await HeadsFile.ReadAsync(files, key, cancellationToken);
        var compared = Compare(files, chain, before.Last, after.Last);

        // Half a line at the end may be what a killed process left, but not where more was signed.
        finding = finding is { Kind: LedgerFindingKind.Unsigned } && compared is { Kind: LedgerFindingKind.CutOff } ? compared : finding;
        return (files, chain, before.Finding ?? finding ?? after.Finding ?? compared);
    }

    private static LedgerFinding? Compare(WriterFiles files, ChainReader chain, Head? before, Head? after)
    {
        var (file, last) = (files.Parts.Count > 0 ? files.Parts[^1].Path : files.Heads!, chain.Records - 1);
        if (before is not null && last < before.Seq)
        {
            var problem = files.Parts.Count == 0
                ? $"all records are gone: 0 to {before.Seq} were signed at {before.Time}"
                : $"records {last + 1} to {before.Seq} are cut off: they were signed at {before.Time}";
            return new LedgerFinding(LedgerFindingKind.CutOff, files.Writer, file, 0, last + 1, problem);
        }

        return after is null || last > after.Seq
            ? new LedgerFinding(
                LedgerFindingKind.Unsigned, files.Writer, file, 0, (after?.Seq ?? -1) + 1,
                string.Create(CultureInfo.InvariantCulture, $"nobody vouches for the last {last - (after?.Seq ?? -1)} records: they are behind the last signed head"))
            : null;
    }
}
