using System.Net;
using System.Text.Json.Nodes;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Callers;

/// <summary>The resource that tokens are made for (RFC 8707), and the documents that say where to get them (RFC 9728, RFC 8414).</summary>
public sealed class ResourceTests
{
    private static readonly TestKey Key = TestKey.New("ES256");
    private static readonly Uri Public = new("https://gateway.example.com/ops/");

    private readonly ManualTime _time = new();

    [Theory]
    [InlineData("aud", "https://gateway.example.com/ops/test-abcdefghij/mcp", 200)]
    [InlineData("aud", "https://GATEWAY.example.com:443/ops/test-abcdefghij/mcp/", 200)]
    [InlineData("aud", "https://gateway.example.com/ops/other-abcdefghij/mcp", 401)]
    [InlineData("aud", "https://gateway.example.com", 401)]
    [InlineData("aud", "https://gateway.example.com.attacker.example/ops/test-abcdefghij/mcp", 401)]
    [InlineData("aud", "http://gateway.example.com/ops/test-abcdefghij/mcp", 401)]
    [InlineData("aud", "api://default", 200)]
    [InlineData("resource", "https://gateway.example.com/ops/test-abcdefghij/mcp", 200)]
    [InlineData("resource", "https://gateway.example.com/ops/other-abcdefghij/mcp", 401)]
    [InlineData("resource", "anything", 401)]
    public async Task A_token_that_names_its_resource_is_good_for_that_one(string claim, string value, int status)
    {
        await using var issuer = await TestIssuer.StartAsync(Key);
        await using var gateway = await JwtGateway.StartAsync(issuer, _time, serve: static options => options with { PublicUrl = Public });
        ((int)(await gateway.CallAsync(With(issuer, claim, value))).Status).ShouldBe(status);
        ((int)(await gateway.CallAsync(With(issuer, claim, new JsonArray("https://elsewhere.example/userinfo", value)))).Status).ShouldBe(status == 200 && value.StartsWith("api:", StringComparison.Ordinal) ? 401 : status);
    }

    [Fact]
    public async Task Where_the_owner_names_audiences_or_switches_the_check_off_a_url_in_aud_is_a_name_like_any_other()
    {
        await using var issuer = await TestIssuer.StartAsync(Key);
        await using var named = await JwtGateway.StartAsync(issuer, _time, static jwt => jwt with { AllowedAudience = ["https://api.example.com"] });
        await using var off = await JwtGateway.StartAsync(issuer, _time, configure: static config => config with { Switches = new() { CheckInboundResource = false } });
        foreach (var gateway in new[] { named, off })
        {
            (await gateway.CallAsync(With(issuer, "aud", "https://api.example.com"))).Status.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Without_a_public_url_the_resource_is_what_the_request_addresses_remembered_or_not()
    {
        await using var issuer = await TestIssuer.StartAsync(Key);
        await using var gateway = await JwtGateway.StartAsync(issuer, _time);
        var token = With(issuer, "aud", gateway.Gateway.Url.ToString());
        for (var i = 0; i < 2; i++)
        {
            (await gateway.CallAsync(token)).Status.ShouldBe(HttpStatusCode.OK);
            var answer = await gateway.Gateway.Http.PostAsync(McpHttp.Call("{}"), ("Authorization", $"Bearer {token}"), ("Host", "localhost:1"));
            answer.Status.ShouldBe(HttpStatusCode.Unauthorized);
            answer.Challenge.ShouldContain("resource_metadata=\"http://localhost:1/.well-known/oauth-protected-resource/test-abcdefghij/mcp\"");
        }
    }

    [Theory]
    [InlineData("/.well-known/oauth-protected-resource/test-abcdefghij/mcp")]
    [InlineData("/test-abcdefghij/.well-known/oauth-protected-resource")]
    [InlineData("/test-abcdefghij/mcp/.well-known/oauth-protected-resource")]
    [InlineData("/.well-known/oauth-protected-resource")]
    public async Task The_resources_metadata_are_public_and_lead_to_the_issuer(string path)
    {
        await using var issuer = await TestIssuer.StartAsync(Key);
        await using var gateway = await JwtGateway.StartAsync(
            issuer,
            _time,
            static jwt => jwt with { AllowedScopes = ["read", "write"], AdvertisedScopes = new Dictionary<string, string>(StringComparer.Ordinal) { ["read"] = "api/read" } },
            serve: static options => options with { PublicUrl = Public });

        var answer = await gateway.Gateway.Http.SendAsync(HttpMethod.Get, new Uri(gateway.Gateway.Url, path));

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.ContentType.ShouldBe("application/json");
        answer.Headers!.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        answer.Body.ShouldBe(
            "{\"resource\":\"https://gateway.example.com/ops/test-abcdefghij/mcp\",\"authorization_servers\":[\"" + issuer.Issuer + "\"],"
            + "\"scopes_supported\":[\"api/read\",\"write\"],\"bearer_methods_supported\":[\"header\"],\"resource_name\":\"test\"}");
        (await gateway.Gateway.Http.SendAsync(HttpMethod.Post, new Uri(gateway.Gateway.Url, path))).Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Gateway.Url, path));
        (await gateway.Gateway.Http.SendAsync(elsewhere, ("Host", "attacker.example"))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_challenge_points_to_the_metadata_that_are_served()
    {
        await using var issuer = await TestIssuer.StartAsync(Key);
        await using var gateway = await JwtGateway.StartAsync(issuer, _time);
        var challenge = (await gateway.Gateway.Http.PostAsync("{}")).Challenge;
        var url = challenge.Split('"')[1];
        var answer = await gateway.Gateway.Http.SendAsync(HttpMethod.Get, new Uri(url));
        answer.Json.GetProperty("resource").GetString().ShouldBe(gateway.Gateway.Url.ToString());
        answer.Json.TryGetProperty("scopes_supported", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_providers_own_metadata_are_mirrored_only_where_the_switch_says_so()
    {
        await using var issuer = await TestIssuer.StartAsync(Key);
        await using var plain = await JwtGateway.StartAsync(issuer, _time);
        await using var mirror = await JwtGateway.StartAsync(issuer, _time, configure: static config => config with { Switches = new() { MirrorAuthorizationServer = true } });
        foreach (var path in new[] { "/.well-known/oauth-authorization-server/test-abcdefghij/mcp", "/test-abcdefghij/.well-known/oauth-authorization-server", "/.well-known/oauth-authorization-server" })
        {
            (await plain.Gateway.Http.SendAsync(HttpMethod.Get, new Uri(plain.Gateway.Url, path))).Status.ShouldBe(HttpStatusCode.NotFound);
            var answer = await mirror.Gateway.Http.SendAsync(HttpMethod.Get, new Uri(mirror.Gateway.Url, path));
            answer.Json.GetProperty("token_endpoint").GetString().ShouldBe($"{issuer.Issuer}/token");
        }
    }

    [Theory]
    [InlineData("http://login.example.com/.well-known/openid-configuration", "must be an https URL")]
    [InlineData("https://login.example.com/", "must be a URL that ends in")]
    [InlineData("https://user@login.example.com/.well-known/openid-configuration", "must have no user")]
    [InlineData("https://login.example.com/.well-known/openid-configuration?a=b", "must have no user, query or fragment")]
    [InlineData("nonsense", "must be a URL that ends in")]
    public async Task A_gateway_with_a_discovery_url_that_cannot_be_trusted_does_not_start(string url, string words)
    {
        await using var issuer = await TestIssuer.StartAsync(Key);
        var refused = await Should.ThrowAsync<GatewayStartException>(() => JwtGateway.StartAsync(issuer, _time, jwt => jwt with { DiscoveryUrl = url }));
        refused.Message.ShouldContain(words);
    }

    [Fact]
    public async Task A_gateway_of_tokens_without_what_it_needs_names_everything_that_is_missing()
    {
        await using var issuer = await TestIssuer.StartAsync(Key);
        var refused = await Should.ThrowAsync<GatewayStartException>(() => JwtGateway.StartAsync(
            issuer,
            _time,
            static jwt => jwt with { AllowedScopes = ["two words"] },
            serve: static options => options with { Discovery = null, Jwt = new() { ClockSkew = TimeSpan.FromMinutes(6) }, PublicUrl = new Uri("https://a.example/?q=1") }));
        foreach (var words in new[] { "set Discovery", "ClockSkew must be", "PublicUrl must be", "Scope 'two words'" })
        {
            refused.Message.ShouldContain(words);
        }
    }

    private string With(TestIssuer issuer, string claim, JsonNode value)
    {
        var claims = issuer.Claims(_time.GetUtcNow());
        claims[claim] = value;
        return Key.Token(claims);
    }
}
