using CentralOps.Aws.Calls;

namespace CentralOps.Aws.Tests.Calls;

public sealed class RetryTests
{
    private const string Throttled = """{"__type":"ThrottlingException","message":"Rate exceeded"}""";

    [Theory]
    [InlineData(400, "ThrottlingException")]
    [InlineData(400, "com.amazonaws.things#TooManyRequestsException")]
    [InlineData(400, "RequestTimeoutException")]
    [InlineData(429, "SomethingElse")]
    [InlineData(500, "InternalFailure")]
    [InlineData(502, "")]
    [InlineData(503, "ServiceUnavailable")]
    [InlineData(504, "")]
    public async Task What_may_pass_is_tried_again(int status, string code)
    {
        await using var fixture = new CallFixture(exchange => exchange.Number == 1
            ? exchange.AnswerAsync(status, $$"""{"__type":"{{code}}"}""")
            : exchange.AnswerAsync(200, CallFixture.Answer));

        var answer = await fixture.CallAsync();

        answer.Failure.ShouldBeNull();
        answer.Attempts.ShouldBe(2);
        fixture.Text.ShouldBe(CallFixture.Answer);
        fixture.Time.Waits.ShouldBe([TimeSpan.FromSeconds(1)]);
    }

    [Theory]
    [InlineData(400, "ValidationException", FailureKind.Validation)]
    [InlineData(400, "AccessDeniedException", FailureKind.Access)]
    [InlineData(403, "UnknownToUs", FailureKind.Access)]
    [InlineData(403, "ExpiredToken", FailureKind.Credentials)]
    [InlineData(404, "UnknownToUs", FailureKind.NotFound)]
    [InlineData(400, "ResourceNotFoundException", FailureKind.NotFound)]
    [InlineData(501, "NotImplemented", FailureKind.Server)]
    [InlineData(301, "PermanentRedirect", FailureKind.Validation)]
    public async Task What_will_not_pass_is_not_tried_again(int status, string code, FailureKind kind)
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(
            status, $$"""{"__type":"{{code}}","message":"Not so."}""", ("x-amzn-RequestId", "id-1"), ("Location", "http://127.0.0.1:1/elsewhere")));

        var answer = await fixture.CallAsync();

        answer.ShouldBe(new AwsAnswer(new AwsFailure("things", "ListThings", kind, code, "Not so.", "id-1", status), "id-1", 1));
        fixture.Text.ShouldBeEmpty();
        fixture.Server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Three_attempts_are_made_with_waits_that_double()
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(400, Throttled));

        var answer = await fixture.CallAsync();

        (answer.Failure!.Kind, answer.Failure.Code, answer.Failure.Message, answer.Attempts).ShouldBe((FailureKind.Throttling, "ThrottlingException", "Rate exceeded", 3));
        fixture.Time.Waits.ShouldBe([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)]);
        fixture.Server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Waits_are_spread_by_chance_and_end_at_twenty_seconds()
    {
        Backoff.Before(9, null, CallFixture.FullWaits.Jitter, default).ShouldBe(TimeSpan.FromSeconds(20));
        var seeded = new AwsClientOptions { Jitter = new Random(7) };
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(503, ""), seeded);

        await fixture.CallAsync();

        var expected = new Random(7);
        // Timers count whole milliseconds.
        fixture.Time.Waits.Select(wait => (int)wait.TotalMilliseconds).ShouldBe([(int)(1000 * expected.NextDouble()), (int)(2000 * expected.NextDouble())]);
    }

    [Theory]
    [InlineData("Retry-After", "7", 7)]
    [InlineData("Retry-After", "0", 1)]
    [InlineData("Retry-After", "3600", 20)]
    [InlineData("Retry-After", "Sun, 01 Mar 2026 12:00:09 GMT", 9)]
    [InlineData("Retry-After", "soon", 1)]
    [InlineData("Retry-After", "-5", 1)]
    [InlineData("x-amz-retry-after", "1500", 1.5)]
    [InlineData("x-amz-retry-after", "100", 1)]
    [InlineData("x-amz-retry-after", "60000", 6)]
    public async Task A_server_may_ask_for_more_time_within_reason(string header, string value, double seconds)
    {
        await using var fixture = new CallFixture(exchange => exchange.Number == 1
            ? exchange.AnswerAsync(503, "", (header, value))
            : exchange.AnswerAsync(200, CallFixture.Answer));

        (await fixture.CallAsync()).Succeeded.ShouldBeTrue();

        fixture.Time.Waits.ShouldBe([TimeSpan.FromSeconds(seconds)]);
    }

    [Fact]
    public async Task A_call_that_must_not_happen_twice_is_sent_once()
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(503, ""));

        var answer = await fixture.CallAsync(CallFixture.Call with { MaxAttempts = 1 });

        (answer.Attempts, fixture.Server.Requests.Count, answer.Failure!.Kind).ShouldBe((1, 1, FailureKind.Server));
        Should.Throw<ArgumentOutOfRangeException>(() => CallFixture.Call with { MaxAttempts = 11 });
    }

    [Fact]
    public async Task When_all_fails_the_quota_ends_the_retries_but_not_the_first_attempts()
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(503, ""));
        for (var call = 0; call < 60; call++)
        {
            await fixture.CallAsync();
        }

        // 500 tokens pay for 100 retries; with two a call they are gone after 50 calls.
        fixture.Server.Requests.Count.ShouldBe(60 + 100);

        // Another account's quota is its own.
        var other = await fixture.CallAsync(CallFixture.Call with { Credentials = new("AKIDOTHER", "secret") });
        other.Attempts.ShouldBe(3);
    }

    [Fact]
    public async Task Success_gives_back_what_the_last_retry_took()
    {
        var quota = new RetryQuota();
        quota.TryTake(RetryQuota.TimeoutCost).ShouldBeTrue();
        quota.TryTake(RetryQuota.RetryCost).ShouldBeTrue();
        quota.Tokens.ShouldBe(485);
        quota.GiveBack(RetryQuota.RetryCost);
        quota.Tokens.ShouldBe(490);
        quota.GiveBack(0);
        quota.Tokens.ShouldBe(491);
        quota.GiveBack(100);
        quota.Tokens.ShouldBe(RetryQuota.Capacity);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => quota.TryTake(RetryQuota.RetryCost))));
        quota.Tokens.ShouldBe(0);
        quota.TryTake(1).ShouldBeFalse();
    }

    [Fact]
    public async Task Every_attempt_sends_the_same_body_under_a_signature_of_its_own_time()
    {
        await using var fixture = new CallFixture(exchange => exchange.Number < 3 ? exchange.AnswerAsync(503, "") : exchange.AnswerAsync(200, CallFixture.Answer));

        (await fixture.CallAsync()).Attempts.ShouldBe(3);

        fixture.Server.Requests.Select(request => Convert.ToHexString(request.Body.Span)).Distinct().Count().ShouldBe(1);
        fixture.Server.Requests.Select(request => request.Headers.Find("X-Amz-Date")).ShouldBe(["20260301T120000Z", "20260301T120001Z", "20260301T120003Z"]);
    }
}
