using System.Globalization;
using CentralOps.Aws.Calls;

namespace CentralOps.Aws.Tests.Calls;

/// <summary>Timeouts, cancellation and clocks that are wrong.</summary>
public sealed class TimeTests
{
    [Fact]
    public async Task An_attempt_that_takes_too_long_ends_and_another_is_made()
    {
        var arrived = new SemaphoreSlim(0);
        await using var fixture = new CallFixture(async exchange =>
        {
            arrived.Release();
            if (exchange.Number == 1)
            {
                await exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{");
                await exchange.HangAsync();
            }

            await exchange.AnswerAsync(200, CallFixture.Answer);
        });

        var call = fixture.CallAsync();
        await arrived.WaitAsync();
        fixture.Time.Advance(TimeSpan.FromSeconds(60));
        var answer = await call;

        (answer.Succeeded, answer.Attempts).ShouldBe((true, 2));
        fixture.Text.ShouldBe(CallFixture.Answer);
    }

    [Fact]
    public async Task A_timeout_is_named_and_a_call_may_have_a_limit_of_its_own()
    {
        var arrived = new SemaphoreSlim(0);
        await using var fixture = new CallFixture(exchange =>
        {
            arrived.Release();
            return exchange.HangAsync();
        });

        var call = fixture.CallAsync(CallFixture.Call with { MaxAttempts = 1, AttemptTimeout = TimeSpan.FromSeconds(30.5) });
        await arrived.WaitAsync();
        fixture.Time.Advance(TimeSpan.FromSeconds(30));
        call.IsCompleted.ShouldBeFalse();
        fixture.Time.Advance(TimeSpan.FromSeconds(0.5));
        var failure = (await call).Failure!;

        (failure.Kind, failure.Code, failure.Status).ShouldBe((FailureKind.Network, NetworkCodes.TimedOut, 0));
        failure.Message.ShouldEndWith("did not answer within 30.5 s.");
    }

    [Fact]
    public async Task Cancelling_ends_a_call_at_once_while_it_waits_for_an_answer()
    {
        var arrived = new SemaphoreSlim(0);
        using var cancelling = new CancellationTokenSource();
        await using var fixture = new CallFixture(exchange =>
        {
            arrived.Release();
            return exchange.HangAsync();
        });

        var call = fixture.CallAsync(cancellationToken: cancelling.Token);
        await arrived.WaitAsync();
        await cancelling.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call);
        fixture.Server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Cancelling_ends_a_call_at_once_while_it_waits_to_try_again()
    {
        var time = new ManualTime { PassesAtOnce = TimeSpan.Zero };
        using var cancelling = new CancellationTokenSource();
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(503, ""), time: time);

        var call = fixture.CallAsync(cancellationToken: cancelling.Token);
        await time.TimerOf(TimeSpan.FromMilliseconds(50));
        await cancelling.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(call);
        fixture.Server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(400, "InvalidSignatureException")]
    [InlineData(403, "SignatureDoesNotMatch")]
    [InlineData(401, "AuthFailure")]
    [InlineData(403, "RequestTimeTooSkewed")]
    [InlineData(400, "RequestExpired")]
    public async Task A_wrong_clock_is_corrected_once_beside_the_attempts_and_stays_corrected(int status, string code)
    {
        var ahead = TimeSpan.FromHours(2);
        var time = new ManualTime();
        await using var skewed = new CallFixture(
            exchange =>
            {
                var now = time.GetUtcNow() + ahead;
                var signed = DateTimeOffset.ParseExact(exchange.Request.Headers.Find("X-Amz-Date")!, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
                return (now - signed).Duration() > TimeSpan.FromMinutes(5)
                    ? exchange.AnswerAsync(status, $$"""{"__type":"{{code}}","message":"Signature expired"}""", ("Date", now.ToString("r")))
                    : exchange.AnswerAsync(200, CallFixture.Answer);
            },
            time: time);

        var first = await skewed.CallAsync(CallFixture.Call with { MaxAttempts = 1 });
        var second = await skewed.CallAsync(CallFixture.Call with { MaxAttempts = 1 });

        (first.Succeeded, first.Attempts).ShouldBe((true, 2));
        (second.Succeeded, second.Attempts).ShouldBe((true, 1));
        time.Waits.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_secret_is_no_wrong_clock()
    {
        var time = new ManualTime();
        await using var fixture = new CallFixture(
            exchange => exchange.AnswerAsync(403, """{"__type":"SignatureDoesNotMatch"}""", ("Date", time.GetUtcNow().AddMinutes(3).ToString("r"))), time: time);

        var answer = await fixture.CallAsync();

        (answer.Failure!.Kind, answer.Attempts).ShouldBe((FailureKind.Credentials, 1));
    }

    [Fact]
    public async Task A_server_whose_date_never_fits_is_asked_twice_and_no_more()
    {
        var hours = 0;
        var time = new ManualTime();
        await using var fixture = new CallFixture(
            exchange => exchange.AnswerAsync(403, """{"__type":"RequestTimeTooSkewed"}""", ("Date", time.GetUtcNow().AddHours(hours += 5).ToString("r"))), time: time);

        var answer = await fixture.CallAsync();

        (answer.Failure!.Code, answer.Attempts).ShouldBe(("RequestTimeTooSkewed", 2));
    }
}
