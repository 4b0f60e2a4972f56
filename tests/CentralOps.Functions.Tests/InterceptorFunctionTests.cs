using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Access.CallerContext;
using CentralOps.Access.Callers;
using CentralOps.Access.Tokens;
using CentralOps.Functions.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Functions.Tests;

/// <summary>The same binary as the interceptor of an AgentCore gateway.</summary>
public sealed class InterceptorFunctionTests : IAsyncLifetime
{
    private const string Gateway = "arn:aws:bedrock-agentcore:us-east-1:111111111111:gateway/ops-abcdefghij";

    private readonly ECDsa _signing = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _provider = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private WebApplication _issuer = null!;

    private string Issuer => _issuer.Urls.First();

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _issuer = builder.Build();
        _issuer.Run(context => context.Response.WriteAsync(context.Request.Path == "/jwks"
            ? $$"""{"keys":[{{Jwk(_provider, "p")}}]}"""
            : $$"""{"issuer":"{{Issuer}}","jwks_uri":"{{Issuer}}/jwks"}"""));
        await _issuer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _issuer.DisposeAsync();
        _signing.Dispose();
        _provider.Dispose();
    }

    [Fact]
    public async Task A_verified_tokens_subject_is_signed_for_the_function()
    {
        await using var api = RuntimeApiServer.Start();
        await using var function = Start(api);

        var outcome = await api.InvokeRawAsync(null, Event(Token()));

        outcome.IsError.ShouldBeFalse(outcome.Body.ToString());
        var request = outcome.Body.GetProperty("mcp").GetProperty("transformedGatewayRequest");
        outcome.Text("interceptorOutputVersion").ShouldBe("1.0");
        JsonNode.DeepEquals(JsonNode.Parse(request.GetProperty("body").GetRawText()), JsonNode.Parse(Body)).ShouldBeTrue();
        var caller = Verify(request).Caller.ShouldNotBeNull();
        (caller.Principal, caller.Kind, caller.Issuer, caller.ClientId).ShouldBe(("alice", CallerKind.Jwt, Issuer, "agent"));
        caller.Groups.ShouldBe(["sre"]);
    }

    [Fact]
    public async Task An_IAM_principal_that_AgentCore_gives_is_signed_as_one()
    {
        await using var api = RuntimeApiServer.Start();
        await using var function = Start(api);
        var outcome = await api.InvokeRawAsync(null, Event(null, """{"identity":{"awsPrincipalArn":"arn:aws:sts::111111111111:assumed-role/R/s"}}"""));
        Verify(outcome.Body.GetProperty("mcp").GetProperty("transformedGatewayRequest")).Caller.ShouldBe(new Caller("arn:aws:sts::111111111111:assumed-role/R/s", CallerKind.Iam));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("basic")]
    [InlineData("forged")]
    [InlineData("expired")]
    [InlineData("forged header")]
    public async Task Without_a_token_that_holds_nobody_is_signed_and_what_the_client_sent_is_overwritten(string kind)
    {
        using var attacker = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var api = RuntimeApiServer.Start();
        await using var function = Start(api);
        var token = kind switch { "none" => null, "basic" => "Basic YTpi", "forged" => Token(attacker), "expired" => Token(seconds: -120), _ => Token(attacker) };

        var outcome = await api.InvokeRawAsync(null, Event(token));

        outcome.Body.GetProperty("mcp").GetProperty("transformedGatewayRequest").GetProperty("headers").GetProperty("X-CentralOps-Caller").GetString().ShouldBe("unidentified");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("""{"interceptorInputVersion":"2.0","mcp":{"gatewayRequest":{"body":{}}}}""")]
    [InlineData("""{"interceptorInputVersion":"1.0","http":{}}""")]
    public async Task Another_event_is_an_error_so_that_the_gateway_lets_nothing_pass(string payload)
    {
        await using var api = RuntimeApiServer.Start();
        await using var function = Start(api);
        var outcome = await api.InvokeRawAsync(null, payload);
        outcome.IsError.ShouldBeTrue();
        outcome.Text("errorType").ShouldBe("NotAnInterceptorEvent");
    }

    [Fact]
    public async Task Messages_that_are_no_calls_pass_with_nobody_signed()
    {
        await using var api = RuntimeApiServer.Start();
        await using var function = Start(api);
        foreach (var body in new[] { """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", """{"jsonrpc":"2.0","method":"notifications/initialized"}""", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":7}}""" })
        {
            var outcome = await api.InvokeRawAsync(null, Event(Token(), body: body));
            outcome.Body.GetProperty("mcp").GetProperty("transformedGatewayRequest").GetProperty("headers").GetProperty("X-CentralOps-Caller").GetString().ShouldBe("unidentified");
        }
    }

    [Fact]
    public async Task Settings_that_are_wrong_are_an_init_error_that_names_them_and_tells_no_key()
    {
        await using var api = RuntimeApiServer.Start();
        await using var function = RunningFunction.Start(
            api, null, null, ("_HANDLER", "interceptor"), ("CENTRALOPS_GATEWAY_ARN", "x"), ("CENTRALOPS_CALLER_SIGNING_KEY", "{\"d\":\"top-secret\"}"), ("CENTRALOPS_DISCOVERY_URL", "http://login.example/"));
        var message = (await api.InitError.WaitAsync(TimeSpan.FromSeconds(60))).GetProperty("errorMessage").GetString()!;
        foreach (var name in new[] { "CENTRALOPS_GATEWAY_ARN", "CENTRALOPS_CALLER_SIGNING_KEY", "CENTRALOPS_DISCOVERY_URL" })
        {
            message.ShouldContain(name);
        }

        message.ShouldNotContain("top-secret");
    }

    private const string Body = """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"ec2___describe_ec2_instances","arguments":{"account_id":"222222222222","limit":10.0}}}""";

    private RunningFunction Start(RuntimeApiServer api) => RunningFunction.Start(
        api,
        null,
        null,
        ("AWS_LAMBDA_FUNCTION_NAME", "central-ops-interceptor"),
        ("CENTRALOPS_GATEWAY_ARN", Gateway),
        ("CENTRALOPS_CALLER_SIGNING_KEY", Jwk(_signing, "s", isPrivate: true)),
        ("CENTRALOPS_DISCOVERY_URL", $"{Issuer}/.well-known/openid-configuration"),
        ("CENTRALOPS_ALLOW_HTTP_LOOPBACK", "true"));

    private CallerVerdict Verify(JsonElement request) =>
        new CallerVerifier(JwkSet.Read(Encoding.UTF8.GetBytes($$"""{"keys":[{{Jwk(_signing, "s")}}]}"""))!, TimeProvider.System).Verify(
            request.GetProperty("headers").GetProperty("X-CentralOps-Caller").GetString(),
            new("ops-abcdefghij", "ec2___describe_ec2_instances", "7", """{"limit":10,"account_id":"222222222222"}"""u8.ToArray()));

    private static string Event(string? authorization, string context = "null", string body = Body) => new JsonObject
    {
        ["interceptorInputVersion"] = "1.0",
        ["mcp"] = new JsonObject
        {
            ["rawGatewayRequest"] = new JsonObject { ["body"] = body },
            ["gatewayRequest"] = new JsonObject
            {
                ["path"] = "/mcp",
                ["httpMethod"] = "POST",
                ["headers"] = new JsonObject { ["authorization"] = authorization, ["X-CentralOps-Caller"] = "alice" },
                ["body"] = JsonNode.Parse(body),
                ["context"] = JsonNode.Parse(context),
            },
            ["gatewayResponse"] = null,
        },
    }.ToJsonString();

    private string Token(ECDsa? key = null, int seconds = 300)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = $$"""{"iss":"{{Issuer}}","sub":"alice","client_id":"agent","groups":["sre"],"iat":{{now}},"exp":{{now + seconds}}}""";
        var signed = $"{Encode("""{"alg":"ES256","kid":"p","typ":"at+jwt"}""")}.{Encode(claims)}";
        return $"Bearer {signed}.{Base64Url.EncodeToString((key ?? _provider).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static string Jwk(ECDsa key, string id, bool isPrivate = false)
    {
        var parameters = key.ExportParameters(isPrivate);
        var secret = isPrivate ? $",\"d\":\"{Base64Url.EncodeToString(parameters.D)}\"" : "";
        return $$"""{"kty":"EC","crv":"P-256","kid":"{{id}}","x":"{{Base64Url.EncodeToString(parameters.Q.X)}}","y":"{{Base64Url.EncodeToString(parameters.Q.Y)}}"{{secret}}}""";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
