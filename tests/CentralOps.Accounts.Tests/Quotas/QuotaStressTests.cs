using System.Collections.Concurrent;
using System.Diagnostics;
using CentralOps.Accounts.Quotas;
using FsCheck;
using FsCheck.Fluent;

namespace CentralOps.Accounts.Tests.Quotas;

/// <summary>What breaks governors: storms of cancellation, leaps of the clock, deadlines that are over, very many waiters, threads. CENTRALOPS_LONG=1 does more of it.</summary>
public sealed class QuotaStressTests
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("CENTRALOPS_LONG") is { Length: > 0 };

    private static readonly Gen<(int Kind, int Caller, int Site, int Number)> Acts =
        from kind in Gen.Choose(0, 19)
        from caller in Gen.Choose(0, 4)
        from site in Gen.Choose(0, 7)
        from number in Gen.Choose(0, 4000)
        select (kind, caller, site, number);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 40)]
    [InlineData(1, 2)]
    public void Whatever_comes_nobody_waits_for_what_is_there_and_never_is_more_under_way_than_may(int burst, int perSecond) =>
        Prop.ForAll(Acts.ListOf().Resize(250).ToArbitrary(), acts =>
        {
            var settings = new QuotaSettings { Concurrency = 5, ConcurrencyPerAccount = 2, ConcurrencyPerService = 3, LongestWait = TimeSpan.FromMinutes(5) };
            var model = new QuotaModel(settings, burst == 0 ? null : new PublishedRate(burst, perSecond));
            foreach (var act in acts)
            {
                Do(model, act);
            }

            model.Finish();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Long ? 1500 : 80));

    [Fact]
    public void A_deadline_that_is_over_is_told_at_once_and_takes_nobodys_place()
    {
        var model = new QuotaModel(new QuotaSettings { Concurrency = 1 }, null);
        model.Enter("one", QuotaWorld.Site, TimeSpan.FromSeconds(5));
        model.Enter("two", QuotaWorld.Site, TimeSpan.FromSeconds(-3));
        model.Enter("two", QuotaWorld.Site, TimeSpan.Zero);
        (model.Admitted, model.Refused, model.Waiting).ShouldBe((1, 2, 0));
        model.Finish();
    }

    [Fact]
    public void After_a_leap_of_the_clock_nothing_hangs_and_no_more_than_a_burst_comes_through()
    {
        var model = new QuotaModel(new QuotaSettings(), new PublishedRate(3, 2));
        for (var call = 0; call < 60; call++)
        {
            model.Enter($"caller-{call % 6}", QuotaWorld.Site, TimeSpan.FromMinutes(10));
        }

        var before = model.Admitted;
        model.Leap(TimeSpan.FromMinutes(5));
        (model.Admitted - before).ShouldBeLessThanOrEqualTo(3);
        model.Leap(TimeSpan.FromHours(20));
        model.Waiting.ShouldBe(0);
        model.Finish();
    }

    [Fact]
    public async Task Ten_thousand_waiters_come_and_go_in_a_moment()
    {
        var time = new Stubs.ManualTime();
        var quotas = new CallQuotas(new QuotaSettings { Concurrency = 1, LongestWait = TimeSpan.FromMinutes(15) }, time);
        var held = (await quotas.EnterAsync(QuotaWorld.Site, null, new CallerKey("holder"), null, again: false, CancellationToken.None)).Lease!;
        using var half = new CancellationTokenSource();
        var started = Stopwatch.GetTimestamp();
        var waiting = Enumerable.Range(0, 10_000).Select(call => quotas.EnterAsync(
            QuotaWorld.Site with { Account = $"{call % 500:000000000000}" }, null, new CallerKey($"caller-{call % 200}"), null, again: false, call % 2 == 0 ? half.Token : CancellationToken.None).AsTask()).ToList();
        quotas.Waiting.ShouldBe(10_000);
        await half.CancelAsync();
        quotas.Waiting.ShouldBe(5000);
        waiting.Where(static (_, call) => call % 2 == 0).ShouldAllBe(static entry => entry.IsCanceled);
        held.Leave(QuotaAnswer.Passed);
        foreach (var _ in Enumerable.Range(0, 5000))
        {
            quotas.InFlight.ShouldBe(1);
            var next = waiting.First(static entry => entry.IsCompletedSuccessfully);
            waiting.Remove(next);
            (await next).Lease!.Leave(QuotaAnswer.Passed);
        }

        (quotas.InFlight, quotas.Waiting).ShouldBe((0, 0));

        // A quadratic step would take minutes.
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_site_that_throttles_for_ever_is_told_at_the_deadline_and_the_others_go_on()
    {
        var world = new QuotaWorld(new QuotaSettings { Concurrency = 8 }, limit: 0, burst: 0) { Deadline = TimeSpan.FromSeconds(10), Spares = "333333333333" };
        var bad = Enumerable.Range(0, 40).Select(call => world.Call($"caller-{call % 4}")).ToList();
        var good = QuotaWorld.Site with { Account = "333333333333" };
        for (var caller = 0; caller < 4; caller++)
        {
            world.Keep($"caller-{caller}", () => world.Now < TimeSpan.FromSeconds(20), good);
        }

        world.Run(TimeSpan.FromSeconds(10.1));
        world.Refused.Count.ShouldBe(bad.Count);
        world.Finish();

        // Four callers one after the other, some 25 ms each: nothing of their time was lost to the shut site.
        world.Answered.Count.ShouldBeGreaterThan(4 * 20 * 1000 / 40);
        world.Answered.ShouldAllBe(call => call.Site == good);
        world.Throttled.ShouldBeLessThan(100, "A site that takes nothing is not asked without end.");
    }

    [Fact]
    public async Task Threads_that_enter_leave_cancel_and_are_throttled_lose_no_place_and_no_wake_up()
    {
        var settings = new QuotaSettings { Concurrency = 8, ConcurrencyPerAccount = 3, ConcurrencyPerService = 6, LongestWait = TimeSpan.FromSeconds(60) };
        var quotas = new CallQuotas(settings, TimeProvider.System);
        var underWay = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var (done, gone, tooMany) = (0, 0, 0);
        var calls = Long ? 200_000 : 20_000;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await Parallel.ForEachAsync(Enumerable.Range(0, calls), new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = limit.Token }, async (call, stop) =>
        {
            var dice = new Random(call);
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var site = new CallSite($"{dice.Next(4):000000000000}", "us-east-1", dice.Next(2) == 0 ? "ec2" : "rds", "g");
            if (dice.Next(4) == 0)
            {
                _ = Task.Run(cancel.Cancel, CancellationToken.None);
            }

            try
            {
                var entry = await quotas.EnterAsync(site, null, new CallerKey($"caller-{dice.Next(7)}"), null, again: false, cancel.Token);
                var lease = entry.Lease.ShouldNotBeNull(entry.Refusal?.Message);
                if (Add("all", 1) > 8 || Add(site.Account, 1) > 3 || Add(site.Service, 1) > 6)
                {
                    Interlocked.Increment(ref tooMany);
                }

                await Task.Yield();
                Add("all", -1);
                Add(site.Account, -1);
                Add(site.Service, -1);
                lease.Leave(dice.Next(10) == 0 ? QuotaAnswer.None : QuotaAnswer.Passed);
                Interlocked.Increment(ref done);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                Interlocked.Increment(ref gone);
            }
        });

        tooMany.ShouldBe(0);
        (done + gone).ShouldBe(calls);
        gone.ShouldBePositive();
        (quotas.InFlight, quotas.Waiting).ShouldBe((0, 0));

        int Add(string what, int number) => underWay.AddOrUpdate(what, number, (_, before) => before + number);
    }

    private static void Do(QuotaModel model, (int Kind, int Caller, int Site, int Number) act)
    {
        var site = new CallSite($"{act.Site % 4:000000000000}", "us-east-1", act.Site < 4 ? "ec2" : "rds", "g");
        switch (act.Kind)
        {
            case < 9:
                model.Enter($"caller-{act.Caller}", site, TimeSpan.FromMilliseconds(act.Number % 10 == 0 ? -5 : act.Number));
                break;
            case < 12:
                model.Cancel(act.Number);
                break;
            case < 16:
                model.Leave(act.Number);
                break;
            case < 19:
                model.Pass(act.Number % 60);
                break;
            default:
                model.Leap(TimeSpan.FromMilliseconds(act.Number * 10));
                break;
        }
    }
}
