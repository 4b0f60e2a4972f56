using System.Net.Http.Headers;
using System.Text;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Tests.Calls;

namespace CentralOps.Aws.Tests.Signing;

public sealed class SigningHandlerTests
{
    private static readonly AwsCredentials Temporary = new("ASIAEXAMPLE", "secret", "token");
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData("/gateway/mcp")]
    [InlineData("/gateway/mcp?b=2&a=%2F1&a=x+y&flag")]
    [InlineData("/with%20space/arn%3Aaws/~tilde//double/?q=%C3%A9")]
    public async Task What_it_signs_verifies_as_it_arrives_over_a_real_socket(string target)
    {
        var (server, client) = Start();
        await using var _ = server;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Url, target));
        request.Content = new StringContent("{\"jsonrpc\":\"2.0\"}", Encoding.UTF8, "application/json");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        request.Headers.Add("MCP-Protocol-Version", "2025-11-25");
        request.Headers.Add("Mcp-Many", ["one", "two"]);
        request.Headers.UserAgent.ParseAdd("client/1.0 (test) more/2.0");

        using var answer = await client.SendAsync(request, CancellationToken.None);

        var verdict = SignatureV4.Verify(
            server.Requests.Single(), Keys(Temporary), _time.GetUtcNow(), new SignatureRules { Services = ["bedrock-agentcore"], Region = "us-east-1" });
        verdict.Accepted.ShouldBeTrue(verdict.Message);
        server.Requests.Single().Headers.Find("Authorization")!.ShouldContain("SignedHeaders=accept;content-type;host;mcp-many;mcp-protocol-version;x-amz-date;x-amz-security-token");
    }

    [Fact]
    public async Task A_stream_request_without_a_body_verifies_and_credentials_are_asked_for_each_time()
    {
        var asked = 0;
        var keys = new[] { new AwsCredentials("AKIDONE", "one"), new AwsCredentials("AKIDTWO", "two") };
        var (server, client) = Start(_ => ValueTask.FromResult(keys[asked++]));
        await using var _ = server;

        for (var at = 0; at < keys.Length; at++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, server.Url);
            using var answer = await client.SendAsync(request, CancellationToken.None);
            SignatureV4.Verify(server.Requests[at], Keys(keys[at]), _time.GetUtcNow(), new SignatureRules()).Accepted.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_message_that_is_sent_again_is_signed_anew()
    {
        var (server, client) = Start();
        await using var _ = server;
        var handler = client;
        for (var at = 0; at < 2; at++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, server.Url);
            request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 stale");
            request.Headers.TryAddWithoutValidation("X-Amz-Date", "20200101T000000Z");
            using var answer = await handler.SendAsync(request, CancellationToken.None);
        }

        server.Requests.ShouldAllBe(request => SignatureV4.Verify(request, Keys(Temporary), _time.GetUtcNow(), new SignatureRules()).Accepted);
    }

    [Fact]
    public void A_synchronous_request_is_refused_rather_than_sent_unsigned()
    {
        using var handler = new SigningHandler(_ => ValueTask.FromResult(Temporary), "us-east-1", "bedrock-agentcore", _time);
        using var client = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://127.0.0.1:1/");

        Should.Throw<NotSupportedException>(() => client.Send(request, CancellationToken.None));
    }

    private static OneKey Keys(AwsCredentials credentials) =>
        new(new AccessKey(credentials.AccessKeyId, credentials.SecretAccessKey, "arn:aws:iam::111111111111:user/u") { SessionToken = credentials.SessionToken });

    private (LoopbackServer Server, HttpMessageInvoker Client) Start(Func<CancellationToken, ValueTask<AwsCredentials>>? credentials = null)
    {
        var server = new LoopbackServer(exchange => exchange.AnswerAsync(200, "{}"));
        var signing = new SigningHandler(credentials ?? (_ => ValueTask.FromResult(Temporary)), "us-east-1", "bedrock-agentcore", _time)
        {
            InnerHandler = AwsHttp.CreateHandler(),
        };
        return (server, new HttpMessageInvoker(signing));
    }
}
