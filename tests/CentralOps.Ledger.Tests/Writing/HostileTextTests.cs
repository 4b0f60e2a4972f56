using System.Text;
using CentralOps.Ledger.Reading;
using CentralOps.Ledger.Records;
using CentralOps.Ledger.Tests.Fixtures;
using CentralOps.Ledger.Writing;

namespace CentralOps.Ledger.Tests.Writing;

/// <summary>What a caller or a service chose as a text never keeps a record from being written, nor one of somebody else.</summary>
public sealed class HostileTextTests : IDisposable
{
    private static readonly string[] Hostile =
    [
        "\uD800", "\uDC00", "a\uDC00\uD800b", new string('x', 1022) + "😀😀", new string('x', 1023) + "😀", new string('x', 127) + "😀", new string('x', 63) + "😀",
        "\0\u001b[2J\u202e", new string('é', 5000), "",
    ];

    private readonly TestLedger _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public async Task Halves_of_characters_and_endless_texts_are_recorded_anywhere_and_hold_up_nobody()
    {
        await using (var writer = _ledger.Open())
        {
            var calls = Hostile.Select(text => CallAsync(writer, text)).Append(CallAsync(writer, "ada")).ToList();
            await Task.WhenAll(calls);
        }

        _ledger.Reports.ShouldBeEmpty();
        var report = await _ledger.VerifyAsync();
        report.Findings.ShouldBeEmpty();
        (report.Calls, report.Interrupted).ShouldBe((Hostile.Length + 1, 0));
        (await _ledger.FindAsync()).ShouldAllBe(static call => call.Caller.Length <= 1024 && call.Outcome == "refused");
    }

    [Fact]
    public async Task A_plain_argument_that_no_record_can_hold_is_told_as_a_digest()
    {
        string[] values = ["\"\\uD800\"", "[[[[[[[[1]]]]]]]]", "no json", "\"" + new string('1', 5000) + "\""];
        await using (var writer = _ledger.Open())
        {
            await Task.WhenAll(values.Select(value => writer.BeginAsync(
                TestLedger.Call() with { Arguments = [new LedgerArgument("account_id", Encoding.UTF8.GetBytes(value), IsPlain: true)] }, CancellationToken.None)));
        }

        (await _ledger.FindAsync()).Select(static call => call.Arguments.GetProperty("account_id").GetString()).ShouldAllBe(static told => told!.StartsWith("hmac-sha256:"));
        (await _ledger.VerifyAsync()).IsSound.ShouldBeTrue();
    }

    [Fact]
    public async Task However_much_a_call_did_every_id_is_recorded_in_lines_that_can_be_read()
    {
        var many = Enumerable.Range(0, 150).Select(static account => new AccountUse(
            $"{account:000000000000}", "us-east-1", [.. Ids($"s{account}", account == 3 ? 4500 : 2)],
            [new OperationUse("ec2:DescribeInstances", 7, 9, [.. Ids($"i{account}", account % 50 == 0 ? 5000 : 30)]), new OperationUse("ec2:DescribeVpcs", 1, 1, [])])).ToList();
        await using (var writer = _ledger.Open())
        {
            var entry = await writer.BeginAsync(TestLedger.Call(), CancellationToken.None);
            await writer.EndAsync(entry, TestLedger.Answered() with { Accounts = many }, CancellationToken.None);
        }

        (await _ledger.VerifyAsync()).Findings.ShouldBeEmpty();
        _ledger.ReadRecords().Split('\n').Max(static line => line.Length).ShouldBeLessThan(512 * 1024);
        var call = (await _ledger.FindAsync()).ShouldHaveSingleItem();
        var told = call.Accounts.SelectMany(static account => Texts(account, "session_request_ids").Concat(account.GetProperty("operations").EnumerateArray().SelectMany(static operation => Texts(operation, "request_ids"))));
        told.ShouldBe(many.SelectMany(static use => use.SessionRequestIds.Concat(use.Operations.SelectMany(static operation => operation.RequestIds))), ignoreOrder: true);
        var operations = call.Accounts.SelectMany(static account => account.GetProperty("operations").EnumerateArray()).ToList();
        (operations.Sum(static one => one.GetProperty("calls").GetInt32()), operations.Sum(static one => one.GetProperty("attempts").GetInt32())).ShouldBe((150 * 8, 150 * 10));
    }

    private static IEnumerable<string> Ids(string prefix, int count) => Enumerable.Range(0, count).Select(number => $"{prefix}-{number}-0123456789abcdef");

    private static IEnumerable<string> Texts(System.Text.Json.JsonElement json, string name) => json.GetProperty(name).EnumerateArray().Select(static id => id.GetString()!);

    private static async Task CallAsync(LedgerWriter writer, string text)
    {
        var begin = TestLedger.Call(caller: text, tool: text) with
        {
            CalledAs = text, RequestId = text, TraceId = text, Arguments = [new LedgerArgument(text, "1"u8.ToArray(), IsPlain: false)],
        };
        var entry = await writer.BeginAsync(begin, CancellationToken.None);
        var use = new AccountUse(text, text, [text], [new OperationUse(text, 1, 1, [text])]) { Stage = text, Code = text };
        await writer.EndAsync(entry, new CallEnd { Outcome = CallOutcomeKind.Refused, Stage = text, Code = text, Accounts = [use] }, CancellationToken.None);
    }
}
