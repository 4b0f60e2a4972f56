using System.Net;
using CentralOps.Aws.Calls;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Callers;

/// <summary>Tokens of somebody else's OpenID provider.</summary>
public sealed class OpenIdPeerTests(TokenProvider provider) : IClassFixture<TokenProvider>
{
    [TokenProviderFact]
    public async Task A_client_finds_the_provider_by_the_challenge_gets_a_token_and_keeps_calling_while_the_key_changes()
    {
        await using var gateway = await StartAsync();

        // What a client does: refused, it follows the challenge to the metadata and these to the issuer.
        var challenge = (await gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""))).Challenge;
        var metadata = (await gateway.Http.SendAsync(HttpMethod.Get, new Uri(challenge.Split('"')[1]))).Json;
        metadata.GetProperty("authorization_servers")[0].GetString().ShouldBe(provider.Issuer);
        var resource = new Uri(metadata.GetProperty("resource").GetString()!);
        metadata.GetProperty("scopes_supported")[0].GetString().ShouldBe("ops.read");

        // Calls go on while the provider changes its key: with tokens from before and after.
        var before = await provider.TokenAsync(resource);
        (await CallAsync(gateway, before)).ShouldBe(HttpStatusCode.OK);
        using var over = new CancellationTokenSource();
        var calling = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CallUntilAsync(gateway, before, over.Token)));
        await provider.TellAsync("rotate");
        var renewed = await provider.TokenAsync(resource);
        // The provider's keys were read a moment ago: the first token of the new one is taken all the same.
        (await CallAsync(gateway, renewed)).ShouldBe(HttpStatusCode.OK);
        (await CallAsync(gateway, before)).ShouldBe(HttpStatusCode.OK);
        await over.CancelAsync();

        var outcomes = (await calling).SelectMany(static each => each).ToArray();
        outcomes.Length.ShouldBeGreaterThan(0);
        outcomes.ShouldAllBe(static status => status == HttpStatusCode.OK);
    }

    [TokenProviderFact]
    public async Task A_token_that_was_made_for_another_gateway_is_refused()
    {
        await using var gateway = await StartAsync();
        var elsewhere = await provider.TokenAsync(new Uri("https://gateway.example.com/other-abcdefghij/mcp"));
        (await CallAsync(gateway, elsewhere)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private Task<TestGateway> StartAsync()
    {
        var config = TestGateway.Config(TestGateway.Target("ec2", TestGateway.Tool("echo"))) with
        {
            Authorizer = GatewayAuthorizer.CustomJwt,
            CustomJwt = new() { DiscoveryUrl = $"{provider.Issuer}/.well-known/openid-configuration", AllowedClients = ["agent"], AllowedScopes = ["ops.read"] },
        };
        return TestGateway.StartAsync(TestGateway.Options(config) with { Discovery = new HttpMessageInvoker(AwsHttp.CreateHandler()) });
    }

    private static async Task<List<HttpStatusCode>> CallUntilAsync(TestGateway gateway, string token, CancellationToken over)
    {
        var outcomes = new List<HttpStatusCode>();
        while (!over.IsCancellationRequested)
        {
            outcomes.Add(await CallAsync(gateway, token));
        }

        return outcomes;
    }

    private static async Task<HttpStatusCode> CallAsync(TestGateway gateway, string token) =>
        (await gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""), ("Authorization", $"Bearer {token}"))).Status;
}
