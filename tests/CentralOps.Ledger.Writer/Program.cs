using System.Globalization;
using CentralOps.Ledger;
using CentralOps.Ledger.Records;
using CentralOps.Ledger.Signing;
using CentralOps.Ledger.Stores;
using CentralOps.Ledger.Writing;

// CentralOps.Ledger.Writer DIRECTORY KEY CALLS SEED: makes calls, some of which are given up or fail, and tells each that was accepted.
var (directory, key, calls, seed) = (args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture), int.Parse(args[3], CultureInfo.InvariantCulture));
await using var ledger = LedgerWriter.ToFiles(
    new FileStoreOptions(directory, Path.Combine(directory, "heads")) { MaxPartBytes = 256 * 1024 },
    new LedgerOptions { Time = TimeProvider.System, Key = LedgerKey.ReadOrMake(key) });
using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
var gate = new Lock();
await Parallel.ForEachAsync(Enumerable.Range(0, calls), new ParallelOptions { MaxDegreeOfParallelism = 24 }, async (index, _) =>
{
    var dice = new Random(seed * 100_003 + index);
    using var given = new CancellationTokenSource();
    if (dice.Next(10) == 0)
    {
        given.CancelAfter(TimeSpan.FromMicroseconds(dice.Next(3000)));
    }

    var begin = new CallBegin
    {
        Caller = new LedgerCaller("ada", "jwt", null, null, "ada"),
        Tool = "describe_ec2_instances",
        RequestId = index.ToString(CultureInfo.InvariantCulture),
        Arguments = [new LedgerArgument("account_id", "\"222222222222\""u8.ToArray(), IsPlain: true), new LedgerArgument("name", "\"hunter2\""u8.ToArray(), IsPlain: false)],
    };
    LedgerEntry entry;
    try
    {
        entry = await ledger.BeginAsync(begin, given.Token);
    }
    catch (OperationCanceledException)
    {
        return;
    }

    lock (gate)
    {
        output.WriteLine(entry.Call);
    }

    var outcome = dice.Next(8) switch { 0 => CallOutcomeKind.Failed, 1 => CallOutcomeKind.Refused, _ => CallOutcomeKind.Answered };
    await ledger.EndAsync(entry, new CallEnd { Outcome = outcome, Duration = TimeSpan.FromMilliseconds(1) }, CancellationToken.None);
    if (dice.Next(16) == 0)
    {
        await ledger.EndAsync(entry, new CallEnd { Outcome = CallOutcomeKind.Failed }, CancellationToken.None);
    }
});
