using System.Diagnostics.CodeAnalysis;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;
using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Gateway.Tests.Outbound;

/// <summary>
/// The outbound matrix of AgentCore Gateway for the kinds that are served: every allowed cell makes a real call to a server that checks what it is
/// shown. Lambda's one cell is in <see cref="Targets.LambdaTargetTests"/>; the cells that are refused are refused by the control plane.
/// </summary>
public sealed class OutboundMatrixTests(OpenIdProvider provider) : IClassFixture<OpenIdProvider>, IAccessKeys
{
    private const string Arn = "arn:aws:bedrock-agentcore:us-east-1:111111111111:token-vault/default/provider/p";
    private const string Key = "k-e_y/with+everything=&?";

    public static TheoryData<string> Cells => new()
    {
        "none", "role", "role elsewhere", "oauth basic wide", "oauth post wide", "oauth basic narrow", "oauth discovered", "key header", "key bearer", "key query",
    };

    [OpenIdTheory]
    [MemberData(nameof(Cells))]
    public async Task An_allowed_cell_makes_a_call_that_the_server_accepts(string cell)
    {
        await using var peer = await McpPeer.StartAsync(async (received, context) =>
        {
            if (!await AdmitsAsync(cell, received))
            {
                context.Response.StatusCode = 401;
                return;
            }

            await context.ResultAsync(received, received.Method == "server/discover" ? """{"supportedVersions":["2026-07-28"]}""" : """{"resultType":"complete","content":[]}""");
        });
        var target = McpPeer.Open(
            peer.Origin + "/run%3Atime/mcp?qualifier=DEFAULT", config => config with { Credential = Credential(cell) }, McpPeer.Targets(providers: Vault(cell)));

        var answer = await target.CallAsync(arguments: """{"ä":"%"}""");

        answer.Failure.ShouldBeNull(answer.Failure?.Detail);
        peer.Calls.Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(OAuthGrant.AuthorizationCode, "AUTHORIZATION_CODE is stored and not served yet")]
    [InlineData(OAuthGrant.TokenExchange, "TOKEN_EXCHANGE is stored and not served yet")]
    public async Task A_grant_that_is_stored_and_not_served_says_so_and_calls_nobody(OAuthGrant grant, string words)
    {
        await using var peer = await McpPeer.StartAsync((_, _) => Task.CompletedTask);

        var failure = (await peer.Open(config => config with { Credential = new OutboundCredential.OAuth(Arn, [], grant, new Dictionary<string, string>()) }).CallAsync()).Failure;

        failure!.Kind.ShouldBe(TargetFailureKind.Access);
        failure.Detail.ShouldContain(words);
        peer.Received.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("oauth basic wide", "OAuth2 credential provider")]
    [InlineData("key header", "API key credential provider")]
    public async Task A_provider_that_is_gone_is_named(string cell, string words)
    {
        await using var peer = await McpPeer.StartAsync((_, _) => Task.CompletedTask);

        var failure = (await peer.Open(config => config with { Credential = Credential(cell) }).CallAsync()).Failure;

        failure!.Detail.ShouldContain($"{words} {Arn} does not exist");
        peer.Received.ShouldBeEmpty();
    }

    [OpenIdFact]
    public async Task A_token_that_was_taken_back_is_asked_for_once_more_and_the_call_goes_through()
    {
        await using var peer = await McpPeer.StartAsync(async (received, context) =>
        {
            context.Response.StatusCode = await AdmitsAsync("oauth post wide", received) ? 200 : 401;
            if (context.Response.StatusCode == 200)
            {
                await context.ResultAsync(received, received.Method == "server/discover" ? """{"supportedVersions":["2026-07-28"]}""" : """{"content":[]}""");
            }
        });
        var target = McpPeer.Open(peer.Origin + "/mcp", config => config with { Credential = Credential("oauth post wide") }, McpPeer.Targets(providers: Vault("oauth post wide")));
        (await target.CallAsync()).Failure.ShouldBeNull();
        var first = peer.Calls.Last().Header("Authorization")[7..];
        peer.Received.Select(received => received.Header("Authorization")).Distinct().Count().ShouldBe(1, "the token is kept");

        await provider.RevokeAsync(provider.Wide, first);

        (await target.CallAsync()).Failure.ShouldBeNull();
        peer.Calls.Count().ShouldBe(3);
        peer.Calls.Last().Header("Authorization").ShouldNotEndWith(first);
    }

    [OpenIdFact]
    public async Task Tokens_without_a_resource_are_a_warning_in_the_targets_status()
    {
        await using var peer = await McpPeer.SpeakingAsync("2026-07-28", _ => "\"result\":{\"tools\":[]}");
        foreach (var (cell, warns) in new[] { ("oauth basic narrow", true), ("oauth basic wide", false) })
        {
            var targets = McpPeer.Targets(providers: Vault(cell));
            var synchronizer = new CentralOps.Gateway.Synchronizing.TargetSynchronizer(targets, TimeProvider.System);

            var outcome = await synchronizer.SynchronizeAsync(TestGateway.Config(), McpPeer.Config(peer.Url) with { Credential = Credential(cell) }, default);

            var synchronized = outcome.ShouldBeOfType<CentralOps.Gateway.Synchronizing.SyncOutcome.Synchronized>();
            synchronized.Warnings.Any(warning => warning.Contains("RFC 8707", StringComparison.Ordinal)).ShouldBe(warns);
        }
    }

    [Fact]
    public async Task An_interceptors_authorization_takes_the_place_of_the_credential()
    {
        await using var peer = await McpPeer.SpeakingAsync("2026-07-28");
        var target = peer.Open(config => config with { Credential = Credential("key header") });

        var answer = await target.CallAsync(
            new ToolInvocation("peer___t", "{}"u8.ToArray(), "1"u8.ToArray(), TestCallers.Somebody)
            {
                Authorization = "Bearer from-interceptor",
                Headers = new HeaderDictionary { ["Authorization"] = "Bearer of-the-client" },
            },
            default);

        answer.Failure.ShouldBeNull();
        peer.Received.ShouldAllBe(received => received.Header("Authorization") == "Bearer from-interceptor");
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_corrected_by_the_servers_and_the_request_signed_anew()
    {
        var time = new ManualTime();
        var server = time.GetUtcNow().AddHours(2);
        await using var peer = await McpPeer.StartAsync((received, context) =>
        {
            context.Response.Headers.Date = server.ToString("r");
            var verdict = Verify(received, "bedrock-agentcore", "us-east-1", server);
            context.Response.StatusCode = verdict.Accepted ? 200 : 403;
            return verdict.Accepted
                ? context.ResultAsync(received, received.Method == "server/discover" ? """{"supportedVersions":["2026-07-28"]}""" : """{"content":[]}""")
                : context.Response.WriteAsync(verdict.Message);
        });
        var target = peer.Open(config => config with { Credential = Credential("role") }, McpPeer.Targets(time: time));

        (await target.CallAsync()).Failure.ShouldBeNull();
        (await target.CallAsync()).Failure.ShouldBeNull();

        peer.Received.Count.ShouldBe(4, "only the first was refused");
    }

    public bool TryFind(string accessKeyId, [NotNullWhen(true)] out AccessKey? key)
    {
        key = new AccessKey("ASIAGATEWAYROLE00000", "gateway-role-secret", "arn:aws:sts::111111111111:assumed-role/r/s") { SessionToken = "gateway-role-token" };
        return accessKeyId == key.Id;
    }

    private async Task<bool> AdmitsAsync(string cell, McpReceived received)
    {
        switch (cell)
        {
            case "none":
                return received.Header("Authorization") == "";
            case "role":
                return Verify(received, "bedrock-agentcore", "us-east-1", TimeProvider.System.GetUtcNow()).Accepted;
            case "role elsewhere":
                return Verify(received, "execute-api", "eu-west-1", TimeProvider.System.GetUtcNow()).Accepted;
            case "key header":
                return received.Header("X-Api-Key") == Key && received.Header("Authorization") == "";
            case "key bearer":
                return received.Header("Authorization") == "Bearer " + Key;
            case "key query":
                return received.RawTarget == $"/run%3Atime/mcp?qualifier=DEFAULT&api%20key={Uri.EscapeDataString(Key)}";
            default:
                var issuer = cell.EndsWith("narrow", StringComparison.Ordinal) ? provider.Narrow : provider.Wide;
                var header = received.Header("Authorization");
                var token = await provider.IntrospectAsync(issuer, header.StartsWith("Bearer ", StringComparison.Ordinal) ? header[7..] : "none");
                return token.GetProperty("active").GetBoolean() && token.GetProperty("scope").GetString() == "tools"
                    && (issuer == provider.Narrow || token.GetProperty("aud").GetString() == $"http://{received.Header("Host")}{received.RawTarget.Split('?')[0]}");
        }
    }

    private SignatureVerdict Verify(McpReceived received, string service, string region, DateTimeOffset now)
    {
        var target = received.RawTarget.Split('?', 2);
        var wire = new WireRequest
        {
            Method = received.HttpMethod,
            Path = target[0],
            Query = target.Length > 1 ? target[1] : "",
            Body = System.Text.Encoding.UTF8.GetBytes(received.Body),
        };
        foreach (var (name, value) in received.Headers)
        {
            wire.Headers.Add(name, value);
        }

        return SignatureV4.Verify(wire, this, now, new SignatureRules { Services = [service], Region = region });
    }

    private static OutboundCredential Credential(string cell) => cell switch
    {
        "none" => new OutboundCredential.None(),
        "role" => new OutboundCredential.GatewayRole("bedrock-agentcore", Region: null),
        "role elsewhere" => new OutboundCredential.GatewayRole("execute-api", "eu-west-1"),
        "key header" => new OutboundCredential.ApiKey(Arn, "X-Api-Key", Prefix: null, ApiKeyLocation.Header),
        "key bearer" => new OutboundCredential.ApiKey(Arn, ParameterName: null, "Bearer", ApiKeyLocation.Header),
        "key query" => new OutboundCredential.ApiKey(Arn, "api key", Prefix: null, ApiKeyLocation.QueryParameter),
        _ => new OutboundCredential.OAuth(Arn, ["tools"], OAuthGrant.ClientCredentials, new Dictionary<string, string> { ["audience"] = "x", ["grant_type"] = "password" }),
    };

    private TestProviders Vault(string cell)
    {
        var vault = new TestProviders();
        vault.Keys[Arn] = new Secret(Key);
        var issuer = cell.EndsWith("narrow", StringComparison.Ordinal) ? provider.Narrow : provider.Wide;
        var (id, secret, way) = cell.Contains("post", StringComparison.Ordinal)
            ? (OpenIdProvider.PostId, OpenIdProvider.PostSecret, OAuthClientAuthentication.ClientSecretPost)
            : (OpenIdProvider.BasicId, OpenIdProvider.BasicSecret, OAuthClientAuthentication.ClientSecretBasic);
        vault.Clients[Arn] = cell == "oauth discovered"
            ? new(Arn, 1, id, new(secret), way, issuer + "/.well-known/openid-configuration", issuer, TokenEndpoint: null)
            : new(Arn, 1, id, new(secret), way, DiscoveryUrl: null, issuer, issuer + "/token");
        return vault;
    }
}
