using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Tests.Signing;

namespace CentralOps.Aws.Tests.Calls;

public sealed class AwsClientTests
{
    [Fact]
    public async Task A_call_arrives_signed_in_its_protocol_and_its_answer_is_transcribed()
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(200, CallFixture.Answer, ("x-amzn-RequestId", "id-1")));

        var answer = await fixture.CallAsync(CallFixture.Call with { RequestId = "req-7" });

        answer.ShouldBe(new AwsAnswer(null, "id-1", 1));
        fixture.Text.ShouldBe(CallFixture.Answer);
        var request = fixture.Server.Requests.Single();
        (request.Method, request.Path, request.Headers.Find("X-Amz-Target")).ShouldBe(("POST", "/", "Things_20260101.ListThings"));
        Encoding.UTF8.GetString(request.Body.Span).ShouldBe("""{"Name":"x"}""");
        var keys = new OneKey(new AccessKey("AKIDEXAMPLE", "secret", "arn:aws:iam::111111111111:user/u"));
        var verdict = SignatureV4.Verify(request, keys, fixture.Time.GetUtcNow(), new SignatureRules { Region = "eu-west-1", Services = ["things"] });
        verdict.Accepted.ShouldBeTrue(verdict.Message);
    }

    [Fact]
    public async Task The_user_agent_is_AWSs_format_and_takes_no_injection()
    {
        var options = CallFixture.FullWaits with { ApplicationId = "ops desk\r\nX: 1" };
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(200, "{}"), options);

        await fixture.CallAsync(CallFixture.Call with { RequestId = "a b\r\n(c)#é" });

        fixture.Server.Requests.Single().Headers.Find("User-Agent")
            .ShouldBe($"centralops/0.1.0 ua/2.1 os/linux md/arch#x86_64 lang/.net#{Environment.Version.ToString(2)} md/request#a-b---c--- cfg/retry-mode#standard app/ops-desk--X--1");
    }

    [Theory]
    [InlineData("eu-west-1.evil.example", NetworkCodes.InvalidRegion)]
    [InlineData("", NetworkCodes.InvalidRegion)]
    public async Task A_region_that_is_none_is_a_failure_and_nothing_is_sent(string region, string code)
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(200, "{}"));

        var answer = await fixture.CallAsync(CallFixture.Call with { Region = region });

        (answer.Failure!.Kind, answer.Failure.Code, answer.Attempts).ShouldBe((FailureKind.Validation, code, 0));
        fixture.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_setting_that_is_no_URL_is_a_failure_that_names_it()
    {
        using var http = new HttpMessageInvoker(AwsHttp.CreateHandler());
        var overrides = EndpointOverrides.Read(name => name == "AWS_ENDPOINT_URL_THINGS" ? "nonsense" : null);
        var client = new AwsClient(http, new EndpointResolver(overrides), new ManualTime(), new AwsClientOptions());

        var answer = await client.CallAsync(CallFixture.Call, new(new ArrayBufferWriter<byte>()), CancellationToken.None);

        answer.Failure!.Code.ShouldBe(NetworkCodes.InvalidEndpointSetting);
        answer.Failure.Message.ShouldContain("AWS_ENDPOINT_URL_THINGS");
    }

    [Fact]
    public async Task A_base_path_of_an_endpoint_stays_before_the_path_and_is_signed()
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(200, "{}"));

        await fixture.ClientOf(fixture.Server.Url + "sandbox/").CallAsync(CallFixture.Call, new(fixture.Output), CancellationToken.None);

        var request = fixture.Server.Requests.Single();
        request.Path.ShouldBe("/sandbox/");
        var keys = new OneKey(new AccessKey("AKIDEXAMPLE", "secret", "arn"));
        SignatureV4.Verify(request, keys, fixture.Time.GetUtcNow(), new SignatureRules()).Accepted.ShouldBeTrue();
    }

    [Fact]
    public async Task An_input_that_does_not_fit_the_model_throws_and_nothing_is_sent()
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(200, "{}"));

        var refused = await Should.ThrowAsync<ArgumentException>(fixture.CallAsync(CallFixture.Call with { Input = new("""{"Nmae":"x"}"""u8.ToArray()) }));

        refused.Message.ShouldContain("Nmae");
        fixture.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_append_and_a_broken_page_takes_nothing_away()
    {
        var answers = new Queue<string>(["""{"Things":[{"Name":"one"},{"Name":"two"}]}""", """{"Things":[{"Name":"three"},{"Name":""", """{"Things":[{"Name":"four"}]}"""]);
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(200, answers.Dequeue()));
        var into = new Transcription(fixture.Output, Projection.Items("Things", Field.Value("Name"))) { Skip = 1 };

        (await fixture.Client.CallAsync(CallFixture.Call, into, CancellationToken.None)).Succeeded.ShouldBeTrue();
        (await fixture.Client.CallAsync(CallFixture.Call, into, CancellationToken.None)).Failure!.Code.ShouldBe(NetworkCodes.MalformedAnswer);
        (await fixture.Client.CallAsync(CallFixture.Call, into, CancellationToken.None)).Succeeded.ShouldBeTrue();

        fixture.Text.ShouldBe("""{"Name":"two"},{"Name":"four"}""");
        (into.Written, into.SeenOnPage, into.Pages).ShouldBe((2, 1, 2));
    }

    [Fact]
    public async Task Two_hundred_calls_at_once_each_get_their_own_answer()
    {
        var seen = new ConcurrentDictionary<string, byte>();
        await using var fixture = new CallFixture(exchange =>
        {
            var name = Encoding.UTF8.GetString(exchange.Request.Body.Span);
            return seen.TryAdd(name, 0) && exchange.Number % 5 == 0
                ? exchange.AnswerAsync(503, "")
                : exchange.AnswerAsync(200, $$"""{"Things":[{{name}}]}""");
        });

        await Parallel.ForAsync(0, 200, async (number, cancellationToken) =>
        {
            var output = new ArrayBufferWriter<byte>();
            var call = CallFixture.Call with { Input = new(Encoding.UTF8.GetBytes($$"""{"Name":"{{number}}"}""")) };
            var answer = await fixture.Client.CallAsync(call, new(output), cancellationToken);
            answer.Succeeded.ShouldBeTrue(answer.Failure?.ToString());
            Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe($$"""{"Things":[{"Name":"{{number}}"}]}""");
        });
    }

    [Fact]
    public async Task A_large_answer_is_read_whole()
    {
        var body = $$"""{"Things":[{{string.Join(',', Enumerable.Range(0, 50_000).Select(number => $$"""{"Name":"thing {{number}}"}"""))}}]}""";
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(200, body));

        (await fixture.CallAsync()).Succeeded.ShouldBeTrue();

        fixture.Text.ShouldBe(body);
    }

    [Fact]
    public void A_setting_out_of_range_throws_where_it_is_set()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new AwsClientOptions { MaxAttempts = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new AwsClientOptions { AttemptTimeout = TimeSpan.Zero });
        Should.Throw<ArgumentOutOfRangeException>(() => new AwsClientOptions { MaxResponseBytes = 0 });
    }

    [Fact]
    public void The_transport_follows_no_redirect_and_keeps_no_cookie()
    {
        using var handler = AwsHttp.CreateHandler();

        (handler.AllowAutoRedirect, handler.UseCookies, handler.UseProxy).ShouldBe((false, false, false));
        handler.PooledConnectionIdleTimeout.ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }
}
