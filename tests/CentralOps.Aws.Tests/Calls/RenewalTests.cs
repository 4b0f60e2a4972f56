using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;

namespace CentralOps.Aws.Tests.Calls;

/// <summary>Keys that expire while a call is on its way.</summary>
public sealed class RenewalTests
{
    [Theory]
    [InlineData(400, "ExpiredTokenException")]
    [InlineData(403, "ExpiredToken")]
    [InlineData(400, "RequestExpired")]
    public async Task Expired_keys_are_renewed_once_beside_the_attempts(int status, string code)
    {
        var source = new Source(new AwsCredentials("AKIDNEW", "secret", "new-token"));
        await using var fixture = new CallFixture(exchange => IsSignedBy(exchange, "AKIDNEW")
            ? exchange.AnswerAsync(200, CallFixture.Answer)
            : exchange.AnswerAsync(status, $$"""{"__type":"{{code}}"}"""));

        var answer = await fixture.CallAsync(CallFixture.Call with { Renewal = source, MaxAttempts = 1 });

        (answer.Succeeded, answer.Attempts, source.Asked).ShouldBe((true, 2, 1));
        fixture.Server.Requests[1].Headers.Find("X-Amz-Security-Token").ShouldBe("new-token");
        fixture.Time.Waits.ShouldBeEmpty();
    }

    [Fact]
    public async Task New_keys_that_are_expired_too_end_the_call()
    {
        var source = new Source(new AwsCredentials("AKIDNEW", "secret"));
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(400, """{"__type":"ExpiredTokenException"}"""));

        var answer = await fixture.CallAsync(CallFixture.Call with { Renewal = source });

        (answer.Failure!.Kind, answer.Failure.Code, answer.Attempts, source.Asked).ShouldBe((FailureKind.Credentials, "ExpiredTokenException", 2, 1));
    }

    [Theory]
    [InlineData("InvalidClientTokenId")]
    [InlineData("AccessDeniedException")]
    public async Task Keys_that_are_not_expired_are_not_renewed(string code)
    {
        var source = new Source(new AwsCredentials("AKIDNEW", "secret"));
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(403, $$"""{"__type":"{{code}}"}"""));

        (await fixture.CallAsync(CallFixture.Call with { Renewal = source })).Attempts.ShouldBe(1);

        source.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task Where_there_are_no_new_keys_the_failure_stands()
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(403, """{"__type":"ExpiredToken","message":"The security token included in the request is expired"}"""));

        foreach (var source in new Source[] { new(null), new(CallFixture.Call.Credentials), new(null, new CredentialException(CredentialProblem.SignIn, "Over.", "Sign in.")) })
        {
            var answer = await fixture.CallAsync(CallFixture.Call with { Renewal = source });

            (answer.Failure!.Code, answer.Failure.Message, answer.Attempts, source.Asked).ShouldBe(("ExpiredToken", "The security token included in the request is expired", 1, 1));
        }
    }

    private static bool IsSignedBy(LoopbackExchange exchange, string keyId) =>
        exchange.Request.Headers.Find("Authorization")!.Contains($"Credential={keyId}/", StringComparison.Ordinal);

    private sealed class Source(AwsCredentials? renewed, CredentialException? fault = null) : ICredentialSource
    {
        public int Asked { get; private set; }

        public ValueTask<AwsCredentials> GetAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<AwsCredentials?> RenewAsync(AwsCredentials expired, CancellationToken cancellationToken)
        {
            Asked++;
            expired.ShouldBe(CallFixture.Call.Credentials);
            return fault is null ? ValueTask.FromResult(renewed) : throw fault;
        }
    }
}
