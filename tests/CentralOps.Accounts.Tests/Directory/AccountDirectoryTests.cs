using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Refusals;
using CentralOps.Accounts.Tests.Stubs;
using static CentralOps.Accounts.Tests.Stubs.StubOrganization;

namespace CentralOps.Accounts.Tests.Directory;

public sealed class AccountDirectoryTests
{
    private readonly ManualTime _time = new();
    private readonly ListedSource _source = new();

    [Theory]
    [InlineData("222222222222")]
    [InlineData("Production")]
    [InlineData("pRoDuCtIoN")]
    public async Task An_account_is_found_by_id_and_by_its_whole_name_in_any_case(string selector) =>
        (await Directory().FindAsync(Selector(selector), AccountSight.All, CancellationToken.None)).Account!.Id.ShouldBe(Id("222222222222"));

    [Fact]
    public async Task An_unknown_name_tells_the_nearest()
    {
        var refusal = (await Directory().FindAsync(Selector("Prodction"), AccountSight.All, CancellationToken.None)).Refusal.ShouldBeOfType<Refusal.UnknownAccount>();
        refusal.Nearest.ShouldBe(["Production"]);
    }

    [Fact]
    public async Task A_part_of_a_name_is_not_the_name() =>
        (await Directory().FindAsync(Selector("Prod"), AccountSight.All, CancellationToken.None)).Refusal.ShouldBeOfType<Refusal.UnknownAccount>();

    [Fact]
    public async Task A_name_that_several_accounts_have_is_refused_with_their_ids()
    {
        var refusal = (await Directory().FindAsync(Selector("twin"), AccountSight.All, CancellationToken.None)).Refusal.ShouldBeOfType<Refusal.AmbiguousAccount>();
        refusal.Matches.ShouldBe([Id("444444444444"), Id("555555555555")]);
    }

    [Fact]
    public async Task A_single_id_costs_one_call_and_then_none()
    {
        var directory = Directory();
        await directory.FindAsync(Selector("222222222222"), AccountSight.All, CancellationToken.None);
        await directory.FindAsync(Selector("222222222222"), AccountSight.All, CancellationToken.None);
        (_source.Singles, _source.Lists).ShouldBe((1, 0));

        _time.Advance(TimeSpan.FromMinutes(5));
        await directory.FindAsync(Selector("222222222222"), AccountSight.All, CancellationToken.None);
        (_source.Singles, _source.Lists).ShouldBe((2, 0));
    }

    [Fact]
    public async Task An_id_that_is_no_member_is_unknown()
    {
        (await Directory().FindAsync(Selector("999999999999"), AccountSight.All, CancellationToken.None)).Refusal.ShouldBeOfType<Refusal.UnknownAccount>();
        _source.Lists.ShouldBe(0);
    }

    [Fact]
    public async Task Many_who_ask_at_once_cost_one_list()
    {
        _source.Open = new TaskCompletionSource();
        var directory = Directory();
        var callers = Enumerable.Range(0, 32).Select(_ => directory.ListAsync(AccountDetail.Units, CancellationToken.None)).ToList();
        _source.Open.SetResult();
        await Task.WhenAll(callers);
        _source.Lists.ShouldBe(1);
    }

    [Fact]
    public async Task A_list_with_units_serves_those_who_want_none_but_not_the_other_way_round()
    {
        var directory = Directory();
        await directory.ListAsync(AccountDetail.Units, CancellationToken.None);
        await directory.ListAsync(AccountDetail.None, CancellationToken.None);
        _source.Lists.ShouldBe(1);

        var other = Directory();
        await other.ListAsync(AccountDetail.None, CancellationToken.None);
        await other.ListAsync(AccountDetail.Units, CancellationToken.None);
        _source.Lists.ShouldBe(3);
    }

    [Fact]
    public async Task A_refresh_that_fails_keeps_the_last_good_list_and_says_so()
    {
        var directory = Directory();
        var first = await directory.ListAsync(AccountDetail.None, CancellationToken.None);
        _source.Refusal = new Refusal.OutOfTime(TimeSpan.FromSeconds(1));

        _time.Advance(TimeSpan.FromMinutes(66));
        var second = await directory.ListAsync(AccountDetail.None, CancellationToken.None);
        second.Accounts.ShouldBe(first.Accounts);
        second.ReadAt.ShouldBe(first.ReadAt);
        second.RefreshFailure.ShouldBe(_source.Refusal);

        // The source is left alone for a while, then asked again.
        await directory.ListAsync(AccountDetail.None, CancellationToken.None);
        _source.Lists.ShouldBe(2);
        _source.Refusal = null;
        _time.Advance(TimeSpan.FromSeconds(10));
        (await directory.ListAsync(AccountDetail.None, CancellationToken.None)).RefreshFailure.ShouldBeNull();
    }

    [Fact]
    public async Task A_list_that_is_no_longer_fresh_is_served_while_another_is_read_behind_it()
    {
        var directory = Directory();
        var first = await directory.ListAsync(AccountDetail.None, CancellationToken.None);
        _time.Advance(TimeSpan.FromMinutes(6));
        _source.Open = new TaskCompletionSource();
        (await directory.ListAsync(AccountDetail.None, CancellationToken.None)).ShouldBeSameAs(first);
        (await directory.ListAsync(AccountDetail.None, CancellationToken.None)).ShouldBeSameAs(first);

        // Past an hour nobody is served the old one: this waits for the same reading.
        _time.Advance(TimeSpan.FromMinutes(60));
        var waiting = directory.ListAsync(AccountDetail.None, CancellationToken.None);
        waiting.IsCompleted.ShouldBeFalse();
        _source.Open.SetResult();
        (await waiting.WaitAsync(TimeSpan.FromSeconds(10))).ReadAt.ShouldBe(_time.GetUtcNow());
        _source.Lists.ShouldBe(2);
    }

    [Fact]
    public async Task A_first_list_that_fails_is_refused_and_asked_again_at_once()
    {
        _source.Refusal = new Refusal.OutOfTime(TimeSpan.FromSeconds(1));
        var directory = Directory();
        (await directory.ListAsync(AccountDetail.None, CancellationToken.None)).Refusal.ShouldBe(_source.Refusal);
        _source.Refusal = null;
        (await directory.ListAsync(AccountDetail.None, CancellationToken.None)).Accounts.Count.ShouldBe(4);
    }

    private AccountDirectory Directory() => new(_source, _time);

    private sealed class ListedSource : IAccountSource
    {
        private static readonly Account[] Accounts =
        [
            new() { Id = Id("555555555555"), Name = "Twin" },
            new() { Id = Id("222222222222"), Name = "Production" },
            new() { Id = Id("333333333333"), Name = "Staging" },
            new() { Id = Id("444444444444"), Name = "twin" },
        ];

        private int _lists;
        private int _singles;

        public int Lists => _lists;

        public int Singles => _singles;

        public Refusal? Refusal { get; set; }

        public TaskCompletionSource? Open { get; set; }

        public string Name => "stub";

        public async Task<AccountsRead> ReadAllAsync(AccountDetail detail, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _lists);
            await (Open?.Task ?? Task.CompletedTask);
            return Refusal is null ? new AccountsRead(Accounts, null) { Detail = detail } : AccountsRead.Refused(Refusal);
        }

        public Task<AccountRead> ReadAsync(AccountId id, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _singles);
            return Task.FromResult(new AccountRead(Accounts.FirstOrDefault(account => account.Id == id), Refusal));
        }
    }
}
