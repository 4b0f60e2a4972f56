using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Gateway.Tests.Outbound;

/// <summary>Client credentials at authorization servers that a test plays.</summary>
public sealed class OAuthTests
{
    private const string Arn = "arn:aws:acps:us-east-1:111111111111:token-vault/default/oauth2credentialprovider/p";
    private const string Secret = "the-client-secret";

    [Fact]
    public async Task A_token_is_kept_until_shortly_before_its_end_and_asked_for_once_by_many()
    {
        var time = new ManualTime();
        var asked = 0;
        await using var server = await McpPeer.StartAsync((_, context) =>
            context.Response.WriteAsync($$"""{"access_token":"t{{Interlocked.Increment(ref asked)}}","token_type":"bearer","expires_in":600}"""));
        await using var peer = await McpPeer.SpeakingAsync("2026-07-28");
        var target = Open(peer, server, time: time);

        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => target.CallAsync().AsTask()));
        time.Advance(TimeSpan.FromSeconds(539));
        await target.CallAsync();
        asked.ShouldBe(1);

        time.Advance(TimeSpan.FromSeconds(2));
        await target.CallAsync();
        asked.ShouldBe(2);
        peer.Calls.Last().Header("Authorization").ShouldBe("Bearer t2");
    }

    [Fact]
    public async Task A_provider_that_was_updated_gives_a_new_token_and_the_old_one_is_not_used_again()
    {
        var asked = 0;
        await using var server = await McpPeer.StartAsync((_, context) => context.Response.WriteAsync($$"""{"access_token":"t{{Interlocked.Increment(ref asked)}}","expires_in":600}"""));
        await using var peer = await McpPeer.SpeakingAsync("2026-07-28");
        var vault = Vault(server);
        var target = Open(peer, server, vault);
        await target.CallAsync();

        vault.Clients[Arn] = vault.Clients[Arn] with { Version = 2 };
        await target.CallAsync();

        peer.Calls.Select(call => call.Header("Authorization")).ShouldBe(["Bearer t1", "Bearer t2"]);
    }

    [Fact]
    public async Task A_target_that_refuses_every_token_makes_us_ask_for_two_and_not_for_one_with_every_call()
    {
        var asked = 0;
        await using var server = await McpPeer.StartAsync((_, context) => context.Response.WriteAsync($$"""{"access_token":"t{{Interlocked.Increment(ref asked)}}","expires_in":600}"""));
        await using var peer = await McpPeer.StartAsync((_, context) =>
        {
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        });
        var target = Open(peer, server, time: new ManualTime());

        for (var i = 0; i < 10; i++)
        {
            (await target.CallAsync()).Failure!.Kind.ShouldBe(TargetFailureKind.Access);
        }

        asked.ShouldBe(2);
    }

    [Theory]
    [InlineData(200, "{}", "no access_token that a header can carry")]
    [InlineData(200, """{"access_token":"a\nb"}""", "no access_token that a header can carry")]
    [InlineData(200, """{"access_token":"a","token_type":"DPoP"}""", "tokens of type DPoP")]
    [InlineData(200, "nonsense", "answered with status 200")]
    [InlineData(302, "", "answered with status 302")]
    [InlineData(400, """{"error":"invalid_scope","error_description":"No \u202escope\u0007 for you"}""", "status 400, invalid_scope: No scope for you")]
    [InlineData(401, """{"error":"invalid_client","error_description":"wrong: the-client-secret"}""", "status 401, invalid_client: (an error that holds the secret)")]
    [InlineData(500, "stack trace", "answered with status 500")]
    public async Task What_a_server_refuses_is_told_shaped_and_without_the_secret(int status, string body, string words)
    {
        await using var server = await McpPeer.StartAsync((_, context) =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        });
        await using var peer = await McpPeer.StartAsync((_, _) => Task.CompletedTask);

        var failure = (await Open(peer, server).CallAsync()).Failure;

        failure!.Kind.ShouldBe(TargetFailureKind.Access);
        failure.Detail.ShouldContain(words, Case.Sensitive);
        failure.Detail.ShouldNotContain(Secret);
        peer.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_knows_no_resource_is_remembered()
    {
        await using var server = await McpPeer.StartAsync((received, context) =>
        {
            var refuses = received.Body.Contains("resource=", StringComparison.Ordinal);
            context.Response.StatusCode = refuses ? 400 : 200;
            return context.Response.WriteAsync(refuses
                ? """{"error":"invalid_request","error_description":"AADSTS901002: The 'resource' request parameter is not supported."}"""
                : """{"access_token":"t","expires_in":100}""");
        });
        await using var peer = await McpPeer.SpeakingAsync("2026-07-28");
        var time = new ManualTime();
        var target = Open(peer, server, time: time);

        await target.CallAsync();
        time.Advance(TimeSpan.FromSeconds(95));
        (await target.CallAsync()).Failure.ShouldBeNull();

        server.Received.Count.ShouldBe(3);
        server.Received.First().Body.ShouldContain($"&resource={Uri.EscapeDataString(peer.Url)}");
    }

    [Theory]
    [InlineData("""{"issuer":"ISSUER","token_endpoint":"ISSUER/token"}""", "/.well-known/openid-configuration", null)]
    [InlineData("""{"issuer":"ISSUER/","token_endpoint":"ISSUER/token"}""", "/.well-known/oauth-authorization-server", null)]
    [InlineData("""{"issuer":"ISSUER/tenant","token_endpoint":"ISSUER/token"}""", "/.well-known/oauth-authorization-server/tenant", null)]
    [InlineData("""{"issuer":"ISSUER/tenant","token_endpoint":"ISSUER/token"}""", "/tenant/.well-known/openid-configuration", null)]
    [InlineData("""{"issuer":"https://evil.example","token_endpoint":"ISSUER/token"}""", "/.well-known/openid-configuration", "issuer")]
    [InlineData("""{"issuer":"ISSUER/other","token_endpoint":"ISSUER/token"}""", "/tenant/.well-known/openid-configuration", "issuer")]
    [InlineData("""{"token_endpoint":"ISSUER/token"}""", "/.well-known/openid-configuration", "issuer")]
    [InlineData("""{"issuer":"ISSUER"}""", "/.well-known/openid-configuration", "token_endpoint")]
    [InlineData("""{"issuer":"ISSUER","token_endpoint":"https://169.254.169.254/token"}""", "/.well-known/openid-configuration", "keep a machine's credentials")]
    [InlineData("""{"issuer":"ISSUER","token_endpoint":"file:///etc/passwd"}""", "/.well-known/openid-configuration", "not a URL that can be called")]
    [InlineData("[]", "/.well-known/openid-configuration", "issuer")]
    public async Task A_discovery_document_counts_only_for_the_issuer_that_its_url_belongs_to(string document, string path, string? problem)
    {
        await using var server = await McpPeer.StartAsync((received, context) => context.Response.WriteAsync(
            received.HttpMethod == "POST" ? """{"access_token":"t"}""" : document.Replace("ISSUER", $"http://{received.Header("Host")}", StringComparison.Ordinal)));
        await using var peer = await McpPeer.SpeakingAsync("2026-07-28");
        var vault = Vault(server);
        vault.Clients[Arn] = vault.Clients[Arn] with { TokenEndpoint = null, DiscoveryUrl = server.Origin + path };

        var answer = await Open(peer, server, vault).CallAsync();

        (answer.Failure is null).ShouldBe(problem is null, answer.Failure?.Detail);
        answer.Failure?.Detail.ShouldContain(problem!);
    }

    [Fact]
    public async Task A_document_that_is_too_large_is_not_read()
    {
        await using var server = await McpPeer.StartAsync((_, context) => context.Response.WriteAsync(new string(' ', 300 * 1024) + "{}"));
        await using var peer = await McpPeer.StartAsync((_, _) => Task.CompletedTask);

        (await Open(peer, server).CallAsync()).Failure!.Detail.ShouldContain("larger than 256 KB");
    }

    [Fact]
    public async Task No_text_form_tells_a_secret_or_a_token()
    {
        await using var server = await McpPeer.StartAsync((_, context) => context.Response.WriteAsync("{}"));

        Vault(server).Clients[Arn].ToString().ShouldNotContain(Secret);
        OAuthToken.Granted("the-token", default).ToString().ShouldBe("(token)");
    }

    private static TestProviders Vault(McpPeer server)
    {
        var vault = new TestProviders();
        vault.Clients[Arn] = new(Arn, 1, "id", new Secret(Secret), OAuthClientAuthentication.ClientSecretPost, DiscoveryUrl: null, Issuer: null, server.Origin + "/token");
        return vault;
    }

    private static IMcpTarget Open(McpPeer peer, McpPeer server, TestProviders? vault = null, TimeProvider? time = null) => peer.Open(
        config => config with { Credential = new OutboundCredential.OAuth(Arn, [], OAuthGrant.ClientCredentials, new Dictionary<string, string>()) },
        McpPeer.Targets(providers: vault ?? Vault(server), time: time));
}
