using CentralOps.Aws.Calls;

namespace CentralOps.Aws.Tests.Calls;

public sealed class RetryTests
{
    private const string Throttled = """{"__type":"ThrottlingException","message":"Rate exceeded"}""";

    [Theory]
    [InlineData(400, "ThrottlingException", 1000)]
    [InlineData(400, "com.amazonaws.things#TooManyRequestsException", 1000)]
    [InlineData(400, "LimitExceededException", 1000)]
    [InlineData(503, "SlowDown", 1000)]
    [InlineData(429, "SomethingElse", 1000)]
    [InlineData(400, "RequestTimeoutException", 50)]
    [InlineData(400, "InternalError", 50)]
    [InlineData(400, "IDPCommunicationError", 50)]
    [InlineData(500, "InternalFailure", 50)]
    [InlineData(502, "", 50)]
    [InlineData(503, "ServiceUnavailable", 50)]
    [InlineData(504, "", 50)]
    public async Task What_may_pass_is_tried_again_soon_and_what_asks_for_time_later(int status, string code, int milliseconds)
    {
        await using var fixture = new CallFixture(exchange => exchange.Number == 1
            ? exchange.AnswerAsync(status, $$"""{"__type":"{{code}}"}""")
            : exchange.AnswerAsync(200, CallFixture.Answer));

        var answer = await fixture.CallAsync();

        answer.Failure.ShouldBeNull();
        answer.Attempts.ShouldBe(2);
        fixture.Text.ShouldBe(CallFixture.Answer);
        fixture.Time.Waits.ShouldBe([TimeSpan.FromMilliseconds(milliseconds)]);
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
        Backoff.Before(9, TimeSpan.FromSeconds(1), null, CallFixture.FullWaits.Jitter, default).ShouldBe(TimeSpan.FromSeconds(20));
        var seeded = new AwsClientOptions { Jitter = new Random(7) };
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(503, ""), seeded);

        await fixture.CallAsync();

        var expected = new Random(7);
        // Timers count whole milliseconds.
        fixture.Time.Waits.Select(wait => (int)wait.TotalMilliseconds).ShouldBe([(int)(50 * expected.NextDouble()), (int)(100 * expected.NextDouble())]);
    }

    [Theory]
    [InlineData("Retry-After", "7", 7)]
    [InlineData("Retry-After", "0", 0.05)]
    [InlineData("Retry-After", "3600", 20)]
    [InlineData("Retry-After", "Sun, 01 Mar 2026 12:00:09 GMT", 9)]
    [InlineData("Retry-After", "soon", 0.05)]
    [InlineData("Retry-After", "-5", 0.05)]
    [InlineData("x-amz-retry-after", "1500", 1.5)]
    [InlineData("x-amz-retry-after", "10", 0.05)]
    [InlineData("x-amz-retry-after", "-1500", 0.05)]
    [InlineData("x-amz-retry-after", "1e3", 0.05)]
    [InlineData("x-amz-retry-after", "60000", 5.05)]
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

        // 500 tokens pay for 35 retries at 14 each.
        fixture.Server.Requests.Count.ShouldBe(60 + 35);

        // Another account's quota is its own.
        var other = await fixture.CallAsync(CallFixture.Call with { Credentials = new("AKIDOTHER", "secret") });
        other.Attempts.ShouldBe(3);
    }

    [Fact]
    public async Task Success_gives_back_what_the_last_retry_took()
    {
        var quota = new RetryQuota();
        quota.TryTake(RetryQuota.TransientCost).ShouldBeTrue();
        quota.TryTake(RetryQuota.ThrottlingCost).ShouldBeTrue();
        quota.Tokens.ShouldBe(481);
        quota.GiveBack(RetryQuota.ThrottlingCost);
        quota.Tokens.ShouldBe(486);
        quota.GiveBack(0);
        quota.Tokens.ShouldBe(487);
        quota.GiveBack(100);
        quota.Tokens.ShouldBe(RetryQuota.Capacity);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => quota.TryTake(RetryQuota.ThrottlingCost))));
        quota.Tokens.ShouldBe(0);
        quota.TryTake(1).ShouldBeFalse();
    }

    [Fact]
    public async Task Every_attempt_sends_the_same_body_under_a_signature_of_its_own_time()
    {
        await using var fixture = new CallFixture(exchange => exchange.Number < 3 ? exchange.AnswerAsync(400, Throttled) : exchange.AnswerAsync(200, CallFixture.Answer));

        (await fixture.CallAsync()).Attempts.ShouldBe(3);

        fixture.Server.Requests.Select(request => Convert.ToHexString(request.Body.Span)).Distinct().Count().ShouldBe(1);
        fixture.Server.Requests.Select(request => request.Headers.Find("X-Amz-Date")).ShouldBe(["20260301T120000Z", "20260301T120001Z", "20260301T120003Z"]);
    }

    [Fact]
    public async Task Throttles_cost_less_of_the_quota_than_faults()
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(400, Throttled));
        for (var call = 0; call < 60; call++)
        {
            await fixture.CallAsync();
        }

        fixture.Server.Requests.Count.ShouldBe(60 + 100);
    }

    [Fact]
    public async Task DynamoDB_is_asked_four_times_with_shorter_waits()
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(503, ""));

        var answer = await fixture.CallAsync(CallFixture.Call with { Operation = TestModels.NamedLike("DynamoDB", "ListTables") });

        answer.Attempts.ShouldBe(4);
        fixture.Time.Waits.Select(wait => wait.TotalMilliseconds).ShouldBe([25, 50, 100]);
    }

    [Fact]
    public async Task A_poll_without_quota_waits_though_it_is_not_sent_again()
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(503, ""));
        var poll = CallFixture.Call with { Operation = TestModels.NamedLike("SQS", "ReceiveMessage") };
        for (var call = 0; call < 30; call++)
        {
            await fixture.CallAsync(poll);
        }

        // 35 retries are paid for; of the 30 calls the last 12 find the quota empty, and so does one on its second retry.
        fixture.Server.Requests.Count.ShouldBe(30 + 35);
        fixture.Time.Waits.Count.ShouldBe(35 + 13);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData(" 5 ", 5)]
    [InlineData("", 3)]
    [InlineData(null, 3)]
    public async Task The_environment_sets_the_number_of_attempts(string? value, int attempts)
    {
        var options = AwsClientOptions.Read(name => name == "AWS_MAX_ATTEMPTS" ? value : null) with { Jitter = CallFixture.FullWaits.Jitter };
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(503, ""), options);

        (await fixture.CallAsync()).Attempts.ShouldBe(attempts);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("11")]
    [InlineData("-1")]
    [InlineData("three")]
    public void A_number_of_attempts_that_is_none_is_named_with_the_repair(string value) =>
        Should.Throw<FormatException>(() => AwsClientOptions.Read(name => name == "AWS_MAX_ATTEMPTS" ? value : null))
            .Message.ShouldBe("The setting AWS_MAX_ATTEMPTS is not a whole number from 1 to 10. Correct it or unset it.");
}
