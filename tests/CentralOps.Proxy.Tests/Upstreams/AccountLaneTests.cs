using CentralOps.Gateway.Outbound;
using CentralOps.Proxy.Upstreams;

namespace CentralOps.Proxy.Tests.Upstreams;

public sealed class AccountLaneTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_burst_goes_at_once_and_the_rest_at_the_published_rate()
    {
        using var lane = Lane();
        var entered = Enumerable.Range(0, 6).Select(_ => lane.EnterAsync(First(), default).AsTask()).ToList();
        entered.Count(static turn => turn.IsCompleted).ShouldBe(3);
        for (var more = 4; more <= 6; more++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(334));
            await entered[more - 1];
            entered.Count(static turn => turn.IsCompleted).ShouldBe(more);
        }
    }

    [Fact]
    public async Task A_turn_that_would_come_too_late_is_told_at_once()
    {
        using var lane = Lane(patience: TimeSpan.FromSeconds(1));
        var entered = Enumerable.Range(0, 7).Select(_ => lane.EnterAsync(First(), default).AsTask()).ToList();
        entered[6].IsCompleted.ShouldBeTrue("it would come after 1.3 s");
        (await entered[6]).ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_turned_away_waits_as_long_as_the_server_asks()
    {
        using var lane = Lane();
        var again = lane.EnterAsync(First() with { TurnedAway = 1, RetryAfter = TimeSpan.FromSeconds(7) }, default).AsTask();
        _time.Advance(TimeSpan.FromSeconds(6.9));
        again.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.2));
        (await again).ShouldBeTrue();

        (await lane.EnterAsync(First() with { TurnedAway = 1, RetryAfter = TimeSpan.FromHours(1) }, default)).ShouldBeFalse("nobody waits an hour");
    }

    [Fact]
    public async Task Whoever_comes_after_one_that_was_turned_away_waits_behind_it()
    {
        using var lane = Lane();
        var again = lane.EnterAsync(First() with { TurnedAway = 1, RetryAfter = TimeSpan.FromSeconds(5) }, default).AsTask();
        var next = lane.EnterAsync(First(), default).AsTask();
        next.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(5));
        (await again).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(5));
        (await next).ShouldBeTrue();
    }

    [Fact]
    public async Task Places_are_given_in_turn_and_not_for_ever_waited_for()
    {
        using var lane = new AccountLane(new UpstreamQuotas(null, 1, 1), TimeSpan.FromSeconds(10), _time, new Random(1));
        (await lane.TakeAsync(default)).ShouldBeTrue();
        var second = lane.TakeAsync(default).AsTask();
        var third = lane.TakeAsync(default).AsTask();
        lane.GiveBack();
        (await second).ShouldBeTrue();
        await _time.UntilAwaitedAsync(TimeSpan.FromSeconds(10), default);
        _time.Advance(TimeSpan.FromSeconds(11));
        (await third).ShouldBeFalse();
    }

    private AccountLane Lane(TimeSpan? patience = null) => new(UpstreamQuotas.AwsMcpServer, patience ?? TimeSpan.FromSeconds(60), _time, new Random(1));

    private PacedRequest First() => new(0, null, _time.GetTimestamp());
}
