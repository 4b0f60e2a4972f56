using CentralOps.Gateway.Control;
using CentralOps.Gateway.Tests.Control.Fixtures;

namespace CentralOps.Gateway.Tests.Control.Credentials;

/// <summary>A credential provider that targets use is not deleted from under them.</summary>
public sealed class ProviderInUseTests
{
    private const string Url = "https://mcp.example.com/mcp";
    private const string OAuth = """{"name":"idp","credentialProviderVendor":"CustomOauth2","oauth2ProviderConfigInput":{"customOauth2ProviderConfig":{"oauthDiscovery":{"discoveryUrl":"https://idp.example.com/.well-known/openid-configuration"},"clientId":"c","clientSecret":"s"}}}""";

    private const string ByKey =
        ""","credentialProviderConfigurations":[{"credentialProviderType":"API_KEY","credentialProvider":{"apiKeyCredentialProvider":{"providerArn":"arn:aws:bedrock-agentcore:us-east-1:111111111111:token-vault/default/apikeycredentialprovider/key"}}}]""";

    private const string ByOAuth =
        ""","credentialProviderConfigurations":[{"credentialProviderType":"OAUTH","credentialProvider":{"oauthCredentialProvider":{"providerArn":"arn:aws:bedrock-agentcore:us-east-1:111111111111:token-vault/default/oauth2credentialprovider/idp","scopes":["a"]}}}]""";

    [Fact]
    public async Task It_is_refused_with_the_target_named_as_each_operation_can_refuse_and_deleted_when_the_target_is_gone()
    {
        await using var control = await StartAsync();
        var gateway = await control.GatewayAsync();
        var byKey = (string)(await control.TargetAsync(gateway, TestControl.Server("by-key", Url, more: ByKey)))["targetId"]!;
        var byOAuth = (string)(await control.TargetAsync(gateway, TestControl.Server("by-oauth", Url, more: ByOAuth)))["targetId"]!;

        var key = (await control.SendAsync("POST", "/identities/DeleteApiKeyCredentialProvider", """{"name":"key"}""")).Is(400, "ValidationException");
        key.Message.ShouldBe($"API key credential provider 'key' is used by target 'by-key' of gateway '{gateway}'. Give the target other credentials, or delete it first.");
        key.Fields.ShouldBe(["name"]);
        (await control.SendAsync("POST", "/identities/DeleteOauth2CredentialProvider", """{"name":"idp"}""")).Is(409, "ConflictException").Message.ShouldContain("'by-oauth'");

        // Another one, of a name that begins or ends alike, is nobody's.
        await control.DoAsync("POST", "/identities/CreateApiKeyCredentialProvider", """{"name":"key-2","apiKey":"k"}""");
        await control.DoAsync("POST", "/identities/CreateApiKeyCredentialProvider", """{"name":"ke","apiKey":"k"}""");
        await control.DoAsync("POST", "/identities/DeleteApiKeyCredentialProvider", """{"name":"key-2"}""");
        await control.DoAsync("POST", "/identities/DeleteApiKeyCredentialProvider", """{"name":"ke"}""");

        foreach (var target in (string[])[byKey, byOAuth])
        {
            await control.DoAsync("DELETE", $"/gateways/{gateway}/targets/{target}/");
            await control.GoneAsync($"/gateways/{gateway}/targets/{target}/");
        }

        await control.DoAsync("POST", "/identities/DeleteApiKeyCredentialProvider", """{"name":"key"}""");
        await control.DoAsync("POST", "/identities/DeleteOauth2CredentialProvider", """{"name":"idp"}""");
    }

    [Fact]
    public async Task The_switch_lets_it_go()
    {
        await using var control = await StartAsync(options => options with { Switches = new ControlSwitches { DeleteProviderInUse = DeleteProviderInUse.Allow } });
        await control.TargetAsync(await control.GatewayAsync(), TestControl.Server("by-key", Url, more: ByKey));
        await control.DoAsync("POST", "/identities/DeleteApiKeyCredentialProvider", """{"name":"key"}""");
    }

    private static async Task<TestControl> StartAsync(Func<ControlOptions, ControlOptions>? configure = null)
    {
        var control = await TestControl.StartAsync(configure);
        control.Servers.Offer(Url, "one");
        await control.DoAsync("POST", "/identities/CreateApiKeyCredentialProvider", """{"name":"key","apiKey":"k"}""");
        await control.DoAsync("POST", "/identities/CreateOauth2CredentialProvider", OAuth);
        return control;
    }
}
