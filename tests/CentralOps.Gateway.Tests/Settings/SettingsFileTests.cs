using System.Net;
using CentralOps.Gateway.Control;
using CentralOps.Gateway.Settings;
using CentralOps.Gateway.Settings.Files;

namespace CentralOps.Gateway.Tests.Settings;

public sealed class SettingsFileTests
{
    [Fact]
    public void The_example_in_the_documents_says_what_its_table_says()
    {
        var settings = SettingsFile.Parse(Example(), "gateway.yaml");

        (settings.AccountId, settings.Region, settings.PublicUrl).ShouldBe(("111111111111", "us-east-1", new Uri("https://gateway.example.com")));
        settings.AllowedHosts.ShouldBe(["gateway.example.com"]);
        settings.AllowedOrigins.ShouldBe(["https://console.example.com"]);
        settings.Switches.ShouldBe(new SwitchSet());
        settings.Gateways.Select(gateway => gateway.Gateway).ShouldBe(["ops", "*"]);
        var ops = settings.Gateways[0];
        ops.AlsoAdmits.ShouldBe([GatewayAuthorizer.CustomJwt]);
        (ops.CustomJwt!.DiscoveryUrl, ops.CustomJwt.AllowedAudience[0], ops.CustomJwt.AllowedClients[0]).ShouldBe(("https://idp.example.com/.well-known/openid-configuration", "ops", "agents"));
        ops.ToolSets.Select(set => set.Name).ShouldBe(["databases", "everything"]);
        ops.ToolSets[0].Callers.ShouldBe(["group:dba", "arn:aws:iam::111111111111:role/Dba"]);
        ops.ToolSets[0].Tools.ShouldBe(["rds___*", "cloudwatch___list_cloudwatch_alarms"]);
        settings.Gateways[1].Switches.ShouldBe([("structured_content", "on")]);
        settings.AwsIdentities!.StsEndpoint.ShouldBe(new Uri("https://sts.us-east-1.amazonaws.com"));
        settings.AwsIdentities.Accounts.ShouldBe(["111111111111", "222222222222"]);
        settings.Jwt.GroupClaims.ShouldBe(["groups", "cognito:groups"]);
        (settings.Outbound!.AllowLoopback, settings.Outbound.AllowedHosts.Single(), settings.Outbound.AllowedNetworks.Single()).ShouldBe((false, "mcp.corp.example", IPNetwork.Parse("10.20.0.0/16")));
        settings.Embeddings.ShouldBe(new EmbeddingSource.OpenAICompatible(new Uri("https://api.openai.com/v1/embeddings"), "text-embedding-3-small", "OPENAI_API_KEY", null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("---\n")]
    [InlineData("switches:\ngateways: []\n")]
    public void A_file_that_says_nothing_changes_nothing(string text) => SettingsFile.Parse(text, "f").Switches.ShouldBe(new SwitchSet());

    [Theory]
    [InlineData("gatways: []", "f:1: gatways is not known. Did you mean 'gateways'?")]
    [InlineData("zzzzz: 1", "f:1: zzzzz is not known. Known here are account, region")]
    [InlineData("switches: {structured_contnt: on}", "f:1: switches.structured_contnt: there is no such switch; did you mean structured_content.")]
    [InlineData("switches:\n  matrix: older", "f:2: switches.matrix: 'older' is none of its values, which are current, guide")]
    [InlineData("switches: [a]", "f:1: switches is not a mapping")]
    [InlineData("gateways: {a: b}", "f:1: gateways is not a list")]
    [InlineData("gateways:\n  - tool_sets: []", "f:2: gateways[1].gateway is missing")]
    [InlineData("gateways:\n  - gateway: ops\n    also_admits: [JWT]", "f:3: gateways[1].also_admits: 'JWT' is no authorizer. There are AWS_IAM, CUSTOM_JWT")]
    [InlineData("gateways:\n  - gateway: ops\n    also_admits: [AWS_IAM, AUTHENTICATE_ONLY]", "take the same signatures")]
    [InlineData("gateways:\n  - gateway: ops\n    switches: {matrix: guide}", "f:3: gateways[1].switches.matrix is the control plane's, which is one for all gateways")]
    [InlineData("gateways:\n  - gateway: ops\n    tool_sets:\n      - {name: a, callers: \"*\", tools: \"ec2*\"}", "f:4: gateways[1].tool_sets[1].tools: 'ec2*' has a star where none can stand")]
    [InlineData("gateways:\n  - gateway: ops\n    tool_sets:\n      - {name: a, tools: \"*\"}", "gateways[1].tool_sets[1].callers names nothing")]
    [InlineData("gateways:\n  - gateway: ops\n  - gateway: ops", "f:3: gateways[2]: 'ops' has an entry already")]
    [InlineData("gateways:\n  - gateway: ops\n    custom_jwt: {discovery_url: \"https://idp.example.com\"}", "must be a URL that ends in /.well-known/openid-configuration")]
    [InlineData("aws_identities: {accounts: [\"1\"]}", "aws_identities.sts_endpoint is missing")]
    [InlineData("aws_identities: {sts_endpoint: \"http://sts.example.com\", accounts: [\"111111111111\"]}", "goes over the network without TLS")]
    [InlineData("aws_identities: {sts_endpoint: \"https://sts.example.com\"}", "aws_identities.accounts names none")]
    [InlineData("account: 12", "'12' is no account id")]
    [InlineData("public_url: https://u:p@gateway.example.com", "f:1: public_url is no http or https URL without user")]
    [InlineData("allowed_hosts: [\"https://x\"]", "Write the name alone")]
    [InlineData("allowed_origins: [\"https://x/y\"]", "is no origin")]
    [InlineData("outbound: {allow: [\"10.0.0.0/99\"]}", "outbound.allow: '10.0.0.0/99' is no host name, address or CIDR block")]
    [InlineData("outbound: {loopback: maybe}", "neither on nor off")]
    [InlineData("jwt: {clock_skew_seconds: 301}", "no whole number from 0 to 300")]
    [InlineData("search: {embeddings: bedrock}", "There are none, bedrock-titan and openai-compatible")]
    [InlineData("search: {embeddings: bedrock-titan, dimensions: 300}", "It makes 256, 512 or 1024")]
    [InlineData("search: {embeddings: bedrock-titan, model: cohere.embed}", "'cohere.embed' is not spoken with")]
    [InlineData("search: {embeddings: openai-compatible}", "search.url is missing")]
    [InlineData("search: {embeddings: none, url: \"https://x\"}", "search.url is not known")]
    [InlineData("a: &x 1", "Anchors and aliases")]
    [InlineData("a: 1\na: 2", "f:2: 'a' stands here twice")]
    [InlineData("a: [", "This is not YAML")]
    [InlineData("a: 1\n---\nb: 2", "A second document begins")]
    [InlineData("- a", "The file is not a mapping")]
    public void What_is_wrong_is_told_with_line_field_and_repair(string text, string told)
    {
        var problems = Should.Throw<SettingsFileException>(() => SettingsFile.Parse(text, "f")).Problems;
        problems.ShouldContain(problem => problem.Contains(told, StringComparison.Ordinal), string.Join('\n', problems));
        problems.ShouldAllBe(problem => problem.StartsWith("f:", StringComparison.Ordinal) && !problem.Any(char.IsControl));
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        const string Text = "account: 7\nregions: x\nswitches:\n  throttles: perhaps\njwt:\n  skew: 1\n";
        Should.Throw<SettingsFileException>(() => SettingsFile.Parse(Text, "f")).Problems.Select(problem => problem.Split(':')[1]).ShouldBe(["1", "2", "4", "6"]);
    }

    [Fact]
    public void A_key_that_stands_where_its_variables_name_should_is_not_repeated()
    {
        const string Text = "search: {embeddings: openai-compatible, url: \"https://x.example.com/v1\", model: m, key_variable: sk-very-secret}";
        var told = Should.Throw<SettingsFileException>(() => SettingsFile.Parse(Text, "f")).Message;
        told.ShouldContain("key_variable is not the name of an environment variable");
        told.ShouldNotContain("sk-very-secret");
    }

    [Fact]
    public void Size_and_depth_are_bounded_and_what_cannot_be_read_is_told()
    {
        Should.Throw<SettingsFileException>(() => SettingsFile.Parse(new string('#', 1024 * 1024 + 1), "f")).Message.ShouldContain("more than 1048576 characters");
        Should.Throw<SettingsFileException>(() => SettingsFile.Parse("a: " + new string('[', 5000), "f")).Message.ShouldContain("nested more than 8 deep");
        Should.Throw<SettingsFileException>(() => SettingsFile.Parse("a: [" + string.Join(',', Enumerable.Repeat("1", 60_000)) + "]", "f")).Message.ShouldContain("more than 50000 values");
        Should.Throw<SettingsFileException>(() => SettingsFile.Read("/nonexistent/gateway.yaml")).Message.ShouldContain("there is no such file");
        var binary = Path.GetTempFileName();
        File.WriteAllBytes(binary, [0x61, 0xC0, 0x80]);
        Should.Throw<SettingsFileException>(() => SettingsFile.Read(binary)).Message.ShouldContain("it is not UTF-8");
        File.Delete(binary);
    }

    [Fact]
    public void Every_switch_is_set_by_its_name_and_by_no_other()
    {
        var set = new SwitchSet();
        foreach (var (name, value) in new[]
        {
            ("structured_content", "on"), ("list_paging", "per_target"), ("tool_prefix", "off"), ("search_results", "7"), ("search_per_minute", "25"), ("check_inbound_resource", "off"),
            ("issuer_matches_discovery", "false"), ("mirror_authorization_server", "true"), ("allow_http_loopback", "off"), ("matrix", "guide"), ("throttles", "on"),
            ("delete_gateway_with_targets", "cascade"), ("delete_provider_in_use", "allow"), ("sixth_target_operation", "quota"), ("allow_version_updates", "on"),
        })
        {
            SwitchTable.TryApply(set, name, value, out var changed, out var problem).ShouldBeTrue(problem);
            changed.ShouldNotBe(set, name);
            SwitchTable.TryApply(set, name, "nonsense", out _, out _).ShouldBeFalse(name);
            set = changed!;
        }

        SwitchTable.Names.Count.ShouldBe(15);
        set.Control.ShouldBe(new ControlSwitches
        {
            AllowHttpLoopback = false, Matrix = OutboundMatrixVersion.Guide, Throttles = true, DeleteGatewayWithTargets = DeleteGatewayWithTargets.Cascade, DeleteProviderInUse = DeleteProviderInUse.Allow,
            SixthTargetOperation = SixthTargetOperation.Quota, AllowVersionUpdates = true,
        });
        set.Serving.ShouldBe(new CompatibilitySwitches
        {
            StructuredContent = true, ListPaging = ListPaging.PerTarget, ToolPrefix = false, SearchResults = 7, SearchPerMinute = 25, CheckInboundResource = false,
            IssuerMatchesDiscovery = false, MirrorAuthorizationServer = true,
        });
    }

    private static string Example()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "gateways.md"));
        var start = page.IndexOf("```yaml\n", StringComparison.Ordinal) + "```yaml\n".Length;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static string Root()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "CentralOps.slnx")))
        {
            directory = Path.GetDirectoryName(directory)!;
        }

        return directory;
    }
}
