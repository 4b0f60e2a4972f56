using CentralOps.Gateway.Control;
using CentralOps.Gateway.Synchronizing;
using CentralOps.Gateway.Tests.Control.Fixtures;

namespace CentralOps.Gateway.Tests.Control.Targets;

/// <summary>What a target has to be beyond the model, as clients see it.</summary>
public sealed class TargetDemandsTests : IAsyncLifetime
{
    private const string Mcp = "https://mcp.example.com/mcp";
    private TestControl _control = null!;

    public async Task InitializeAsync() => _control = await TestControl.StartAsync();

    public async Task DisposeAsync() => await _control.DisposeAsync();

    [Theory]
    [InlineData("""{"mcp":{"openApiSchema":{"inlinePayload":"{}"}}}""", "mcp.openApiSchema")]
    [InlineData("""{"mcp":{"smithyModel":{"inlinePayload":"{}"}}}""", "mcp.smithyModel")]
    [InlineData("""{"mcp":{"apiGateway":{"restApiId":"a","stage":"s","apiGatewayToolConfiguration":{"toolFilters":[]}}}}""", "mcp.apiGateway")]
    [InlineData("""{"mcp":{"connector":{"source":{"connectorId":"web-search"}}}}""", "mcp.connector")]
    [InlineData("""{"http":{"passthrough":{"endpoint":"https://x.example.com","protocolType":"A2A"}}}""", "http.passthrough")]
    [InlineData("""{"inference":{"connector":{"source":{"connectorId":"openai"}}}}""", "inference.connector")]
    public async Task A_kind_that_is_not_served_is_refused_with_those_that_are(string configuration, string kind)
    {
        var refused = await RefusedAsync($$"""{"name":"t","targetConfiguration":{{configuration}}}""");
        refused.Message.ShouldBe($"Targets of kind {kind} are not served yet. Served are mcp.lambda, mcp.mcpServer, and mcp.connector with source.connectorId 'centralops-builtin:NAME'");
        refused.Fields.ShouldBe([$"targetConfiguration.{kind}"]);
    }

    [Fact]
    public async Task A_schema_in_S3_lies_somewhere() =>
        (await RefusedAsync("""{"name":"t","targetConfiguration":{"mcp":{"lambda":{"lambdaArn":"arn:aws:lambda:us-east-1:111111111111:function:f","toolSchema":{"s3":{}}}}},"credentialProviderConfigurations":[{"credentialProviderType":"GATEWAY_IAM_ROLE"}]}"""))
            .Fields.ShouldBe(["targetConfiguration.mcp.lambda.toolSchema.s3.uri"]);

    [Theory]
    [InlineData("https://user:pw@mcp.example.com/mcp")]
    [InlineData("https://mcp.example.com/mcp#part")]
    [InlineData("https:///mcp")]
    [InlineData("https://mcp.example.com/a b")]
    public async Task An_endpoint_is_a_URL_that_can_be_called(string url) =>
        (await RefusedAsync(TestControl.Server("t", url))).Fields.ShouldBe(["targetConfiguration.mcp.mcpServer.endpoint"]);

    [Fact]
    public async Task Http_passes_on_loopback_alone_and_only_where_the_switch_says_so()
    {
        // The model's own pattern asks for https.
        (await RefusedAsync(TestControl.Server("t", "http://mcp.example.com/mcp"))).Fields.ShouldBe(["targetConfiguration.mcp.mcpServer.endpoint"]);
        _control.Servers.Offer("http://127.0.0.1:9/mcp", "one");
        await _control.TargetAsync(await _control.GatewayAsync("open"), TestControl.Server("t", "http://127.0.0.1:9/mcp"));

        await using var strict = await TestControl.StartAsync(options => options with { Switches = new ControlSwitches { AllowHttpLoopback = false } });
        var id = await strict.GatewayAsync();
        (await strict.SendAsync("POST", $"/gateways/{id}/targets/", TestControl.Server("t", "http://127.0.0.1:9/mcp"))).Is(400, "ValidationException")
            .Message.ShouldContain("Member must satisfy regular expression pattern: https://.*");
    }

    [Theory]
    [InlineData(
        "https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/arn:aws:bedrock-agentcore:us-east-1:111111111111:runtime/x-0123456789/invocations?qualifier=DEFAULT",
        "https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/arn%3Aaws%3Abedrock-agentcore%3Aus-east-1%3A111111111111%3Aruntime%2Fx-0123456789/invocations?qualifier=DEFAULT")]
    [InlineData("https://h.example.com/arn:aws:lambda:us-east-1:111111111111:function:f", "https://h.example.com/arn%3Aaws%3Alambda%3Aus-east-1%3A111111111111%3Afunction%3Af")]
    public async Task An_ARN_that_is_not_encoded_is_refused_with_the_encoded_form(string url, string encoded)
    {
        (await RefusedAsync(TestControl.Server("t", url))).Message.ShouldEndWith($"Write it as {encoded}");
        _control.Servers.Offer(encoded, "one");
        var target = await _control.TargetAsync(await _control.GatewayAsync("main-2"), TestControl.Server("t", encoded));
        ((string)target["targetConfiguration"]!["mcp"]!["mcpServer"]!["endpoint"]!).ShouldBe(encoded, "used verbatim");
    }

    [Theory]
    [InlineData("allowedRequestHeaders", "Authorization", "the gateway or the protocol sets itself")]
    [InlineData("allowedRequestHeaders", "COOKIE", "the gateway or the protocol sets itself")]
    [InlineData("allowedResponseHeaders", "Access-Control-Max-Age", "the gateway or the protocol sets itself")]
    [InlineData("allowedRequestHeaders", "X-Amzn-Trace-Id", "only X-Amzn-Bedrock-AgentCore-Runtime-Custom-* passes")]
    [InlineData("allowedRequestHeaders", "a b", "is not made of letters")]
    [InlineData("allowedRequestHeaders", ":path", "is not made of letters")]
    [InlineData("allowedQueryParameters", "a=b", "is not made of letters")]
    [InlineData("allowedRequestHeaders", "X-Key", "carries the target's API key")]
    public async Task A_header_that_may_not_pass_is_refused(string member, string name, string message)
    {
        await KeyAsync();
        var refused = await RefusedAsync(TestControl.Server("t", Mcp, more: $$"""{{Key}},"metadataConfiguration":{"{{member}}":["{{name}}"]}"""));
        refused.Message.ShouldContain(message);
        refused.Fields.ShouldBe([$"metadataConfiguration.{member}.0"]);
    }

    [Fact]
    public async Task A_header_that_may_pass_passes()
    {
        await KeyAsync();
        _control.Servers.Offer(Mcp, "one");
        var id = await _control.GatewayAsync();
        await _control.TargetAsync(id, TestControl.Server("t", Mcp, more: Key + ""","metadataConfiguration":{"allowedRequestHeaders":["X-Amzn-Bedrock-AgentCore-Runtime-Custom-A","Mcp-Session-Id"],"allowedQueryParameters":["X-Key"]}"""));
        (await RefusedAsync(TestControl.Server("u", Mcp, more: ""","metadataConfiguration":{"allowedRequestHeaders":["X-A","x-a"]}"""))).Message.ShouldContain("different");
        var sessions = await _control.GatewayAsync("sessions", more: ""","protocolConfiguration":{"mcp":{"sessionConfiguration":{}}}""");
        (await _control.SendAsync("POST", $"/gateways/{sessions}/targets/", TestControl.Server("t", Mcp, more: ""","metadataConfiguration":{"allowedRequestHeaders":["mcp-session-id"]}""")))
            .Is(400, "ValidationException").Message.ShouldContain("sessions are enabled");
    }

    [Fact]
    public async Task A_dynamic_server_is_not_asked_not_searched_and_not_synchronized()
    {
        var id = await _control.GatewayAsync();
        var target = await _control.TargetAsync(id, TestControl.Server("t", Mcp, ""","listingMode":"DYNAMIC" """));
        _control.Servers.Asked.ShouldBeEmpty();
        target["lastSynchronizedAt"].ShouldBeNull();
        (await _control.SendAsync("PUT", $"/gateways/{id}/synchronizeTargets", $$"""{"targetIdList":["{{target["targetId"]}}"]}""")).Is(400, "ValidationException").Message.ShouldContain("DYNAMIC");
        var search = await _control.GatewayAsync("search", more: ""","protocolConfiguration":{"mcp":{"searchType":"SEMANTIC"}}""");
        (await _control.SendAsync("POST", $"/gateways/{search}/targets/", TestControl.Server("t", Mcp, ""","listingMode":"DYNAMIC" """))).Is(400, "ValidationException")
            .Message.ShouldContain("semantic search");
    }

    [Fact]
    public async Task Only_an_MCP_server_is_synchronized_and_a_target_of_another_gateway_is_unknown()
    {
        var (id, other) = (await _control.GatewayAsync(), await _control.GatewayAsync("other"));
        var lambda = (string)(await _control.TargetAsync(id, TestControl.Lambda("t")))["targetId"]!;
        (await _control.SendAsync("PUT", $"/gateways/{id}/synchronizeTargets", $$"""{"targetIdList":["{{lambda}}"]}""")).Is(400, "ValidationException").Message.ShouldContain("is no MCP server");
        (await _control.SendAsync("PUT", $"/gateways/{id}/synchronizeTargets", """{"targetIdList":["AAAAAAAAAA","BBBBBBBBBB"]}""")).Is(400, "ValidationException").Fields.ShouldBe(["targetIdList"]);
        (await _control.SendAsync("PUT", $"/gateways/{other}/synchronizeTargets", $$"""{"targetIdList":["{{lambda}}"]}""")).Is(404, "ResourceNotFoundException");
        (await _control.SendAsync("GET", $"/gateways/{other}/targets/{lambda}/")).Is(404, "ResourceNotFoundException");
        (await _control.SendAsync("DELETE", $"/gateways/{other}/targets/{lambda}/")).Is(404, "ResourceNotFoundException");
        (await _control.SendAsync("PUT", $"/gateways/{other}/targets/{lambda}/", TestControl.Lambda("t"))).Is(404, "ResourceNotFoundException");
        (await _control.SendAsync("GET", $"/gateways/{Uri.EscapeDataString($"arn:aws:bedrock-agentcore:us-east-1:111111111111:gateway/{id}")}/")).Is(400, "ValidationException").Fields.ShouldBe(["gatewayIdentifier"]);
    }

    [Fact]
    public async Task While_a_person_has_to_consent_nothing_else_is_done_with_a_target()
    {
        await KeyAsync();
        _control.Servers.Answer(Mcp, new SyncOutcome.PendingAuthorization("https://idp.example.com/consent", "user"));
        var id = await _control.GatewayAsync();
        var created = await _control.DoAsync("POST", $"/gateways/{id}/targets/", TestControl.Server("t", Mcp));
        var path = $"/gateways/{id}/targets/{created["targetId"]}/";
        TestControl.Answer pending;
        do
        {
            pending = await _control.SendAsync("GET", path);
            await Task.Delay(20);
        }
        while ((string)pending.Json["status"]! == "CREATING");

        ((string)pending.Json["status"]!).ShouldBe("CREATE_PENDING_AUTH");
        pending.Json["authorizationData"]!.ToJsonString().ShouldBe("""{"oauth2":{"authorizationUrl":"https://idp.example.com/consent","userId":"user"}}""");
        (await _control.SendAsync("PUT", path, TestControl.Server("t", Mcp))).Is(409, "ConflictException").Message.ShouldContain("CREATE_PENDING_AUTH");
        (await _control.SendAsync("DELETE", path)).Is(409, "ConflictException");
        (await _control.SendAsync("PUT", $"/gateways/{id}/synchronizeTargets", $$"""{"targetIdList":["{{created["targetId"]}}"]}""")).Is(409, "ConflictException");
    }

    [Fact]
    public async Task A_target_without_a_name_gets_one_and_a_name_is_a_gateways_own_once()
    {
        var id = await _control.GatewayAsync();
        var nameless = await _control.TargetAsync(id, TestControl.Lambda("x").Replace("\"name\":\"x\",", "", StringComparison.Ordinal));
        ((string)nameless["name"]!).ShouldBe($"target-{nameless["targetId"]}");
        var first = await _control.TargetAsync(id, TestControl.Lambda("first"));
        (await _control.SendAsync("POST", $"/gateways/{id}/targets/", TestControl.Lambda("first"))).Is(409, "ConflictException");
        (await _control.SendAsync("PUT", $"/gateways/{id}/targets/{nameless["targetId"]}/", TestControl.Lambda("first"))).Is(409, "ConflictException");
        await _control.DoAsync("PUT", $"/gateways/{id}/targets/{first["targetId"]}/", TestControl.Lambda("second"));
        await _control.UntilAsync($"/gateways/{id}/targets/{first["targetId"]}/", "READY");
        await _control.TargetAsync(id, TestControl.Lambda("first"));
        await _control.TargetAsync(await _control.GatewayAsync("other"), TestControl.Lambda("first"));
    }

    [Fact]
    public async Task Long_tool_names_are_warned_of()
    {
        var tool = TestControl.Tool.Replace("\"echo\"", $"\"{new string('e', 60)}\"", StringComparison.Ordinal);
        var target = await _control.TargetAsync(await _control.GatewayAsync(), TestControl.Lambda("functions", tool));
        ((string)target["statusReasons"]![0]!).ShouldContain("names of more than 64 characters");
    }

    [Fact]
    public async Task The_hundred_and_first_target_and_a_builtin_that_is_not_there_are_refused()
    {
        var id = await _control.GatewayAsync();
        for (var i = 0; i < 100; i++)
        {
            await _control.TargetAsync(id, TestControl.Lambda($"t{i}"));
        }

        (await _control.SendAsync("POST", $"/gateways/{id}/targets/", TestControl.Lambda("more"))).Is(402, "ServiceQuotaExceededException").Message.ShouldContain("100 targets");
        (await _control.SendAsync("POST", $"/gateways/{id}/targets/", """{"name":"b","targetConfiguration":{"mcp":{"connector":{"source":{"connectorId":"centralops-builtin:none"}}}}}"""))
            .Is(400, "ValidationException").Message.ShouldContain("There are: centralops-builtin:tools");
    }

    [Theory]
    [InlineData(SixthTargetOperation.Conflict, 409, "ConflictException")]
    [InlineData(SixthTargetOperation.Quota, 402, "ServiceQuotaExceededException")]
    public async Task What_the_sixth_operation_gets_is_a_switch(SixthTargetOperation choice, int status, string type)
    {
        await using var control = await TestControl.StartAsync(options => options with { Switches = new ControlSwitches { SixthTargetOperation = choice } });
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        control.Servers.Answer(Mcp, async cancellationToken =>
        {
            await release.Task.WaitAsync(cancellationToken);
            return new SyncOutcome.Failed("late");
        });
        var id = await control.GatewayAsync();
        for (var i = 0; i < 5; i++)
        {
            await control.DoAsync("POST", $"/gateways/{id}/targets/", TestControl.Server($"t{i}", Mcp));
        }

        (await control.SendAsync("POST", $"/gateways/{id}/targets/", TestControl.Server("t5", Mcp))).Is(status, type);
        release.SetResult();
    }

    private const string Key = """
        ,"credentialProviderConfigurations":[{"credentialProviderType":"API_KEY","credentialProvider":{"apiKeyCredentialProvider":{
        "providerArn":"arn:aws:bedrock-agentcore:us-east-1:111111111111:token-vault/default/apikeycredentialprovider/key","credentialParameterName":"X-Key"}}}]
        """;

    private async Task KeyAsync() => await _control.DoAsync("POST", "/identities/CreateApiKeyCredentialProvider", """{"name":"key","apiKey":"k"}""");

    private async Task<TestControl.Answer> RefusedAsync(string body)
    {
        var gateways = (await _control.DoAsync("GET", "/gateways/"))["items"]!.AsArray();
        var id = gateways.Count > 0 ? (string)gateways[0]!["gatewayId"]! : await _control.GatewayAsync();
        return (await _control.SendAsync("POST", $"/gateways/{id}/targets/", body)).Is(400, "ValidationException");
    }
}
