using System.Text.Json.Nodes;
using CentralOps.Cli.Tests.Asking;
using CentralOps.Cli.Tests.Control;
using CentralOps.Cli.Tests.Gateways;
using CentralOps.Gateway.Synchronizing;

namespace CentralOps.Cli.Tests.Targets;

public sealed class TargetCommandTests : IAsyncLifetime
{
    private const string Function = "arn:aws:lambda:us-east-1:111111111111:function:ec2";
    private const string Server = "https://docs.example.com/mcp";
    private const string Tools = """[{"name": "list_things", "description": "Lists things.", "inputSchema": {"type": "object", "properties": {"a": {"type": "string"}}}}]""";

    private ManagedGateways _managed = null!;

    public async Task InitializeAsync()
    {
        _managed = await ManagedGateways.StartAsync();
        (await _managed.RunAsync("gateway", "create", "ops", "--authorizer", "none")).Code.ShouldBe(ExitCode.Ok);
    }

    public async Task DisposeAsync() => await _managed.DisposeAsync();

    [Fact]
    public async Task A_lambda_target_is_added_changed_and_deleted()
    {
        var file = _managed.Write("tools.json", Tools);
        var (code, data, words) = await _managed.RunAsync("target", "add", "lambda", "ec2", "--lambda-arn", Function, "--tools", file, "--description", "EC2");
        code.ShouldBe(ExitCode.Ok, words);
        GatewayCommandTests.Line(data, "status").ShouldBe("READY");
        GatewayCommandTests.Line(data, "targetConfiguration.mcp.lambda.toolSchema.inlinePayload").ShouldBe("1: list_things");

        var wrapped = _managed.Write("wrapped.json", $$"""{"tools": {{Tools.Replace("list_things", "show_things", StringComparison.Ordinal)}}}""");
        (code, data, words) = await _managed.RunAsync("target", "update", "ec2", "--tools", wrapped, "--name", "compute", "--output", "json", "--gateway", "ops");
        code.ShouldBe(ExitCode.Ok, words);
        var updated = JsonNode.Parse(data)!;
        ((string)updated["name"]!, (string)updated["description"]!).ShouldBe(("compute", "EC2"));
        ((string)updated["targetConfiguration"]!["mcp"]!["lambda"]!["toolSchema"]!["inlinePayload"]![0]!["name"]!).ShouldBe("show_things");
        ((string)updated["targetConfiguration"]!["mcp"]!["lambda"]!["lambdaArn"]!).ShouldBe(Function);
        ((string)updated["credentialProviderConfigurations"]![0]!["credentialProviderType"]!).ShouldBe("GATEWAY_IAM_ROLE");

        (code, _, words) = await _managed.RunAsync("target", "update", "compute", "--url", Server);
        (code, words.Contains("--url is for targets of the kind mcpServer", StringComparison.Ordinal)).ShouldBe((ExitCode.Usage, true));
        (_, data, _) = await _managed.RunAsync("target", "list");
        data.Split('\n')[1].ShouldStartWith("compute");
        (await _managed.RunAsync("target", "delete", "compute")).Words.ShouldBe("Deleted.\n");
        (code, _, words) = await _managed.RunAsync("target", "get", "compute");
        (code, words).ShouldBe((ExitCode.Refused, "The gateway has no target: add one with 'centralops target add'.\n"));
    }

    [Fact]
    public async Task An_MCP_server_is_reached_with_each_kind_of_credential()
    {
        var secret = _managed.Write("secret", "s3cret-of-oauth\n");
        (await _managed.RunAsync("credential", "add-oauth", "idp", "--discovery-url", "https://idp.example.com/.well-known/openid-configuration", "--client-id", "ops", "--client-secret-from", "file:" + secret)).Code.ShouldBe(ExitCode.Ok);
        (await _managed.RunAsync("credential", "add-api-key", "key", "--api-key-from", "file:" + secret)).Code.ShouldBe(ExitCode.Ok);

        ((await AddAsync("plain"))["credentialProviderConfigurations"]?.AsArray().Count ?? 0).ShouldBe(0);
        var changed = await _managed.RunAsync("target", "update", "plain", "--description", "no credentials before, none after");
        changed.Code.ShouldBe(ExitCode.Ok, changed.Words);
        var signed = await AddAsync("signed", "--iam-service", "aws-mcp", "--region", "us-east-1");
        signed["credentialProviderConfigurations"]!.ToJsonString().ShouldBe("""[{"credentialProviderType":"GATEWAY_IAM_ROLE","credentialProvider":{"iamCredentialProvider":{"service":"aws-mcp","region":"us-east-1"}}}]""");
        var tokens = (await AddAsync("tokens", "--oauth", "idp", "--scope", "read", "--scope", "list", "--dynamic"))["credentialProviderConfigurations"]![0]!;
        ((string)tokens["credentialProviderType"]!).ShouldBe("OAUTH");
        ((string)tokens["credentialProvider"]!["oauthCredentialProvider"]!["providerArn"]!).ShouldEndWith("oauth2credentialprovider/idp");
        tokens["credentialProvider"]!["oauthCredentialProvider"]!["scopes"]!.ToJsonString().ShouldBe("""["read","list"]""");
        var key = (await AddAsync("key", "--api-key", "key", "--header", "X-Api-Key"))["credentialProviderConfigurations"]![0]!["credentialProvider"]!["apiKeyCredentialProvider"]!;
        ((string)key["credentialParameterName"]!, (string)key["credentialLocation"]!).ShouldBe(("X-Api-Key", "HEADER"));

        var (code, _, words) = await _managed.RunAsync("target", "add", "mcp", "two", "--url", Server, "--oauth", "idp", "--api-key", "key");
        (code, words.Contains("three ways to show the gateway", StringComparison.Ordinal)).ShouldBe((ExitCode.Usage, true));
        (code, _, words) = await _managed.RunAsync("target", "add", "mcp", "none", "--url", Server, "--oauth", "nobody");
        (code, words.Contains("GetOauth2CredentialProvider was refused: ResourceNotFoundException", StringComparison.Ordinal)).ShouldBe((ExitCode.Refused, true));
    }

    [Fact]
    public async Task A_target_that_fails_ends_the_command_with_its_reasons()
    {
        _managed.Servers[Server] = new SyncOutcome.Failed("The server does not answer: correct its URL.");
        var (code, data, words) = await _managed.RunAsync("target", "add", "mcp", "docs", "--url", Server);
        code.ShouldBe(ExitCode.Refused);
        GatewayCommandTests.Line(data, "status").ShouldBe("FAILED");
        words.ShouldBe("docs is FAILED:\n  The server does not answer: correct its URL.\n");
        (code, data, _) = await _managed.RunAsync("target", "add", "mcp", "later", "--url", Server, "--no-wait", "--output", "json");
        (code, (string)JsonNode.Parse(data)!["status"]!).ShouldBe((ExitCode.Ok, "CREATING"));
    }

    [Fact]
    public async Task A_target_that_waits_for_consent_prints_the_address_to_open()
    {
        _managed.Servers[Server] = new SyncOutcome.PendingAuthorization("https://idp.example.com/authorize?client_id=1&state=" + new string('s', 200), "user");
        var (code, _, words) = await _managed.RunAsync("target", "add", "mcp", "docs", "--url", Server);
        code.ShouldBe(ExitCode.Ok, words);
        words.ShouldStartWith("CREATE_PENDING_AUTH: somebody has to allow it first.");
        words.Split('\n')[1].ShouldBe("https://idp.example.com/authorize?client_id=1&state=" + new string('s', 200), "an address is never broken");
    }

    [Fact]
    public async Task A_sync_tells_what_was_added_changed_and_removed()
    {
        var listed = Listing(("docs___stays", "1"), ("docs___changes", "1"), ("docs___goes", "1"), ("other___x", "1"));
        await using var mcp = await StrangeGateway.With(() => Volatile.Read(ref listed), "{}");
        _managed.McpUrl = mcp.Url;
        (await _managed.RunAsync("target", "add", "mcp", "docs", "--url", Server)).Code.ShouldBe(ExitCode.Ok);
        // The gateway lists what the synchronization found, and another target's tools as before.
        _managed.Synchronizing = () => Volatile.Write(ref listed, Listing(("docs___stays", "1"), ("docs___changes", "2"), ("docs___comes", "1"), ("other___y", "1")));
        var (code, data, words) = await _managed.RunAsync("target", "sync", "docs");
        code.ShouldBe(ExitCode.Ok, words);
        data.ShouldBe("+ docs___comes\n~ docs___changes\n- docs___goes\n");
        words.ShouldEndWith("1 added, 1 changed, 1 removed; 3 tools now.\n");
        (code, data, words) = await _managed.RunAsync("target", "sync", "--all");
        (code, data).ShouldBe((ExitCode.Ok, ""), words);
        words.ShouldEndWith("Nothing changed: 3 tools.\n");
    }

    [Fact]
    public async Task A_sync_whose_gateway_cannot_be_listed_from_here_says_so_and_one_that_fails_says_why()
    {
        (await _managed.RunAsync("target", "add", "mcp", "docs", "--url", Server)).Code.ShouldBe(ExitCode.Ok);
        var (code, _, words) = await _managed.RunAsync("target", "sync", "docs");
        code.ShouldBe(ExitCode.Ok, words);
        words.ShouldContain("What changed cannot be compared from here");
        _managed.Servers[Server] = new SyncOutcome.Failed("The server answers 500.");
        (code, _, words) = await _managed.RunAsync("target", "sync", "docs");
        code.ShouldBe(ExitCode.Refused);
        words.ShouldContain("The server answers 500.");
        (code, _, words) = await _managed.RunAsync("target", "sync");
        (code, words.Contains("Say which targets to synchronize", StringComparison.Ordinal)).ShouldBe((ExitCode.Usage, true));
    }

    [Fact]
    public async Task The_APIs_own_JSON_adds_any_kind()
    {
        var file = _managed.Write("target.json", """{"name": "docs", "targetConfiguration": {"mcp": {"mcpServer": {"endpoint": "URL"}}}}""".Replace("URL", Server, StringComparison.Ordinal));
        var (code, data, words) = await _managed.RunAsync("target", "add", "--cli-input-json", file, "--gateway", "ops");
        code.ShouldBe(ExitCode.Ok, words);
        GatewayCommandTests.Line(data, "targetConfiguration.mcp.mcpServer.endpoint").ShouldBe(Server);
        (code, _, words) = await _managed.RunAsync("target", "add");
        (code, words.Contains("Say what to add", StringComparison.Ordinal)).ShouldBe((ExitCode.Usage, true));
        (code, _, words) = await _managed.RunAsync("target", "add", "lambda", "x", "--lambda-arn", Function, "--tools", _managed.Write("no.json", "{}"));
        (code, words.Contains("--tools: that is no list of tools", StringComparison.Ordinal)).ShouldBe((ExitCode.Usage, true));
    }

    private static string Listing(params (string Name, string Description)[] tools) =>
        new JsonObject { ["tools"] = new JsonArray([.. tools.Select(tool => new JsonObject { ["name"] = tool.Name, ["description"] = tool.Description, ["inputSchema"] = new JsonObject { ["type"] = "object" } })]) }.ToJsonString();

    private async Task<JsonNode> AddAsync(string name, params string[] options)
    {
        var (code, data, words) = await _managed.RunAsync(["target", "add", "mcp", name, "--url", Server, "--output", "json", .. options]);
        code.ShouldBe(ExitCode.Ok, words);
        return JsonNode.Parse(data)!;
    }
}
