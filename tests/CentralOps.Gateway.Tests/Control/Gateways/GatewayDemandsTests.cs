using CentralOps.Gateway.Control;
using CentralOps.Gateway.Tests.Control.Fixtures;

namespace CentralOps.Gateway.Tests.Control.Gateways;

/// <summary>What a gateway has to be beyond the model, what of it cannot change, and what goes with it.</summary>
public sealed class GatewayDemandsTests : IAsyncLifetime
{
    private const string Jwt = ""","authorizerConfiguration":{"customJWTAuthorizer":{"discoveryUrl":"https://idp.example.com/.well-known/openid-configuration"}}""";
    private TestControl _control = null!;

    public async Task InitializeAsync() => _control = await TestControl.StartAsync();

    public async Task DisposeAsync() => await _control.DisposeAsync();

    [Theory]
    [InlineData("CUSTOM_JWT", "", "AuthorizerConfiguration is required for CUSTOM_JWT authorizer type")]
    [InlineData("AWS_IAM", Jwt, "only supported for CUSTOM_JWT")]
    [InlineData("AWS_IAM", ""","protocolConfiguration":{"mcp":{"supportedVersions":["2024-11-05"]}}""", "Supported are: 2026-07-28, 2025-11-25, 2025-06-18, 2025-03-26")]
    [InlineData("AWS_IAM", ""","interceptorConfigurations":[{"interceptor":{"lambda":{"arn":"arn:aws:lambda:us-east-1:111111111111:function:f"}},"interceptionPoints":["REQUEST"]},{"interceptor":{"lambda":{"arn":"arn:aws:lambda:us-east-1:111111111111:function:g"}},"interceptionPoints":["RESPONSE","REQUEST"]}]""", "one interceptor at most")]
    public async Task Members_have_to_fit_each_other(string authorizer, string more, string message) =>
        (await _control.SendAsync("POST", "/gateways/", TestControl.Gateway("a", authorizer, more))).Is(400, "ValidationException").Message.ShouldContain(message);

    [Fact]
    public async Task Sessions_that_are_switched_on_later_find_no_target_that_passes_their_header_on()
    {
        var gateway = await _control.GatewayAsync();
        var target = (string)(await _control.TargetAsync(gateway, TestControl.Lambda("passing", more: ""","metadataConfiguration":{"allowedRequestHeaders":["MCP-session-ID"]}""")))["targetId"]!;
        var sessions = TestControl.Gateway("main", more: ""","protocolConfiguration":{"mcp":{"sessionConfiguration":{}}}""");

        var refused = (await _control.SendAsync("PUT", $"/gateways/{gateway}/", sessions)).Is(400, "ValidationException");
        refused.Fields.ShouldBe(["protocolConfiguration.mcp.sessionConfiguration"]);
        refused.Message.ShouldContain("'passing'");

        await _control.DoAsync("DELETE", $"/gateways/{gateway}/targets/{target}/");
        await _control.GoneAsync($"/gateways/{gateway}/targets/{target}/");
        await _control.DoAsync("PUT", $"/gateways/{gateway}/", sessions);
    }

    [Theory]
    [InlineData("STRING", "EQUALS", "\"matchValueString\":\"a\"", true)]
    [InlineData("STRING_ARRAY", "CONTAINS", "\"matchValueString\":\"a\"", true)]
    [InlineData("STRING_ARRAY", "CONTAINS_ANY", "\"matchValueStringList\":[\"a\"]", true)]
    [InlineData("STRING", "CONTAINS", "\"matchValueString\":\"a\"", false)]
    [InlineData("STRING", "EQUALS", "\"matchValueStringList\":[\"a\"]", false)]
    [InlineData("STRING_ARRAY", "CONTAINS_ANY", "\"matchValueString\":\"a\"", false)]
    public async Task A_custom_claim_is_one_of_three_forms(string type, string match, string value, bool legal)
    {
        var more = Jwt.Replace("openid-configuration\"", $$$$"""openid-configuration","customClaims":[{"inboundTokenClaimName":"c","inboundTokenClaimValueType":"{{{{type}}}}","authorizingClaimMatchValue":{"claimMatchOperator":"{{{{match}}}}","claimMatchValue":{ {{{{value}}}} }}}]""", StringComparison.Ordinal);
        var answer = await _control.SendAsync("POST", "/gateways/", TestControl.Gateway("a", "CUSTOM_JWT", more));
        answer.Status.ShouldBe(legal ? 202 : 400, answer.Text);
        if (!legal)
        {
            answer.Fields.ShouldBe(["authorizerConfiguration.customJWTAuthorizer.customClaims.0"]);
        }
    }

    [Fact]
    public async Task What_cannot_change_is_refused_in_AWSs_words()
    {
        var id = await _control.GatewayAsync("main", "CUSTOM_JWT", Jwt + ""","protocolConfiguration":{"mcp":{"supportedVersions":["2025-06-18"]}}""");
        var path = $"/gateways/{id}/";
        (await RefusedAsync(path, TestControl.Gateway("main", "AWS_IAM"))).ShouldBe("Authorizer type cannot be updated for an existing gateway");
        (await RefusedAsync(path, TestControl.Gateway("other", "CUSTOM_JWT", Jwt))).ShouldContain("Name cannot be updated");
        (await RefusedAsync(path, TestControl.Gateway("main", "CUSTOM_JWT"))).ShouldBe("AuthorizerConfiguration is required for CUSTOM_JWT authorizer type");
        (await RefusedAsync(path, TestControl.Gateway("main", "CUSTOM_JWT", Jwt + ""","protocolConfiguration":{"mcp":{"searchType":"SEMANTIC"}}"""))).ShouldContain("Search type cannot be updated");
        var versions = Jwt + ""","protocolConfiguration":{"mcp":{"supportedVersions":["2025-06-18","2026-07-28"]}}""";
        (await RefusedAsync(path, TestControl.Gateway("main", "CUSTOM_JWT", versions))).ShouldContain("Supported versions cannot be updated");
        await _control.DoAsync("PUT", path, TestControl.Gateway("main", "CUSTOM_JWT", Jwt + ""","protocolConfiguration":{"mcp":{"supportedVersions":["2025-06-18"]}}"""));

        await using var open = await TestControl.StartAsync(options => options with { Switches = new ControlSwitches { AllowVersionUpdates = true } });
        var free = await open.GatewayAsync("main", "CUSTOM_JWT", Jwt + ""","protocolConfiguration":{"mcp":{"supportedVersions":["2025-06-18"]}}""");
        await open.DoAsync("PUT", $"/gateways/{free}/", TestControl.Gateway("main", "CUSTOM_JWT", versions));
        (await open.UntilAsync($"/gateways/{free}/", "READY"))["protocolConfiguration"]!["mcp"]!["supportedVersions"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_gateway_that_lets_everybody_in_is_for_loopback()
    {
        await using var outside = await TestControl.StartAsync(options => options with { AllowNoAuthorizer = false });
        (await outside.SendAsync("POST", "/gateways/", TestControl.Gateway("a", "NONE"))).Is(400, "ValidationException").Fields.ShouldBe(["authorizerType"]);
        await _control.GatewayAsync("a", "NONE");
    }

    [Fact]
    public async Task A_gateways_workload_identity_is_its_own_and_its_policy_is_a_policy()
    {
        var id = await _control.GatewayAsync();
        (await _control.DoAsync("POST", "/identities/GetWorkloadIdentity", $$"""{"name":"{{id}}"}"""))["name"]!.ToString().ShouldBe(id);
        (await _control.SendAsync("POST", "/identities/DeleteWorkloadIdentity", $$"""{"name":"{{id}}"}""")).Is(400, "ValidationException");
        var arn = Uri.EscapeDataString($"arn:aws:bedrock-agentcore:us-east-1:111111111111:gateway/{id}");
        (await _control.SendAsync("PUT", $"/resourcepolicy/{arn}", """{"policy":"not json"}""")).Is(400, "ValidationException").Fields.ShouldBe(["policy"]);
        (await _control.SendAsync("GET", $"/resourcepolicy/{arn}")).Is(404, "ResourceNotFoundException");
        (await _control.SendAsync("GET", $"/tags/{arn.Replace(id, "none-0123456789", StringComparison.Ordinal)}")).Is(404, "ResourceNotFoundException");
        (await _control.SendAsync("GET", $"/tags/{arn.Replace("111111111111", "222222222222", StringComparison.Ordinal)}")).Is(404, "ResourceNotFoundException");
    }

    [Theory]
    [InlineData("""{"dimensionKeys":["toolName","toolName"],"entries":[{"dimensions":{"toolName":"a"},"requests":[{"rate":1,"period":"second"}]}]}""", "different from each other")]
    [InlineData("""{"dimensionKeys":["toolName"],"entries":[{"dimensions":{"targetName":"a"},"requests":[{"rate":1,"period":"second"}]}]}""", "exactly the dimension keys")]
    [InlineData("""{"dimensionKeys":["targetName","toolName"],"entries":[{"dimensions":{"targetName":"*","toolName":"a"},"requests":[{"rate":1,"period":"second"}]}]}""", "trailing dimensions only")]
    [InlineData("""{"dimensionKeys":["toolName"],"entries":[{"dimensions":{"toolName":"a"}}]}""", "must limit requests, tokens or connections")]
    [InlineData("""{"dimensionKeys":["color"],"entries":[{"dimensions":{"color":"a"},"requests":[{"rate":1,"period":"second"}]}]}""", "dimensionKeys.0")]
    public async Task A_rate_limit_has_to_be_whole(string limit, string message)
    {
        var id = await _control.GatewayAsync();
        (await _control.SendAsync("POST", $"/gateways/{id}/rate-limits", limit)).Is(400, "ValidationException").Message.ShouldContain(message);
    }

    [Fact]
    public async Task Two_rate_limits_of_a_gateway_differ_in_id_and_dimensions_and_weights_come_to_100()
    {
        var id = await _control.GatewayAsync();
        const string Limit = """{"rateLimitId":"one","dimensionKeys":["toolName"],"entries":[{"dimensions":{"toolName":"*"},"requests":[{"rate":1,"period":"second"}]}]}""";
        await _control.DoAsync("POST", $"/gateways/{id}/rate-limits", Limit);
        (await _control.SendAsync("POST", $"/gateways/{id}/rate-limits", Limit)).Is(409, "ConflictException");
        (await _control.SendAsync("POST", $"/gateways/{id}/rate-limits", Limit.Replace("one", "two", StringComparison.Ordinal))).Is(409, "ConflictException").Message.ShouldContain("same dimension keys");
        var batch = await _control.DoAsync("PUT", $"/gateways/{id}/rate-limits/batch", $$"""{"rateLimits":[{{Limit.Replace("\"rateLimitId\":\"one\",", "", StringComparison.Ordinal)}}]}""");
        ((string)batch["rateLimits"]![0]!["rateLimitId"]!).ShouldBe("one", "found by its dimensions");
        const string Rule = """{"priority":1,"actions":[{"routeToTarget":{"weightedRoute":{"trafficSplit":[{"name":"a","weight":50,"targetName":"a"},{"name":"b","weight":51,"targetName":"b"}]}}}]}""";
        (await _control.SendAsync("POST", $"/gateways/{id}/rules", Rule)).Is(400, "ValidationException").Message.ShouldContain("100");
        await _control.DoAsync("POST", $"/gateways/{id}/rules", Rule.Replace("51", "50", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_thousand_and_first_gateway_is_over_the_quota()
    {
        var store = new MemoryStore(TimeProvider.System);
        for (var i = 0; i < 1000; i++)
        {
            await store.WriteAsync([new CentralOps.Gateway.Storage.StoreWrite.Insert("gateway", $"g{i}-0123456789", "", $"g{i}", """{"status":"READY"}"""u8.ToArray())], default);
        }

        await using var control = await TestControl.StartAsync(store);
        (await control.SendAsync("POST", "/gateways/", TestControl.Gateway("more"))).Is(402, "ServiceQuotaExceededException").Message.ShouldContain("1000 gateways");
    }

    private async Task<string> RefusedAsync(string path, string body) => (await _control.SendAsync("PUT", path, body)).Is(400, "ValidationException").Message;
}
