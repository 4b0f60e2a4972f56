using CentralOps.Accounts.Quotas;
using CentralOps.Accounts.Tests.Stubs;

namespace CentralOps.Accounts.Tests.Quotas;

public sealed class WaitingTests
{
    private static readonly CallerKey One = new("one");

    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_wait_that_would_pass_the_deadline_is_refused_at_once_and_one_that_fits_is_waited()
    {
        var quotas = new CallQuotas(new QuotaSettings(), _time);
        (await Enter(quotas, 1)).Lease.ShouldNotBeNull();

        var late = Enter(quotas, 0.49);
        var fits = Enter(quotas, 0.5);

        late.IsCompleted.ShouldBeTrue();
        var refusal = (await late).Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe("QuotaWaitTooLong");
        refusal.Message.ShouldContain("about 2 calls a second through for ListThings in account 222222222222, us-east-1");
        _time.Advance(TimeSpan.FromSeconds(0.499));
        fits.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.001));
        (await fits).Lease.ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_is_not_let_through_by_the_deadline_is_told_at_the_deadline()
    {
        var quotas = new CallQuotas(new QuotaSettings { Concurrency = 1 }, _time);
        var lease = (await Enter(quotas, 1)).Lease.ShouldNotBeNull();
        var waits = Enter(quotas, 3);
        _time.Advance(TimeSpan.FromSeconds(2.999));
        waits.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.001));
        (await waits).Refusal.ShouldNotBeNull().Message.ShouldContain("the 3 s that it had");
        quotas.Waiting.ShouldBe(0);
        lease.Leave(QuotaAnswer.Passed);
        (await Enter(quotas, 1)).Lease.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_AWS_asks_to_wait_beyond_the_deadline_is_not_waited()
    {
        var quotas = new CallQuotas(new QuotaSettings(), _time);
        var lease = (await Enter(quotas, 30)).Lease.ShouldNotBeNull();
        var soon = Enter(quotas, 1);
        var patient = Enter(quotas, 30);
        lease.Leave(QuotaAnswer.Throttled, TimeSpan.FromSeconds(10));
        (await soon).Refusal.ShouldNotBeNull().Code.ShouldBe(QuotaCodes.WaitTooLong);
        (await Enter(quotas, 9)).Refusal.ShouldNotBeNull();
        patient.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(11));
        (await patient).Lease.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_cancelled_call_frees_its_place_in_the_line_at_once()
    {
        var quotas = new CallQuotas(new QuotaSettings(), _time);
        using var cancel = new CancellationTokenSource();
        (await Enter(quotas, 30)).Lease.ShouldNotBeNull();
        var first = Enter(quotas, 30, cancellationToken: cancel.Token);
        var second = Enter(quotas, 30);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        quotas.Waiting.ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        (await second).Lease.ShouldNotBeNull();
    }

    [Fact]
    public async Task More_calls_than_a_caller_may_have_waiting_are_refused_and_others_are_not()
    {
        var quotas = new CallQuotas(new QuotaSettings { Concurrency = 1, MaxWaitingPerCaller = 3, MaxWaiting = 4 }, _time);
        (await Enter(quotas, 30)).Lease.ShouldNotBeNull();
        var waiting = Enumerable.Range(0, 3).Select(_ => Enter(quotas, 30)).ToList();
        (await Enter(quotas, 30)).Refusal.ShouldNotBeNull().Code.ShouldBe("TooManyCallsWaiting");
        var other = Enter(quotas, 30, caller: "other");
        other.IsCompleted.ShouldBeFalse();
        (await Enter(quotas, 30, caller: "third")).Refusal.ShouldNotBeNull().Message.ShouldContain("4 calls of all callers");
        waiting.ShouldAllBe(static call => !call.IsCompleted);
    }

    [Fact]
    public async Task A_lease_that_is_left_twice_is_left_once()
    {
        var quotas = new CallQuotas(new QuotaSettings(), _time);
        var lease = (await Enter(quotas, 30)).Lease.ShouldNotBeNull();
        lease.Leave(QuotaAnswer.Passed);
        lease.Leave(QuotaAnswer.Passed);
        quotas.InFlight.ShouldBe(0);
    }

    [Fact]
    public async Task Idle_lanes_are_dropped_and_what_was_learnt_is_kept_longer()
    {
        var quotas = new CallQuotas(new QuotaSettings(), _time);
        for (var account = 0; account < 500; account++)
        {
            var entry = await quotas.EnterAsync(new CallSite($"{account:000000000000}", "us-east-1", "ec2", "g"), null, One, null, again: false, CancellationToken.None);
            entry.Lease!.Leave(account == 7 ? QuotaAnswer.Throttled : QuotaAnswer.Passed);
        }

        quotas.LaneCount.ShouldBe(500);
        Pass(TimeSpan.FromMinutes(3));
        quotas.LaneCount.ShouldBe(1);
        Pass(TimeSpan.FromMinutes(10));
        quotas.LaneCount.ShouldBe(0);
    }

    [Theory]
    [InlineData("CENTRALOPS_CONCURRENCY", "0")]
    [InlineData("CENTRALOPS_CONCURRENCY_PER_ACCOUNT", "many")]
    [InlineData("CENTRALOPS_CONCURRENCY_PER_SERVICE", "10001")]
    [InlineData("CENTRALOPS_MAX_WAITING", "-1")]
    [InlineData("CENTRALOPS_QUOTAS", "off")]
    public void A_setting_that_does_not_fit_is_named_with_its_repair(string name, string value)
    {
        var problems = new List<string>();
        QuotaSettings.Read(variable => variable == name ? value : null, problems).ShouldBe(new QuotaSettings());
        problems.ShouldHaveSingleItem().ShouldStartWith(name);
    }

    [Fact]
    public void Settings_are_read()
    {
        var problems = new List<string>();
        var values = new Dictionary<string, string> { ["CENTRALOPS_CONCURRENCY"] = " 7 ", ["CENTRALOPS_QUOTAS"] = "learnt" };
        QuotaSettings.Read(values.GetValueOrDefault, problems).ShouldBe(new QuotaSettings { Concurrency = 7, Rates = QuotaRates.Learnt });
        problems.ShouldBeEmpty();
    }

    private void Pass(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(30))
        {
            _time.Advance(TimeSpan.FromSeconds(30));
        }
    }

    private Task<QuotaEntry> Enter(CallQuotas quotas, double seconds, string caller = "one", CancellationToken cancellationToken = default) =>
        quotas.EnterAsync(QuotaWorld.Site, new PublishedRate(1, 2), new CallerKey(caller), Deadline.In(TimeSpan.FromSeconds(seconds), _time), again: false, cancellationToken).AsTask();
}
