using System.Text;
using CentralOps.Accounts.Tests.Stubs;
using CentralOps.Ledger.Reading;
using CentralOps.Ledger.Records;
using CentralOps.Ledger.Signing;
using CentralOps.Ledger.Stores;
using CentralOps.Ledger.Writing;

namespace CentralOps.Ledger.Tests.Fixtures;

/// <summary>A ledger in files that are removed after the test. Its disk may be made to fail.</summary>
public sealed class TestLedger : IDisposable
{
    public TestLedger() => System.IO.Directory.CreateDirectory(Directory);

    public string Directory { get; } = Path.Combine(Path.GetTempPath(), "centralops-ledger-" + Guid.NewGuid().ToString("N"));

    public string Heads => Path.Combine(Directory, "heads");

    public ManualTime Time { get; } = new();

    public LedgerKey Key { get; } = LedgerKey.New();

    public long MaxPartBytes { get; set; } = 1024 * 1024;

    public string[] Parts => [.. System.IO.Directory.GetFiles(Directory, "*.jsonl").Order(StringComparer.Ordinal)];

    public string[] HeadFiles => System.IO.Directory.GetFiles(Heads, "*.heads");

    internal DiskWrite? Disk { get; set; }

    public List<string> Reports { get; } = [];

    public static CallBegin Call(string caller = "ada", string tool = "describe_ec2_instances", string account = "222222222222", string secret = "hunter2") => new()
    {
        Caller = new LedgerCaller(caller, "jwt", "https://login.example.com", "agent-7", caller),
        Tool = tool,
        CalledAs = "ec2___" + tool,
        RequestId = "request-1",
        Arguments =
        [
            new LedgerArgument("account_id", Encoding.UTF8.GetBytes($"\"{account}\""), IsPlain: true),
            new LedgerArgument("note", Encoding.UTF8.GetBytes($"\"{secret}\""), IsPlain: false),
        ],
    };

    public static CallEnd Answered(string account = "222222222222") => new()
    {
        Outcome = CallOutcomeKind.Answered,
        Accounts = [new AccountUse(account, "us-east-1", ["assume-1"], [new OperationUse("ec2:DescribeInstances", 2, 3, ["aws-1", "aws-2"])])],
        AnswerBytes = 1234,
        Duration = TimeSpan.FromMilliseconds(56.7),
    };

    public LedgerWriter Open(int maxWaiting = 4096) => new(
        new FileStore(new FileStoreOptions(Directory, Heads) { MaxPartBytes = MaxPartBytes }, Disk),
        new LedgerOptions { Time = Time, Key = Key, MaxWaiting = maxWaiting, Report = Reports.Add });

    /// <summary>So many calls, each begun and ended, by a writer that ended in order.</summary>
    public async Task WriteAsync(int calls)
    {
        await using var ledger = Open();
        for (var call = 0; call < calls; call++)
        {
            await ledger.EndAsync(await ledger.BeginAsync(Call(), CancellationToken.None), Answered(), CancellationToken.None);
        }
    }

    public Task<LedgerReport> VerifyAsync(LedgerKey? key = null) => new LedgerVerifier(Directory, Heads, key ?? Key).VerifyAsync(CancellationToken.None);

    public Task<IReadOnlyList<LedgerCall>> FindAsync(LedgerQuery? query = null) => LedgerSearch.FindAsync(Directory, query ?? new LedgerQuery(), 100_000, CancellationToken.None);

    public string ReadRecords() => string.Concat(Parts.Select(ReadShared));

    public void Dispose()
    {
        Key.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static string ReadShared(string path)
    {
        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return file.ReadToEnd();
    }
}
