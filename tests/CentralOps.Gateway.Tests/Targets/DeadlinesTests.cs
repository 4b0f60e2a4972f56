using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Targets;

/// <summary>The time of calls, whose sources are used again.</summary>
public sealed class DeadlinesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void A_source_is_used_again_and_nobody_of_the_call_before_reaches_it()
    {
        var deadlines = new Deadlines(Patience, TimeProvider.System);
        using var before = new CancellationTokenSource();
        var (first, told) = (deadlines.Begin(before.Token), false);
        first.Token.Register(() => told = true);
        first.Dispose();

        using var second = deadlines.Begin(CancellationToken.None);
        before.Cancel();

        second.Token.ShouldBe(first.Token);
        second.Token.IsCancellationRequested.ShouldBeFalse();
        told.ShouldBeFalse();
    }

    [Fact]
    public void A_caller_that_leaves_ends_his_own_call_and_no_other()
    {
        var deadlines = new Deadlines(Patience, TimeProvider.System);
        using var caller = new CancellationTokenSource();
        var left = deadlines.Begin(caller.Token);
        var token = left.Token;
        using var stays = deadlines.Begin(CancellationToken.None);

        caller.Cancel();

        token.IsCancellationRequested.ShouldBeTrue();
        left.Dispose();
        using var next = deadlines.Begin(CancellationToken.None);
        next.Token.ShouldNotBe(token);
        (stays.Token.IsCancellationRequested, next.Token.IsCancellationRequested).ShouldBe((false, false));
    }

    [Fact]
    public void A_caller_that_has_left_already_has_no_time()
    {
        using var call = new Deadlines(Patience, TimeProvider.System).Begin(new CancellationToken(canceled: true));

        call.Token.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task Time_runs_out_for_a_source_that_is_used_again_too()
    {
        var deadlines = new Deadlines(TimeSpan.FromSeconds(1), TimeProvider.System);
        deadlines.Begin(CancellationToken.None).Dispose();

        using var call = deadlines.Begin(CancellationToken.None);
        var ended = new TaskCompletionSource();
        call.Token.Register(ended.SetResult);

        await ended.Task.WaitAsync(Patience);
    }

    [Fact]
    public void Time_is_that_of_the_clock_that_was_given()
    {
        var time = new ManualTime();
        var deadlines = new Deadlines(TimeSpan.FromSeconds(5), time);
        deadlines.Begin(CancellationToken.None).Dispose();
        time.Advance(TimeSpan.FromSeconds(3));
        using var call = deadlines.Begin(CancellationToken.None);

        time.Advance(TimeSpan.FromSeconds(4));
        call.Token.IsCancellationRequested.ShouldBeFalse();

        time.Advance(TimeSpan.FromSeconds(1));
        call.Token.IsCancellationRequested.ShouldBeTrue();
    }
}
