using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CentralOps.Access.Callers;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Callers;

public sealed class IamCallersTests : IAsyncLifetime
{
    private const string Principal = "arn:aws:iam::111111111111:user/operator";

    private static readonly AwsCredentials Operator = new("AKIAOPERATOR00000000", "operator-secret");

    private readonly List<Caller> _callers = [];
    private TestGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        var target = new TestTarget((invocation, _) =>
        {
            _callers.Add(invocation.Caller);
            return new(TargetAnswer.Of("1"u8.ToArray()));
        });
        var config = TestGateway.Config(TestGateway.Target("ec2", TestGateway.Tool("echo"))) with { Authorizer = GatewayAuthorizer.AwsIam };
        _gateway = await TestGateway.StartAsync(TestGateway.Options(config, target) with { Keys = new Keys() });
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task A_signed_call_is_made_in_the_name_of_the_keys_principal()
    {
        var answer = await PostAsync(Operator, "bedrock-agentcore", "us-east-1");

        answer.Text.ShouldBe("1");
        _callers.ShouldBe([new Caller(Principal, CallerKind.Iam)]);
    }

    [Fact]
    public async Task An_unsigned_call_is_403_before_its_body_means_anything()
    {
        foreach (var body in new[] { McpHttp.Call("""{"message":"hi"}"""), "{", "[]" })
        {
            var answer = await _gateway.Http.PostAsync(body);

            answer.Status.ShouldBe(HttpStatusCode.Forbidden);
            answer.Code.ShouldBe(-32001);
            answer.Id.ShouldBe("null");
            answer.Message.ShouldStartWith("Authentication error - MissingAuthenticationToken");
        }
    }

    [Theory]
    [InlineData("AKIAOPERATOR00000000", "wrong", "bedrock-agentcore", "us-east-1", "SignatureDoesNotMatch")]
    [InlineData("AKIASTRANGER00000000", "operator-secret", "bedrock-agentcore", "us-east-1", "InvalidClientTokenId")]
    [InlineData("AKIAOPERATOR00000000", "operator-secret", "lambda", "us-east-1", "SignatureDoesNotMatch")]
    [InlineData("AKIAOPERATOR00000000", "operator-secret", "bedrock-agentcore", "eu-central-1", "SignatureDoesNotMatch")]
    public async Task A_signature_with_the_wrong_secret_key_service_or_region_is_403(string key, string secret, string service, string region, string code)
    {
        var answer = await PostAsync(new AwsCredentials(key, secret), service, region);

        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Message.ShouldContain(code);
        answer.Body.ShouldNotContain("operator-secret");
        _callers.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_may_not_invoke_the_gateway_hears_so_once_his_signature_is_verified()
    {
        var answer = await PostAsync(new AwsCredentials("AKIAREADER0000000000", "reader-secret"), "bedrock-agentcore", "us-east-1");
        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Message.ShouldContain("arn:aws:iam::111111111111:role/Reader is not authorized to perform: bedrock-agentcore:InvokeGateway");
        _callers.ShouldBeEmpty();

        // Whoever knows the key's id only learns nothing of whose it is.
        (await PostAsync(new AwsCredentials("AKIAREADER0000000000", "guess"), "bedrock-agentcore", "us-east-1")).Message.ShouldNotContain("Reader");
    }

    [Fact]
    public async Task A_body_that_was_changed_after_signing_is_403()
    {
        var answer = await PostAsync(Operator, "bedrock-agentcore", "us-east-1", tamper: true);

        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        _callers.ShouldBeEmpty();
    }

    private async Task<McpAnswer> PostAsync(AwsCredentials credentials, string service, string region, bool tamper = false)
    {
        HttpMessageHandler transport = tamper ? new Tamperer { InnerHandler = AwsHttp.CreateHandler() } : AwsHttp.CreateHandler();
        var signing = new SigningHandler(_ => new(credentials), new SigningScope(region, service), TimeProvider.System) { InnerHandler = transport };
        using var http = new HttpClient(signing);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(McpHttp.Call("""{"message":"hi"}""")));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await http.PostAsync(_gateway.Url, content);
        return new(response.StatusCode, response.Content.Headers.ContentType?.ToString(), response.Content.Headers.Allow, await response.Content.ReadAsStringAsync());
    }

    private sealed class Tamperer : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            request.Content = new StringContent(body.Replace("hi", "ho", StringComparison.Ordinal), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            return await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Keys : IAccessKeys
    {
        public bool TryFind(string accessKeyId, [NotNullWhen(true)] out AccessKey? key)
        {
            key = accessKeyId switch
            {
                "AKIAOPERATOR00000000" => new AccessKey(Operator.AccessKeyId, Operator.SecretAccessKey, Principal),
                "AKIAREADER0000000000" => new AccessKey(accessKeyId, "reader-secret", "arn:aws:iam::111111111111:role/Reader") { DeniedAction = "bedrock-agentcore:InvokeGateway" },
                _ => null,
            };
            return key is not null;
        }
    }
}
