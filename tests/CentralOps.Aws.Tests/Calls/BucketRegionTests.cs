using System.Buffers;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;

namespace CentralOps.Aws.Tests.Calls;

public sealed class BucketRegionTests
{
    private const string Location = """<LocationConstraint xmlns="u">eu-west-1</LocationConstraint>""";

    [Theory]
    [InlineData(301, "<Error><Code>PermanentRedirect</Code><Message>m</Message></Error>")]
    [InlineData(307, "<Error><Code>TemporaryRedirect</Code><Message>m</Message></Error>")]
    [InlineData(400, "<Error><Code>AuthorizationHeaderMalformed</Code><Message>m</Message><Region>eu-west-1</Region></Error>")]
    [InlineData(301, "")]
    public async Task A_bucket_elsewhere_is_asked_for_there_once(int status, string body)
    {
        await using var fixture = new CallFixture(exchange => IsFor(exchange, "eu-west-1")
            ? exchange.AnswerAsync(200, Location)
            : exchange.AnswerAsync(status, body, ("x-amz-bucket-region", "eu-west-1")));

        var answer = await AskAsync(fixture);

        answer.Succeeded.ShouldBeTrue(answer.Failure?.ToString());
        answer.Attempts.ShouldBe(2);
        fixture.Text.ShouldBe("""{"LocationConstraint":"eu-west-1"}""");
    }

    [Fact]
    public async Task A_bucket_that_is_always_elsewhere_is_a_failure_after_two()
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(
            301, "<Error><Code>PermanentRedirect</Code><Message>m</Message></Error>", ("x-amz-bucket-region", IsFor(exchange, "eu-west-1") ? "eu-west-2" : "eu-west-1")));

        var answer = await AskAsync(fixture);

        (answer.Failure!.Code, answer.Failure.Status, answer.Attempts).ShouldBe(("PermanentRedirect", 301, 2));
    }

    [Theory]
    [InlineData(301, "us-east-1")]
    [InlineData(301, "evil.example.com/")]
    [InlineData(301, "")]
    [InlineData(403, "eu-west-1")]
    public async Task A_region_that_is_none_or_the_same_or_no_redirection_leads_nowhere(int status, string region)
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(
            status, "<Error><Code>AccessDenied</Code><Message>m</Message></Error>", ("x-amz-bucket-region", region)));

        (await AskAsync(fixture)).Attempts.ShouldBe(1);
    }

    private static Task<AwsAnswer> AskAsync(CallFixture fixture) => fixture.Client.CallAsync(
        CallFixture.Call with { Operation = ModelLibrary.Operation("s3", "GetBucketLocation"), Input = new("""{"Bucket":"my-bucket"}"""u8.ToArray()), Region = "us-east-1" },
        new Transcription(fixture.Output),
        CancellationToken.None);

    private static bool IsFor(LoopbackExchange exchange, string region) =>
        exchange.Request.Headers.Find("Authorization")!.Contains($"/{region}/s3/", StringComparison.Ordinal);
}
