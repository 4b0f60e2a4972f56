using CentralOps.Accounts.Quotas;

namespace CentralOps.Accounts.Tests.Quotas;

/// <summary>What throttles teach.</summary>
public sealed class LearningTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    [InlineData(2, 10)]
    [InlineData(5, 5)]
    [InlineData(20, 50)]
    public void Twenty_callers_use_an_unknown_limit_well_and_see_no_throttle(double limit, double burst)
    {
        var world = new QuotaWorld(new QuotaSettings(), limit, burst) { Deadline = TimeSpan.FromSeconds(25) };
        for (var caller = 0; caller < 20; caller++)
        {
            world.Keep($"caller-{caller}", static () => true);
        }

        world.Run(TimeSpan.FromSeconds(120));

        world.Refused.ShouldBeEmpty();
        var used = world.Answered.Count / (burst + (limit * 120));
        used.ShouldBeGreaterThanOrEqualTo(0.85, $"{world.Answered.Count} answers, {world.Throttled} throttles");

        // After the first burst the limit is felt for now and then, not run into.
        world.Throttled.ShouldBeLessThan(20 + (world.Answered.Count / 5));
    }

    [Fact]
    public void Twenty_callers_use_a_published_limit_nearly_whole_and_are_never_throttled()
    {
        var world = new QuotaWorld(new QuotaSettings(), 2, 1) { Deadline = TimeSpan.FromSeconds(25), Rate = new PublishedRate(1, 2), Latency = static _ => TimeSpan.FromMilliseconds(20) };
        for (var caller = 0; caller < 20; caller++)
        {
            world.Keep($"caller-{caller}", static () => true);
        }

        world.Run(TimeSpan.FromSeconds(60));

        world.Refused.ShouldBeEmpty();
        world.Throttled.ShouldBe(0);
        world.Answered.Count.ShouldBeGreaterThanOrEqualTo(118);
    }

    [Fact]
    public void A_throttle_halves_a_published_rate_and_success_leads_it_back()
    {
        var now = TimeSpan.FromSeconds(100);
        var bucket = new RateBucket(new PublishedRate(100, 20), now);
        bucket.Rate.ShouldBe(20);
        bucket.Throttled(now, retryAfter: null, now);
        bucket.Rate.ShouldBe(10);
        for (var second = 1; second <= 120; second++)
        {
            bucket.Succeeded(now + TimeSpan.FromSeconds(second), now + TimeSpan.FromSeconds(second));
            bucket.Rate.ShouldBeLessThanOrEqualTo(20);
        }

        bucket.Rate.ShouldBe(20);
    }

    [Fact]
    public void Throttles_of_what_was_sent_before_the_first_of_them_teach_nothing_new()
    {
        var now = TimeSpan.FromSeconds(100);
        var bucket = new RateBucket(null, now);
        bucket.Rate.ShouldBe(double.PositiveInfinity);
        bucket.Throttled(now, retryAfter: null, now + TimeSpan.FromMilliseconds(50));
        var learnt = bucket.Rate;
        for (var call = 0; call < 20; call++)
        {
            bucket.Throttled(now, retryAfter: null, now + TimeSpan.FromMilliseconds(60 + call));
        }

        bucket.Rate.ShouldBe(learnt);
    }

    [Fact]
    public void However_often_it_is_throttled_a_service_is_asked_now_and_then()
    {
        var now = TimeSpan.FromSeconds(100);
        var bucket = new RateBucket(null, now);
        for (var call = 0; call < 1000; call++)
        {
            bucket.Throttled(now, retryAfter: null, now);
            now += TimeSpan.FromSeconds(1);
        }

        bucket.Rate.ShouldBeGreaterThanOrEqualTo(LearntRate.Least);
        bucket.Free(now + TimeSpan.FromSeconds(30)).ShouldBe(1);
    }

    [Fact]
    public void What_was_learnt_is_forgotten_ten_minutes_after_the_last_throttle()
    {
        var now = TimeSpan.FromSeconds(100);
        var bucket = new RateBucket(null, now);
        bucket.Throttled(now, retryAfter: null, now);
        bucket.Free(now + TimeSpan.FromMinutes(10)).ShouldBe(1);
        bucket.Free(now + TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1)).ShouldBe(int.MaxValue);
    }

    [Fact]
    public void Nothing_is_sent_before_the_time_that_AWS_asked_for()
    {
        var now = TimeSpan.FromSeconds(100);
        var bucket = new RateBucket(null, now);
        bucket.Throttled(now, TimeSpan.FromSeconds(7), now);
        bucket.Free(now + TimeSpan.FromSeconds(6.9)).ShouldBe(0);
        bucket.NextAt(now).ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(now + TimeSpan.FromSeconds(7));
    }
}
