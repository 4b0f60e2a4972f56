using CentralOps.Accounts.Quotas;
using FsCheck;
using FsCheck.Fluent;

namespace CentralOps.Accounts.Tests.Quotas;

/// <summary>What holds whatever callers do, and in which order.</summary>
public sealed class QuotaPropertyTests
{
    private static readonly Gen<Act> Acts =
        from kind in Gen.Choose(0, 9)
        from caller in Gen.Choose(0, 4)
        from account in Gen.Choose(0, 2)
        from number in Gen.Choose(0, 1000)
        select new Act(kind, caller, account, number);

    [Fact]
    public void No_window_of_time_holds_more_calls_than_the_published_rate_allows() =>
        Prop.ForAll(Acts.ListOf().Resize(300).ToArbitrary(), static acts =>
        {
            var world = new QuotaWorld(new QuotaSettings { Concurrency = 3 }) { Rate = new PublishedRate(4, 10), Deadline = TimeSpan.FromSeconds(20) };
            Play(world, acts, sites: 1);
            var sent = world.Sent;
            for (var first = 0; first < sent.Count; first++)
            {
                for (var last = first; last < sent.Count; last++)
                {
                    if (last - first + 1 > 4 + (10 * (sent[last] - sent[first]).TotalSeconds) + 1e-3)
                    {
                        return false;
                    }
                }
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void No_permit_is_lost_or_made_in_a_storm_of_cancellations() =>
        Prop.ForAll(Acts.ListOf().Resize(400).ToArbitrary(), static acts =>
        {
            var settings = new QuotaSettings { Concurrency = 5, ConcurrencyPerAccount = 2, ConcurrencyPerService = 4 };
            var world = new QuotaWorld(settings) { Deadline = TimeSpan.FromSeconds(3) };
            var most = Play(world, acts, sites: 3);
            if (most > 4 || (world.Quotas.InFlight, world.Quotas.Waiting) != (0, 0))
            {
                return false;
            }

            // All places are there again: four of the service's, two in each account.
            var entries = Enumerable.Range(0, 6).Select(call => world.Call("last", site: SiteOf(call % 3))).ToList();
            return entries.Count(static call => call.Entry.IsCompleted) == 4;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void Nobody_is_passed_by_more_than_two_calls_of_each_other_caller() =>
        Prop.ForAll(Gen.Choose(1, 40).ListOf(6).ToArbitrary(), static loads =>
        {
            var world = new QuotaWorld(new QuotaSettings { LongestWait = TimeSpan.FromMinutes(10) }) { Rate = new PublishedRate(1, 50) };
            var order = new List<string>();
            for (var caller = 0; caller < loads.Count; caller++)
            {
                for (var call = 0; call < loads[caller]; call++)
                {
                    var name = $"caller-{caller}";
                    world.Call(name, () => order.Add(name));
                }
            }

            world.Finish();
            return order.Count == loads.Sum() && Enumerable.Range(0, loads.Count).All(caller => IsFair(order, $"caller-{caller}"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    /// <summary>Between two calls of a caller that has more, no other has more than two; the first of all goes before anybody else has come.</summary>
    private static bool IsFair(List<string> order, string caller)
    {
        var since = new Dictionary<string, int>();
        var left = order.Count(name => name == caller);
        foreach (var name in order)
        {
            if (left == 0)
            {
                return true;
            }

            if (name == caller)
            {
                since.Clear();
                left--;
                continue;
            }

            since[name] = since.GetValueOrDefault(name) + 1;
            if (since[name] > 2)
            {
                return false;
            }
        }

        return true;
    }

    private static CallSite SiteOf(int account) => QuotaWorld.Site with { Account = $"{account:000000000000}" };

    /// <summary>Calls, cancellations and passing time as they come, to the end. The most that were under way at once.</summary>
    private static int Play(QuotaWorld world, IReadOnlyCollection<Act> acts, int sites)
    {
        var most = 0;
        var cancels = new List<CancellationTokenSource>();
        foreach (var act in acts)
        {
            switch (act.Kind)
            {
                case < 5:
                    var cancel = new CancellationTokenSource();
                    cancels.Add(cancel);
                    world.Call($"caller-{act.Caller}", site: SiteOf(act.Account % sites), cancellationToken: cancel.Token);
                    break;
                case < 8 when cancels.Count > 0:
                    cancels[act.Number % cancels.Count].Cancel();
                    break;
                default:
                    world.Run(TimeSpan.FromMilliseconds(act.Number % 40));
                    break;
            }

            world.Settle();
            most = Math.Max(most, world.Quotas.InFlight);
        }

        world.Finish();
        return most;
    }

    private sealed record Act(int Kind, int Caller, int Account, int Number);
}
