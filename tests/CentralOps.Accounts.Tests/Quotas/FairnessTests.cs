using CentralOps.Accounts.Quotas;

namespace CentralOps.Accounts.Tests.Quotas;

public sealed class FairnessTests
{
    [Fact]
    public void Of_sixty_four_callers_none_waits_more_than_twice_its_fair_share_of_the_places()
    {
        // 16 places of 50 ms each are 320 calls a second, 5 for each of 64 callers.
        var world = new QuotaWorld(new QuotaSettings { Concurrency = 16 }) { Latency = static _ => TimeSpan.FromMilliseconds(50) };
        for (var caller = 0; caller < 64; caller++)
        {
            for (var call = 0; call < (caller == 0 ? 1000 : 20); call++)
            {
                world.Call($"caller-{caller}", site: QuotaWorld.Site with { Account = $"{call % 10:000000000000}" });
            }
        }

        world.Finish();

        world.Answered.Count.ShouldBe(1000 + (63 * 20));
        foreach (var calls in world.Answered.Where(static call => call.Caller != "caller-0").GroupBy(static call => call.Caller))
        {
            var share = TimeSpan.FromSeconds(20 / 5.0);
            calls.Max(static call => call.Waited).ShouldBeLessThan(share * 2, calls.Key);
            calls.Max(static call => call.Waited).ShouldBeLessThan(share * 1.1, "Turns are taken one by one, so it is less than that by far.");
        }
    }

    [Fact]
    public void Of_sixty_four_callers_none_waits_more_than_twice_its_fair_share_of_a_rate()
    {
        var world = new QuotaWorld(new QuotaSettings { LongestWait = TimeSpan.FromMinutes(10) }) { Rate = new PublishedRate(1, 32) };
        for (var call = 0; call < 1000; call++)
        {
            world.Call("greedy");
        }

        for (var caller = 1; caller < 64; caller++)
        {
            world.Call($"caller-{caller}");
            world.Call($"caller-{caller}");
        }

        world.Finish();

        // 64 callers share 32 calls a second: two calls of one are due within four seconds.
        world.Answered.Where(static call => call.Caller != "greedy").Max(static call => call.Waited).ShouldBeLessThan(TimeSpan.FromSeconds(4.2));
        world.Answered.Count.ShouldBe(1126);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20261122)]
    public void Of_sixty_four_callers_that_come_in_bursts_none_waits_more_than_twice_its_fair_share(int seed)
    {
        // 320 calls a second, 5 for each of 64 callers, who come when they like and with as much as they like; one always has a thousand.
        var dice = new Random(seed);
        var world = new QuotaWorld(new QuotaSettings { Concurrency = 16, LongestWait = TimeSpan.FromMinutes(5) }) { Latency = static _ => TimeSpan.FromMilliseconds(50) };
        var bursts = new List<(int Size, List<SimulatedCall> Calls)>();
        for (var tick = 0; tick < 400; tick++)
        {
            for (var caller = 1; caller < 64; caller++)
            {
                if (dice.Next(120) == 0)
                {
                    var size = 1 + dice.Next(40);
                    bursts.Add((size, [.. Enumerable.Range(0, size).Select(call => world.Call($"caller-{caller}", site: QuotaWorld.Site with { Account = $"{call % 10:000000000000}" }))]));
                }
            }

            for (var call = world.Quotas.Waiting; call < 1000; call++)
            {
                world.Call("caller-0", site: QuotaWorld.Site with { Account = $"{call % 10:000000000000}" });
            }

            world.Run(TimeSpan.FromMilliseconds(50));
        }

        world.Finish();

        // A burst whose caller has another one still waiting shares with himself: both count.
        foreach (var burst in bursts)
        {
            var caller = burst.Calls[0].Caller;
            var own = bursts.Where(other => other.Calls[0].Caller == caller && other.Calls[0].Since <= burst.Calls[0].Since && other.Calls.Any(call => call.SentAt >= burst.Calls[0].Since)).Sum(static other => other.Size);
            burst.Calls.Max(static call => call.Waited).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(2 * own / 5.0), $"{caller}, a burst of {burst.Size}");
        }

        bursts.Count.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void A_caller_with_a_thousand_waiting_calls_does_not_hold_up_another()
    {
        var world = new QuotaWorld(new QuotaSettings { Concurrency = 4 }) { Latency = static _ => TimeSpan.FromMilliseconds(50) };
        for (var call = 0; call < 1000; call++)
        {
            world.Call("greedy", site: QuotaWorld.Site with { Account = $"{call:000000000000}" });
        }

        world.Run(TimeSpan.FromMilliseconds(500));
        var other = world.Call("other");
        world.Finish();

        other.Waited.ShouldBeLessThanOrEqualTo(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_callers_own_calls_go_first_come_first_served()
    {
        var world = new QuotaWorld(new QuotaSettings()) { Rate = new PublishedRate(1, 10) };
        var calls = Enumerable.Range(0, 30).Select(_ => world.Call("one")).ToList();
        world.Finish();
        calls.Select(static call => call.SentAt).ShouldBeInOrder();
        world.Answered.ShouldBe(calls);
    }

    [Fact]
    public void A_full_account_and_a_full_service_hold_up_only_themselves()
    {
        var world = new QuotaWorld(new QuotaSettings { Concurrency = 10, ConcurrencyPerAccount = 2, ConcurrencyPerService = 4 });
        for (var call = 0; call < 50; call++)
        {
            world.Call("one");
        }

        var elsewhere = world.Call("one", site: new CallSite("333333333333", "us-east-1", "things", "ListThings"));
        var third = world.Call("two", site: new CallSite("444444444444", "us-east-1", "others", "ListOthers"));
        world.Settle();
        (world.Quotas.InFlight, elsewhere.Entry.IsCompleted, third.Entry.IsCompleted).ShouldBe((4, true, true));
        world.Finish();
        world.Answered.Count.ShouldBe(52);
    }

    [Fact]
    public void The_account_that_every_way_in_begins_in_has_all_places()
    {
        var world = new QuotaWorld(new QuotaSettings { Concurrency = 10, ConcurrencyPerAccount = 2 });
        for (var call = 0; call < 50; call++)
        {
            world.Call("one", site: new CallSite("", "us-east-1", "sts", "AssumeRole"));
        }

        world.Settle();
        world.Quotas.InFlight.ShouldBe(10);
        world.Finish();
        world.Answered.Count.ShouldBe(50);
    }
}
