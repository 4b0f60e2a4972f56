using CentralOps.Gateway.Control;
using CentralOps.Gateway.Tests.Control.Fixtures;

namespace CentralOps.Gateway.Tests.Control.Targets;

/// <summary>§1.4's table and the integration guide's, cell by cell, at create and at update time.</summary>
public sealed class OutboundMatrixTests(OutboundMatrixTests.Planes planes) : IClassFixture<OutboundMatrixTests.Planes>
{
    private const string OAuthArn = "arn:aws:bedrock-agentcore:us-east-1:111111111111:token-vault/default/oauth2credentialprovider/idp";
    private const string KeyArn = "arn:aws:bedrock-agentcore:us-east-1:111111111111:token-vault/default/apikeycredentialprovider/key";

    private static readonly Dictionary<string, string> Cells = new(StringComparer.Ordinal)
    {
        ["none"] = "",
        ["role"] = """{"credentialProviderType":"GATEWAY_IAM_ROLE"}""",
        ["role with service"] = """{"credentialProviderType":"GATEWAY_IAM_ROLE","credentialProvider":{"iamCredentialProvider":{"service":"bedrock-agentcore"}}}""",
        ["caller"] = """{"credentialProviderType":"CALLER_IAM_CREDENTIALS"}""",
        ["client credentials"] = OAuth(""","grantType":"CLIENT_CREDENTIALS" """),
        ["no grant"] = OAuth(""),
        ["code"] = OAuth(""","grantType":"AUTHORIZATION_CODE" """),
        ["exchange"] = OAuth(""","grantType":"TOKEN_EXCHANGE" """),
        ["passthrough"] = """{"credentialProviderType":"JWT_PASSTHROUGH"}""",
        ["key"] = $$$$$"""{"credentialProviderType":"API_KEY","credentialProvider":{"apiKeyCredentialProvider":{"providerArn":"{{{{{KeyArn}}}}}"}}}""",
    };

    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["lambda"] = $$$$$$"""{"mcp":{"lambda":{"lambdaArn":"{{{{{{TestControl.Function}}}}}}","toolSchema":{"inlinePayload":[{{{{{{TestControl.Tool}}}}}}]}}}}""",
        ["mcpServer"] = """{"mcp":{"mcpServer":{"endpoint":"https://mcp.example.com/mcp"}}}""",
        ["builtin"] = """{"mcp":{"connector":{"source":{"connectorId":"centralops-builtin:tools"}}}}""",
    };

    private static readonly Dictionary<(string Matrix, string Kind), string[]> Allowed = new()
    {
        [("current", "lambda")] = ["role"],
        [("current", "mcpServer")] = ["none", "role with service", "client credentials", "no grant", "code", "exchange", "key"],
        [("current", "builtin")] = ["none", "role"],
        [("guide", "lambda")] = ["role"],
        [("guide", "mcpServer")] = ["none", "client credentials", "no grant"],
        [("guide", "builtin")] = ["none", "role"],
    };

    public static TheoryData<string, string, string> All()
    {
        var all = new TheoryData<string, string, string>();
        foreach (var (matrix, kind) in Allowed.Keys)
        {
            foreach (var cell in Cells.Keys)
            {
                all.Add(matrix, kind, cell);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_table_decides_when_a_target_is_created_and_when_it_is_updated(string matrix, string kind, string cell)
    {
        var (control, gateway) = await planes.OfAsync(matrix);
        var allowed = Allowed[(matrix, kind)].Contains(cell);
        var name = $"{kind}-{cell.Replace(' ', '-')}";
        var answer = await control.SendAsync("POST", $"/gateways/{gateway}/targets/", Target(name, kind, cell));
        if (!allowed)
        {
            Refused(answer, kind, cell);
            (await control.SendAsync("PUT", $"/gateways/{gateway}/targets/{planes.Standing[(matrix, kind)]}/", Target($"standing-{kind}", kind, cell))).Is(400, "ValidationException");
            return;
        }

        answer.Status.ShouldBe(202, answer.Text);
        var path = $"/gateways/{gateway}/targets/{answer.Json["targetId"]}/";
        await control.UntilAsync(path, "READY");
        await control.DoAsync("DELETE", path);
        await control.GoneAsync(path);
    }

    [Theory]
    [InlineData("mcpServer", """{"credentialProviderType":"API_KEY"}""", "needs credentialProvider.apiKeyCredentialProvider")]
    [InlineData("mcpServer", """{"credentialProviderType":"OAUTH"}""", "needs credentialProvider.oauthCredentialProvider")]
    [InlineData("mcpServer", """{"credentialProviderType":"OAUTH","credentialProvider":{"iamCredentialProvider":{"service":"x"}}}""", "needs credentialProvider.oauthCredentialProvider")]
    [InlineData("lambda", """{"credentialProviderType":"GATEWAY_IAM_ROLE","credentialProvider":{"iamCredentialProvider":{"service":"x"}}}""", "takes no credentialProvider")]
    [InlineData("mcpServer", """{"credentialProviderType":"API_KEY","credentialProvider":{"apiKeyCredentialProvider":{"providerArn":"arn:aws:bedrock-agentcore:us-east-1:111111111111:token-vault/default/apikeycredentialprovider/none"}}}""", "There is no apikeycredentialprovider")]
    [InlineData("mcpServer", """{"credentialProviderType":"API_KEY","credentialProvider":{"apiKeyCredentialProvider":{"providerArn":"arn:aws:bedrock-agentcore:us-east-1:111111111111:token-vault/default/oauth2credentialprovider/idp"}}}""", "There is no apikeycredentialprovider")]
    [InlineData("mcpServer", """{"credentialProviderType":"API_KEY","credentialProvider":{"apiKeyCredentialProvider":{"providerArn":"arn:aws:bedrock-agentcore:eu-west-1:111111111111:token-vault/default/apikeycredentialprovider/key"}}}""", "There is no apikeycredentialprovider")]
    public async Task A_credential_is_whole_and_its_provider_is_there(string kind, string credential, string message)
    {
        var (control, gateway) = await planes.OfAsync("current");
        var body = $$"""{"name":"broken","targetConfiguration":{{Kinds[kind]}},"credentialProviderConfigurations":[{{credential}}]}""";
        (await control.SendAsync("POST", $"/gateways/{gateway}/targets/", body)).Is(400, "ValidationException").Message.ShouldContain(message);
    }

    private static void Refused(TestControl.Answer answer, string kind, string cell)
    {
        var message = answer.Is(400, "ValidationException").Message;
        message.ShouldContain($"argets of kind mcp.{(kind is "builtin" ? "connector" : kind)}");
        answer.Fields.Single().ShouldStartWith("credentialProviderConfigurations");
        if (!cell.StartsWith("role", StringComparison.Ordinal))
        {
            message.ShouldContain("Supported: ");
        }
    }

    private static string Target(string name, string kind, string cell)
    {
        var credentials = Cells[cell].Length == 0 ? "" : $",\"credentialProviderConfigurations\":[{Cells[cell]}]";
        return $$"""{"name":"{{name}}","targetConfiguration":{{Kinds[kind]}}{{credentials}}}""";
    }

    private static string OAuth(string grant) =>
        $$$$"""{"credentialProviderType":"OAUTH","credentialProvider":{"oauthCredentialProvider":{"providerArn":"{{{{OAuthArn}}}}","scopes":[]{{{{grant}}}}}}}""";

    /// <summary>A control plane for each table, with a target of each kind that stands.</summary>
    public sealed class Planes : IAsyncLifetime
    {
        private readonly Dictionary<string, (TestControl Control, string Gateway)> _planes = new(StringComparer.Ordinal);

        internal Dictionary<(string Matrix, string Kind), string> Standing { get; } = [];

        internal Task<(TestControl Control, string Gateway)> OfAsync(string matrix) => Task.FromResult(_planes[matrix]);

        public async Task InitializeAsync()
        {
            foreach (var (name, version) in new[] { ("current", OutboundMatrixVersion.Current), ("guide", OutboundMatrixVersion.Guide) })
            {
                var control = await TestControl.StartAsync(options => options with { Switches = new ControlSwitches { Matrix = version } });
                control.Servers.Offer("https://mcp.example.com/mcp", "one");
                await control.DoAsync("POST", "/identities/CreateApiKeyCredentialProvider", """{"name":"key","apiKey":"k"}""");
                await control.DoAsync("POST", "/identities/CreateOauth2CredentialProvider", """
                    {"name":"idp","credentialProviderVendor":"CustomOauth2","oauth2ProviderConfigInput":{"customOauth2ProviderConfig":{"clientId":"c","clientSecret":"s","oauthDiscovery":{"discoveryUrl":"https://idp.example.com/.well-known/openid-configuration"}}}}
                    """);
                var gateway = await control.GatewayAsync();
                _planes[name] = (control, gateway);
                foreach (var kind in Kinds.Keys)
                {
                    var target = await control.TargetAsync(gateway, Target($"standing-{kind}", kind, Allowed[(name, kind)][0]));
                    Standing[(name, kind)] = (string)target["targetId"]!;
                }
            }
        }

        public async Task DisposeAsync()
        {
            foreach (var (control, _) in _planes.Values)
            {
                await control.DisposeAsync();
            }
        }
    }
}
