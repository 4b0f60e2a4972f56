using System.Text.Json;
using CentralOps.Ledger;
using CentralOps.Ledger.Records;

namespace CentralOps.Cli.Tests.Ledgers;

public sealed class LedgerCommandTests : IDisposable
{
    private readonly string _directory = Path.Combine(Directory.CreateTempSubdirectory("centralops-ledger-").FullName, "ledger");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_directory)!, recursive: true);

    [Fact]
    public async Task A_ledger_is_verified_and_what_was_changed_is_named()
    {
        await WriteAsync();
        var (code, _, said) = await RunAsync("ledger", "verify", "--ledger", _directory);
        code.ShouldBe(ExitCode.Ok, said);
        said.ShouldContain("Sound: 8 records of 3 calls by 1 writers, 1 of them interrupted.");

        var part = Directory.GetFiles(_directory, "*.jsonl").ShouldHaveSingleItem();
        File.WriteAllText(part, File.ReadAllText(part).Replace("\"eve\"", "\"ada\"", StringComparison.Ordinal));
        (code, var data, said) = await RunAsync("ledger", "verify", "--ledger", _directory);
        code.ShouldBe(ExitCode.Refused);
        data.ShouldContain("changed");
        data.ShouldContain("record 4 is not the one that was signed");
        said.ShouldContain("Not sound");
        (_, data, _) = await RunAsync("ledger", "verify", "--ledger", _directory, "--output", "json");
        JsonDocument.Parse(data).RootElement.GetProperty("findings")[0].GetProperty("kind").GetString().ShouldBe("changed");
    }

    [Theory]
    [InlineData("--caller ADA", 2)]
    [InlineData("--account 333333333333", 1)]
    [InlineData("--tool list_accounts", 1)]
    [InlineData("--outcome refused", 1)]
    [InlineData("--outcome interrupted", 1)]
    [InlineData("--since 1h", 3)]
    [InlineData("--until 1h", 0)]
    [InlineData("--limit 2", 2)]
    public async Task Calls_are_found_by_who_where_what_how_and_when(string filter, int count)
    {
        await WriteAsync();
        var (code, data, said) = await RunAsync(["ledger", "search", "--ledger", _directory, "--output", "json", .. filter.Split(' ')]);
        code.ShouldBe(ExitCode.Ok, said);
        data.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(count, data);
        data.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task The_newest_calls_are_a_table()
    {
        await WriteAsync();
        var (code, data, _) = await RunAsync("ledger", "tail", "--ledger", _directory, "--limit", "2");
        code.ShouldBe(ExitCode.Ok);
        data.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
        data.ShouldContain("service: Denied");
    }

    [Fact]
    public async Task Where_there_is_no_ledger_or_no_key_the_command_says_what_to_name()
    {
        (await RunAsync("ledger", "tail", "--ledger", "/nonexistent")).Words.ShouldContain("name its directory with --ledger DIR");
        await WriteAsync();
        (await RunAsync("ledger", "verify", "--ledger", _directory, "--key", "/nonexistent")).Words.ShouldContain("Signatures cannot be checked");
        (await RunAsync("ledger", "search", "--ledger", _directory, "--outcome", "good")).Code.ShouldBe(ExitCode.Usage);
    }

    private async Task WriteAsync()
    {
        var problems = new List<string>();
        var settings = LedgerSettings.Read(name => name is "CENTRALOPS_LEDGER" ? _directory : null, problems);
        problems.ShouldBeEmpty();
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        await using var ledger = settings.Open(http, static () => Stream.Null, TimeProvider.System, static _ => { })!;
        var calls = new[] { Call("ada", "describe_ec2_instances", "222222222222"), Call("eve", "describe_ec2_instances", "333333333333"), Call("ada", "list_accounts", "222222222222") };
        await EndAsync(calls[0], CallOutcomeKind.Answered, null);
        await EndAsync(calls[1], CallOutcomeKind.Refused, "Denied");
        await ledger.BeginAsync(calls[2], CancellationToken.None);

        async Task EndAsync(CallBegin begin, CallOutcomeKind outcome, string? code) =>
            await ledger.EndAsync(await ledger.BeginAsync(begin, CancellationToken.None), new CallEnd { Outcome = outcome, Stage = code is null ? null : "service", Code = code, Accounts = code is null ? [new AccountUse("222222222222", "us-east-1", [], [])] : [] }, CancellationToken.None);
    }

    private static CallBegin Call(string caller, string tool, string account) => new()
    {
        Caller = new LedgerCaller(caller, "jwt", null, null, caller),
        Tool = tool,
        Arguments = [new LedgerArgument("account_id", JsonSerializer.SerializeToUtf8Bytes(account), IsPlain: true), new LedgerArgument("note", "\"hunter2\""u8.ToArray(), IsPlain: false)],
    };

    private static async Task<(int Code, string Data, string Words)> RunAsync(params string[] arguments)
    {
        var (data, words, screen) = Fake.Screen(width: null);
        return (await CommandLine.RunAsync(arguments, screen), data.ToString(), words.ToString());
    }
}
