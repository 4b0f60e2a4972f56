using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;
using CentralOps.Access.Callers;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Callers;

public sealed class WaysInTests : IAsyncLifetime, IAccessKeys
{
    private static readonly TestKey Key = TestKey.New("ES256");
    private static readonly AwsCredentials Operator = new("AKIAOPERATOR00000000", "operator-secret");
    private static readonly LocalToken Local = LocalToken.New(new("jane@example.com", CallerKind.LocalToken));

    private TestIssuer _issuer = null!;

    public async Task InitializeAsync() => _issuer = await TestIssuer.StartAsync(Key);

    public async Task DisposeAsync() => await _issuer.DisposeAsync();

    [Theory]
    [InlineData(GatewayAuthorizer.CustomJwt, "signature jwt nothing:401 bad-signature:403 bad-jwt:401 basic:401 opaque:401")]
    [InlineData(GatewayAuthorizer.AwsIam, "signature jwt nothing:403 bad-signature:403 bad-jwt:401 basic:401 opaque:401")]
    public async Task What_a_request_carries_says_which_way_judges_it(GatewayAuthorizer first, string expected)
    {
        var second = first == GatewayAuthorizer.AwsIam ? GatewayAuthorizer.CustomJwt : GatewayAuthorizer.AwsIam;
        await using var gateway = await StartAsync(first, second);
        (await OutcomesAsync(gateway)).ShouldBe(expected);
    }

    [Fact]
    public async Task Nobody_who_shows_a_credential_is_taken_for_nobody()
    {
        await using var gateway = await StartAsync(GatewayAuthorizer.CustomJwt, GatewayAuthorizer.AwsIam, GatewayAuthorizer.None);
        (await OutcomesAsync(gateway)).ShouldBe("signature jwt nothing bad-signature:403 bad-jwt:401 basic:401 opaque:401");
        await using var open = await StartAsync(GatewayAuthorizer.None, GatewayAuthorizer.AwsIam);
        (await OutcomesAsync(open)).ShouldBe("signature jwt:403 nothing bad-signature:403 bad-jwt:403 basic:403 opaque:403");
    }

    [Fact]
    public async Task A_local_token_and_an_OpenID_providers_are_told_apart_by_their_form()
    {
        await using var gateway = await StartAsync(GatewayAuthorizer.LocalToken, GatewayAuthorizer.CustomJwt);
        (await PostAsync(gateway, "opaque")).ShouldBe("opaque");
        (await gateway.Gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""), ("Authorization", $"Bearer {Local.Token}"))).IsError.ShouldBeFalse();
        (await OutcomesAsync(gateway)).ShouldBe("signature:403 jwt nothing:401 bad-signature:403 bad-jwt:401 basic:401 opaque:401");
    }

    [Fact]
    public async Task AUTHENTICATE_ONLY_verifies_the_signature_and_leaves_the_decision_to_others()
    {
        await using var strict = await StartAsync(GatewayAuthorizer.AwsIam);
        await using var lax = await StartAsync(GatewayAuthorizer.AuthenticateOnly);
        var denied = new AwsCredentials("AKIADENIED0000000000", "denied-secret");
        (await SignedAsync(strict, denied)).ShouldBe(403);
        (await SignedAsync(lax, denied)).ShouldBe(200);
        lax.Callers.ShouldBe([new Caller("arn:aws:iam::111111111111:role/Denied", CallerKind.Iam)]);
        (await SignedAsync(lax, denied with { SecretAccessKey = "wrong" })).ShouldBe(403);
        (await OutcomesAsync(lax)).ShouldBe("signature jwt:403 nothing:403 bad-signature:403 bad-jwt:403 basic:403 opaque:403");
    }

    [Theory]
    [InlineData(GatewayAuthorizer.AwsIam, GatewayAuthorizer.AuthenticateOnly, "judge them differently")]
    [InlineData(GatewayAuthorizer.AwsIam, GatewayAuthorizer.AwsIam, "twice")]
    public async Task Ways_that_contradict_each_other_do_not_start(GatewayAuthorizer first, GatewayAuthorizer second, string words) =>
        (await Should.ThrowAsync<GatewayStartException>(() => StartAsync(first, second))).Message.ShouldContain(words);

    public bool TryFind(string accessKeyId, [NotNullWhen(true)] out AccessKey? key)
    {
        key = accessKeyId switch
        {
            "AKIAOPERATOR00000000" => new AccessKey(accessKeyId, Operator.SecretAccessKey, "arn:aws:iam::111111111111:user/operator"),
            "AKIADENIED0000000000" => new AccessKey(accessKeyId, "denied-secret", "arn:aws:iam::111111111111:role/Denied") { DeniedAction = "bedrock-agentcore:InvokeGateway" },
            _ => null,
        };
        return key is not null;
    }

    private Task<JwtGateway> StartAsync(params GatewayAuthorizer[] admits) => JwtGateway.StartAsync(
        _issuer,
        TimeProvider.System,
        configure: config => config with { Authorizer = admits[0], AlsoAdmits = admits[1..] },
        serve: options => options with { Keys = this, LocalToken = Local });

    private async Task<string> OutcomesAsync(JwtGateway gateway)
    {
        var outcomes = new List<string>();
        foreach (var kind in new[] { "signature", "jwt", "nothing", "bad-signature", "bad-jwt", "basic", "opaque" })
        {
            outcomes.Add(await PostAsync(gateway, kind == "opaque" ? "wrong-opaque" : kind) is var outcome && kind == "opaque" ? outcome.Replace("wrong-", "", StringComparison.Ordinal) : outcome);
        }

        return string.Join(' ', outcomes);
    }

    private async Task<string> PostAsync(JwtGateway gateway, string kind)
    {
        var status = kind switch
        {
            "signature" => await SignedAsync(gateway, Operator),
            "bad-signature" => await SignedAsync(gateway, Operator with { SecretAccessKey = "wrong" }),
            _ => await BearingAsync(gateway, kind),
        };
        return status == 200 ? kind : $"{kind}:{status}";
    }

    private async Task<int> BearingAsync(JwtGateway gateway, string kind)
    {
        var token = Key.Token(_issuer.Claims(TimeProvider.System.GetUtcNow()));
        var header = kind switch
        {
            "jwt" => $"Bearer {token}",
            "bad-jwt" => $"Bearer {token[..^4]}AAAA",
            "basic" => "Basic YTpi",
            "opaque" => $"Bearer {Local.Token}",
            "wrong-opaque" => "Bearer 0123456789012345678901234567890123456789012",
            _ => "",
        };
        return (int)(await gateway.Gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""), ("Authorization", header))).Status;
    }

    private static async Task<int> SignedAsync(JwtGateway gateway, AwsCredentials credentials)
    {
        var signing = new SigningHandler(_ => new(credentials), new SigningScope("us-east-1", "bedrock-agentcore"), TimeProvider.System) { InnerHandler = AwsHttp.CreateHandler() };
        using var http = new HttpClient(signing);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(McpHttp.Call("""{"message":"hi"}""")));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await http.PostAsync(gateway.Gateway.Url, content);
        return (int)response.StatusCode;
    }
}
