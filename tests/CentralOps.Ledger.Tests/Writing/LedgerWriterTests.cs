using CentralOps.Ledger.Reading;
using CentralOps.Ledger.Tests.Fixtures;
using CentralOps.Ledger.Writing;

namespace CentralOps.Ledger.Tests.Writing;

public sealed class LedgerWriterTests : IDisposable
{
    private readonly TestLedger _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public async Task A_call_is_on_the_disk_and_signed_for_before_it_may_begin()
    {
        await using var writer = _ledger.Open();
        var entry = await writer.BeginAsync(TestLedger.Call(), CancellationToken.None);
        _ledger.ReadRecords().ShouldContain($"\"type\":\"begin\",\"call\":\"{entry.Call}\"");
        var report = await _ledger.VerifyAsync();
        report.Findings.ShouldBeEmpty();
        (report.Calls, report.Interrupted).ShouldBe((1, 0));
        (await _ledger.FindAsync()).ShouldHaveSingleItem().Outcome.ShouldBe(LedgerCall.Running);
    }

    [Fact]
    public async Task A_call_is_told_with_who_what_where_how_and_AWSs_ids_and_without_its_secrets()
    {
        await _ledger.WriteAsync(1);
        var call = (await _ledger.FindAsync()).ShouldHaveSingleItem();
        (call.Caller, call.Tool, call.Outcome, call.RequestId, call.DurationMs, call.AnswerBytes).ShouldBe(("ada", "describe_ec2_instances", "answered", "request-1", 56.7, 1234d));
        call.AccountIds.ShouldBe(["222222222222"]);
        call.Arguments.GetProperty("account_id").GetString().ShouldBe("222222222222");
        call.Arguments.GetProperty("note").GetString()!.ShouldStartWith("hmac-sha256:");
        call.Accounts[0].GetRawText().ShouldBe("""{"account_id":"222222222222","region":"us-east-1","session_request_ids":["assume-1"],"operations":[{"operation":"ec2:DescribeInstances","calls":2,"attempts":3,"request_ids":["aws-1","aws-2"]}]}""");
        _ledger.ReadRecords().ShouldNotContain("hunter2");
        _ledger.ReadRecords().ShouldEndWith("\"type\":\"close\"}\n");
    }

    [Fact]
    public async Task A_name_that_acts_on_terminals_is_ASCII_in_the_file_and_whole_when_read()
    {
        const string Hostile = "ada\u202e\u001b[31mé\n{\"seq\":0}";
        await using (var writer = _ledger.Open())
        {
            await writer.BeginAsync(TestLedger.Call(caller: Hostile), CancellationToken.None);
        }

        _ledger.ReadRecords().ShouldAllBe(static c => c == '\n' || (c >= ' ' && c <= '~'));
        (await _ledger.FindAsync()).ShouldHaveSingleItem().Caller.ShouldBe(Hostile);
        (await _ledger.VerifyAsync()).IsSound.ShouldBeTrue();
    }

    [Fact]
    public async Task Equal_arguments_have_equal_digests_under_one_key_and_others_under_another()
    {
        await _ledger.WriteAsync(2);
        using var other = new TestLedger();
        await other.WriteAsync(1);
        var digests = (await _ledger.FindAsync()).Concat(await other.FindAsync()).Select(static call => call.Arguments.GetProperty("note").GetString()).ToList();
        digests[0].ShouldBe(digests[1]);
        digests[2].ShouldNotBe(digests[0]);
    }

    [Fact]
    public async Task Calls_that_come_at_once_are_flushed_together()
    {
        var disk = new FailingDisk(static _ => null);
        _ledger.Disk = disk.Write;
        disk.Open.Reset();
        await using var writer = _ledger.Open();
        var calls = Enumerable.Range(0, 500).Select(_ => writer.BeginAsync(TestLedger.Call(), CancellationToken.None)).ToList();
        disk.Open.Set();
        await Task.WhenAll(calls);

        // Each batch is two writes: records and head.
        disk.Writes.ShouldBeLessThanOrEqualTo(6);
        (await _ledger.VerifyAsync()).Calls.ShouldBe(500);
    }

    [Fact]
    public async Task A_call_ends_once()
    {
        await using (var writer = _ledger.Open())
        {
            var entry = await writer.BeginAsync(TestLedger.Call(), CancellationToken.None);
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => writer.EndAsync(entry, TestLedger.Answered(), CancellationToken.None)));
        }

        (await _ledger.VerifyAsync()).IsSound.ShouldBeTrue();
        _ledger.ReadRecords().Split("\"type\":\"end\"").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Whoever_goes_away_while_it_is_written_leaves_a_beginning_with_an_end_and_whoever_went_before_leaves_nothing()
    {
        var disk = new FailingDisk(static _ => null);
        _ledger.Disk = disk.Write;
        disk.Open.Reset();
        await using (var writer = _ledger.Open())
        {
            using var given = new CancellationTokenSource();
            var taken = writer.BeginAsync(TestLedger.Call(caller: "taken"), given.Token);
            while (_ledger.Parts.Length == 0)
            {
                await Task.Delay(5);
            }

            var waiting = writer.BeginAsync(TestLedger.Call(caller: "waiting"), given.Token);
            await given.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(taken);
            await Should.ThrowAsync<OperationCanceledException>(waiting);
            disk.Open.Set();
        }

        var call = (await _ledger.FindAsync()).ShouldHaveSingleItem();
        (call.Caller, call.Outcome, call.Stage).ShouldBe(("taken", "cancelled", "ledger"));
        (await _ledger.VerifyAsync()).IsSound.ShouldBeTrue();
    }

    [Fact]
    public async Task A_call_waits_for_a_slow_disk_so_long_and_is_then_refused()
    {
        var disk = new FailingDisk(static _ => null);
        _ledger.Disk = disk.Write;
        disk.Open.Reset();
        await using (var writer = _ledger.Open(maxWaiting: 2))
        {
            var calls = Enumerable.Range(0, 5).Select(_ => writer.BeginAsync(TestLedger.Call(), CancellationToken.None)).ToList();
            _ledger.Time.Advance(TimeSpan.FromSeconds(11));
            foreach (var call in calls)
            {
                (await Should.ThrowAsync<LedgerUnavailableException>(call)).Message.ShouldBe("the ledger did not take it within 10 s");
            }

            disk.Open.Set();
        }

        // Nothing was begun that did not end.
        (await _ledger.FindAsync()).ShouldAllBe(static call => call.Outcome == "cancelled");
        (await _ledger.VerifyAsync()).IsSound.ShouldBeTrue();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_full_disk_refuses_calls_whatever_fitted_of_them_and_none_is_lost_when_there_is_room_again(int failing)
    {
        var disk = new FailingDisk(number => number >= failing && number < failing + 2 ? 50 : null);
        _ledger.Disk = disk.Write;
        var (accepted, refused) = (0, 0);
        await using (var writer = _ledger.Open())
        {
            for (var call = 0; call < 8; call++)
            {
                try
                {
                    var entry = await writer.BeginAsync(TestLedger.Call(), CancellationToken.None);
                    accepted++;
                    await writer.EndAsync(entry, TestLedger.Answered(), CancellationToken.None);
                }
                catch (LedgerUnavailableException unavailable)
                {
                    unavailable.Message.ShouldBe("No space left on device");
                    refused++;
                }
            }
        }

        refused.ShouldBeGreaterThan(0);
        var report = await _ledger.VerifyAsync();
        report.Findings.ShouldBeEmpty();
        (report.Calls, report.Interrupted).ShouldBe((accepted, 0));
        _ledger.Reports.ShouldHaveSingleItem().ShouldContain("No space left on device");
    }

    [Fact]
    public async Task A_directory_that_may_not_be_made_refuses_calls()
    {
        File.WriteAllText(Path.Combine(_ledger.Directory, "heads"), "");
        await using var writer = _ledger.Open();
        await Should.ThrowAsync<LedgerUnavailableException>(() => writer.BeginAsync(TestLedger.Call(), CancellationToken.None));
    }

    [Fact]
    public async Task A_new_part_begins_with_size_and_with_the_day_and_the_chain_goes_on()
    {
        _ledger.MaxPartBytes = 4096;
        await using (var writer = _ledger.Open())
        {
            for (var call = 0; call < 40; call++)
            {
                await writer.EndAsync(await writer.BeginAsync(TestLedger.Call(), CancellationToken.None), TestLedger.Answered(), CancellationToken.None);
            }

            var bySize = _ledger.Parts.Length;
            bySize.ShouldBeInRange(4, 20);
            _ledger.Time.Advance(TimeSpan.FromDays(1));
            await writer.BeginAsync(TestLedger.Call(), CancellationToken.None);
            _ledger.Parts.Length.ShouldBe(bySize + 1);
        }

        var report = await _ledger.VerifyAsync();
        report.Findings.ShouldBeEmpty();
        (report.Writers, report.Calls, report.Interrupted).ShouldBe((1, 41, 1));
    }

    [Fact]
    public async Task Several_writers_at_once_each_have_files_of_their_own()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _ledger.WriteAsync(10)));
        var report = await _ledger.VerifyAsync();
        report.Findings.ShouldBeEmpty();
        (report.Writers, report.Calls).ShouldBe((4, 40));
    }

    [Fact]
    public async Task Files_and_directories_are_their_owners_alone()
    {
        await _ledger.WriteAsync(1);
        foreach (var path in _ledger.Parts.Concat(_ledger.HeadFiles))
        {
            File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.GetUnixFileMode(_ledger.Heads).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task A_closed_ledger_refuses_calls_and_forgets_ends()
    {
        var writer = _ledger.Open();
        var entry = await writer.BeginAsync(TestLedger.Call(), CancellationToken.None);
        await writer.DisposeAsync();
        (await Should.ThrowAsync<LedgerUnavailableException>(() => writer.BeginAsync(TestLedger.Call(), CancellationToken.None))).Message.ShouldBe("the ledger is closed");
        await writer.EndAsync(entry, TestLedger.Answered(), CancellationToken.None);
        (await _ledger.FindAsync()).ShouldHaveSingleItem().Outcome.ShouldBe(LedgerCall.Interrupted);
        (await _ledger.VerifyAsync()).Interrupted.ShouldBe(1);
    }

    [Fact]
    public async Task Heads_do_not_grow_without_end()
    {
        await using (var writer = _ledger.Open())
        {
            for (var call = 0; call < 2500; call++)
            {
                await writer.BeginAsync(TestLedger.Call(), CancellationToken.None);
            }
        }

        new FileInfo(_ledger.HeadFiles.ShouldHaveSingleItem()).Length.ShouldBeLessThan(1100 * 1024);
        (await _ledger.VerifyAsync()).IsSound.ShouldBeTrue();
    }

    [Fact]
    public void Files_without_a_key_are_refused() =>
        Should.Throw<ArgumentException>(() => LedgerWriter.ToFiles(new(_ledger.Directory, _ledger.Heads), new LedgerOptions { Time = TimeProvider.System }));
}
