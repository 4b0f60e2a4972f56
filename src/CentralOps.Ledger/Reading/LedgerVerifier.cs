using System.Globalization;
using CentralOps.Ledger.Signing;

namespace CentralOps.Ledger.Reading;

/// <summary>Goes through a ledger and tells, of each writer, the first thing that is wrong. A ledger that is being written is read as it stands.</summary>
/// <param name="time">Waits for a writer that lives to sign what it has written; the system's where null.</param>
public sealed class LedgerVerifier(string directory, string headsDirectory, LedgerKey key, TimeProvider? time = null)
{
    private const int MaxAgain = 5;

    /// <summary>Longer than a writer waits for its disk.</summary>
    private static readonly TimeSpan MaxPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    public async Task<LedgerReport> VerifyAsync(CancellationToken cancellationToken)
    {
        var findings = new List<LedgerFinding>();
        var (writers, records, calls, interrupted) = (0, 0L, 0L, 0L);
        foreach (var found in WriterFiles.Find(directory, headsDirectory))
        {
            writers++;
            var judged = await JudgeAsync(found, cancellationToken);
            for (var again = 0; again < MaxAgain && judged is { Finding: not null, MayPass: true } && judged.Files.IsBeingWritten; again++)
            {
                // What could not be written was cut off again after it had been read here.
                judged = await JudgeAsync(found, cancellationToken);
            }

            if (judged.Finding is not null)
            {
                findings.Add(judged.Finding);
            }

            records += judged.Chain.Records;
            calls += judged.Chain.Calls;
            interrupted += judged.Chain.Open > 0 && !judged.Files.IsBeingWritten ? judged.Chain.Open : 0;
        }

        return new LedgerReport { Findings = findings, Writers = writers, Records = records, Calls = calls, Interrupted = interrupted };
    }

    private async Task<Judged> JudgeAsync(WriterFiles found, CancellationToken cancellationToken)
    {
        // 1. The heads before the records: what they reach to has to be there.
        var before = await HeadsFile.ReadAsync(found, key, cancellationToken);
        var files = FilesOf(found);
        var chain = new ChainReader(files, before);
        var finding = await chain.ReadAsync(cancellationToken);
        if (before.Finding is not null || finding is { Kind: not LedgerFindingKind.Unsigned })
        {
            // A directory is not listed in one piece: a part that is made meanwhile can be left out, and the one after it be there.
            return new Judged(files, chain, before.Finding ?? finding, MayPass: before.Finding is null && finding is { Kind: LedgerFindingKind.Removed });
        }

        // 2. And once more after: what was written meanwhile is signed by then, or in a moment.
        var after = await HeadsThatReachAsync(chain, files, cancellationToken);
        if (after.Finding is not null)
        {
            return new Judged(files, chain, after.Finding, MayPass: false);
        }

        // 3. Half a line at the end may be what a killed process left, but not where more was signed.
        var compared = Compare(files, chain, before, after);
        var isHalf = finding is not null && compared is not { Kind: LedgerFindingKind.CutOff } && !files.IsBeingWritten;
        return new Judged(files, chain, isHalf ? finding : compared, MayPass: true);
    }

    /// <summary>The heads as they are now. A writer that lives is given the time to sign what it has written.</summary>
    private async Task<HeadsFile> HeadsThatReachAsync(ChainReader chain, WriterFiles files, CancellationToken cancellationToken)
    {
        var since = _time.GetTimestamp();
        while (true)
        {
            var lives = files.IsBeingWritten;
            var heads = await HeadsFile.ReadAsync(FilesOf(files), key, cancellationToken);
            if (heads.Finding is not null || heads.Last?.Seq >= chain.Records - 1 || !lives || _time.GetElapsedTime(since) > MaxPatience)
            {
                return heads;
            }

            await Task.Delay(LookEvery, _time, cancellationToken);
        }
    }

    private WriterFiles FilesOf(WriterFiles found) =>
        WriterFiles.Find(directory, headsDirectory).FirstOrDefault(again => string.Equals(again.Writer, found.Writer, StringComparison.Ordinal)) ?? found;

    private static LedgerFinding? Compare(WriterFiles files, ChainReader chain, HeadsFile before, HeadsFile after)
    {
        var (file, last) = (files.Parts.Count > 0 ? files.Parts[^1].Path : files.Heads!, chain.Records - 1);
        if (before.Last is { } reached && last < reached.Seq)
        {
            var problem = files.Parts.Count == 0
                ? $"all records are gone: 0 to {reached.Seq} were signed at {reached.Time}"
                : $"records {last + 1} to {reached.Seq} are cut off: they were signed at {reached.Time}";
            return new LedgerFinding(LedgerFindingKind.CutOff, files.Writer, file, 0, last + 1, problem);
        }

        foreach (var (seq, hash) in after.Hashes)
        {
            if (chain.Behind.TryGetValue(seq, out var read) && !string.Equals(read, hash, StringComparison.Ordinal))
            {
                var problem = string.Create(CultureInfo.InvariantCulture, $"record {seq} is not the one that was signed");
                return new LedgerFinding(LedgerFindingKind.Changed, files.Writer, file, 0, seq, problem);
            }
        }

        return after.Last is null || last > after.Last.Seq ? Unsigned(files, file, last, after.Last?.Seq ?? -1) : null;
    }

    private static LedgerFinding Unsigned(WriterFiles files, string file, long last, long signed) => new(
        LedgerFindingKind.Unsigned, files.Writer, file, 0, signed + 1,
        last < 0
            ? "the file holds no record, and no head says whether it ever did: its writer was killed as it began"
            : string.Create(CultureInfo.InvariantCulture, $"nobody vouches for the last {last - signed} records: they are behind the last signed head"));

    /// <param name="MayPass">Of a writer that lives it may be what was read in the middle of a write.</param>
    private sealed record Judged(WriterFiles Files, ChainReader Chain, LedgerFinding? Finding, bool MayPass);
}
