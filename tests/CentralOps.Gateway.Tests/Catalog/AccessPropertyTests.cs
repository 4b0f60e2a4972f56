using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Access.Callers;
using CentralOps.Access.Rules;
using CentralOps.Access.Selectors;
using CentralOps.Access.Tests.Rules;
using CentralOps.Accounts;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Tests.Stubs;
using CentralOps.Aws.Calls;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;
using CentralOps.Tools;
using FsCheck;
using FsCheck.Fluent;

namespace CentralOps.Gateway.Tests.Catalog;

/// <summary>
/// Whatever the rules and whoever asks, over real sockets, the real gateway and the real tools: what is listed, found, called, counted and told as near is the
/// same. CENTRALOPS_LONG=1 tries 300 sets of rules.
/// </summary>
public sealed class AccessPropertyTests : IAsyncLifetime
{
    private const string Search = SearchedGateway.ToolName;

    private static readonly int Rounds = Environment.GetEnvironmentVariable("CENTRALOPS_LONG") is { Length: > 0 } ? 300 : 25;

    private static readonly string[] Tools =
    [
        "ec2___describe_ec2_instances", "ec2___describe_ec2_vpcs", "rds___describe_rds_instances", "accounts___list_accounts", "accounts___get_account_metadata", "ec2-x___describe_ec2_instances",
    ];

    private static readonly TestAccount[] Accounts =
    [
        new("111111111111", "Central", "Root", new Dictionary<string, string>()),
        new("222222222222", "Production", "Workloads/Prod", new Dictionary<string, string> { ["env"] = "prod" }),
        new("333333333333", "Staging", "Workloads", new Dictionary<string, string> { ["env"] = "dev" }),
        new("444444444444", "Payments", "Workloads/Production", new Dictionary<string, string> { ["env"] = "prod" }),
    ];

    /// <summary>In the keywords that AgentCore's Lambda targets know.</summary>
    private static readonly JsonElement Input = TestGateway.Schema("""{"type":"object","properties":{"account_id":{"type":"string"},"limit":{"type":"integer"},"next_token":{"type":"string"}}}""");

    private readonly TestKey _key = TestKey.New("ES256");
    private readonly Fixtures.ManualTime _time = new();
    private TestIssuer _issuer = null!;

    public async Task InitializeAsync() => _issuer = await TestIssuer.StartAsync(_key);

    public async Task DisposeAsync() => await _issuer.DisposeAsync();

    [Fact]
    public void List_search_call_list_accounts_near_names_and_counts_agree() => Prop.ForAll(
        (from rules in Gen.ListOf(RuleGen.Rules).Resize(6)
         from subject in Gen.Elements("ada", "bob")
         from groups in Gen.SubListOf("sre", "dev", "pci")
         select (rules, subject, groups)).ToArbitrary(),
        given => CheckAsync([.. given.rules.Select(Here)], new Caller(given.subject, CallerKind.Jwt) { Issuer = _issuer.Issuer, ClientId = "agent", Groups = [.. given.groups] }).GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(Rounds));

    private async Task CheckAsync(IReadOnlyList<AccessRule> list, Caller caller)
    {
        var rules = AccessRules.Of(list);
        await using var gateway = await StartAsync(rules);
        var talk = new Talk(gateway, _key.Token(ClaimsOf(caller)));

        // 1. The list is what the rules let be seen, page by page, and search finds of it and of nothing else.
        var listed = await talk.ListAsync();
        listed.ShouldBe(Tools.Where(tool => rules.MaySeeTool(caller, tool)).Append(Search), ignoreOrder: true);
        foreach (var tool in Tools)
        {
            var found = await talk.FindAsync(tool.Replace("___", " ", StringComparison.Ordinal).Replace('_', ' '));
            found.ShouldBeSubsetOf(listed);
            found.Contains(tool).ShouldBe(listed.Contains(tool), tool);
        }

        // 2. A tool that is not listed answers as one that there is not.
        var gone = await talk.CallAsync("ec2___gone", new JsonObject());
        foreach (var tool in Tools.Where(tool => !listed.Contains(tool)))
        {
            (await talk.CallAsync(tool, new JsonObject { ["account_id"] = "222222222222" })).Body.ShouldBe(gone.Body.Replace("ec2___gone", tool, StringComparison.Ordinal));
        }

        // 3. Accounts: listed and counted as they can be asked, by id and by name; the others are there for nobody.
        foreach (var tool in Tools.Where(listed.Contains))
        {
            var sees = Accounts.Where(account => rules.Permits(caller, tool, account)).ToList();
            await (tool == "accounts___list_accounts" ? CheckListAsync(talk, tool, sees) : CheckAccountsAsync(talk, tool, sees));
        }
    }

    private static async Task CheckListAsync(Talk talk, string tool, List<TestAccount> sees)
    {
        var answer = await talk.AskAsync(tool, new JsonObject());
        answer.GetProperty("accounts").EnumerateArray().Select(static account => account.GetProperty("Id").GetString()).ShouldBe(sees.Select(static account => account.AccountId));
        answer.GetProperty("account_count").GetInt32().ShouldBe(sees.Count);

        // In quotes: a unit's path may hold an account's name.
        Accounts.Except(sees).ShouldAllBe(account => !answer.GetRawText().Contains($"\"{account.Name}\"", StringComparison.Ordinal) && !answer.GetRawText().Contains(account.AccountId, StringComparison.Ordinal));

        // In pages of one nobody is counted who is not shown.
        var (pages, next) = (new List<string>(), default(string));
        do
        {
            var page = await talk.AskAsync(tool, new JsonObject { ["limit"] = 1, ["next_token"] = next });
            pages.AddRange(page.GetProperty("accounts").EnumerateArray().Select(static account => account.GetProperty("Id").GetString()!));
            next = page.GetProperty("next_token").GetString();
            page.GetProperty("truncated").GetBoolean().ShouldBe(next is not null);
        }
        while (next is not null);
        pages.ShouldBe(sees.Select(static account => account.AccountId));
    }

    private static async Task CheckAccountsAsync(Talk talk, string tool, List<TestAccount> sees)
    {
        var unknown = (await talk.AskAsync(tool, new JsonObject { ["account_id"] = "999999999999" })).GetRawText();
        foreach (var account in Accounts)
        {
            var byId = await talk.AskAsync(tool, new JsonObject { ["account_id"] = account.AccountId });
            var byName = await talk.AskAsync(tool, new JsonObject { ["account_id"] = account.Name });
            (byId.TryGetProperty("error", out _), byName.TryGetProperty("error", out _)).ShouldBe((!sees.Contains(account), !sees.Contains(account)), $"{tool} {account.Name}");
            if (!sees.Contains(account))
            {
                byId.GetRawText().ShouldBe(unknown.Replace("999999999999", account.AccountId, StringComparison.Ordinal));
            }

            var near = (await talk.AskAsync(tool, new JsonObject { ["account_id"] = account.Name[..^1] })).GetRawText();
            Accounts.Except(sees).ShouldAllBe(other => !near.Contains(other.Name, StringComparison.Ordinal));
        }
    }

    /// <summary>Rules that name a provider mean ours.</summary>
    private AccessRule Here(AccessRule rule) => rule.Who.Issuers.Count == 0 ? rule : rule with { Who = rule.Who with { Issuers = [_issuer.Issuer] } };

    private JsonObject ClaimsOf(Caller caller)
    {
        var claims = _issuer.Claims(_time.GetUtcNow());
        (claims["sub"], claims["groups"]) = (caller.Principal, new JsonArray([.. caller.Groups.Select(static group => (JsonNode)group)]));
        claims.Remove("roles");
        return claims;
    }

    private async Task<TestGateway> StartAsync(AccessRules rules)
    {
        var organization = new StubOrganization(new StubAws(static call => call.Operation == "sts:AssumeRole" ? StubAnswer.Session(call, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero)) : Empty(call)), new CentralOps.Accounts.Tests.Stubs.ManualTime());
        var directory = new AccountDirectory(new FixedSource(), organization.Time);
        var services = new ToolServices(new WayIn(directory, rules, organization.Entrance), directory, organization.Home, organization.Time);
        var targets = Tools.GroupBy(static tool => tool.Split("___")[0]).ToList();
        var config = TestGateway.Config([.. targets.Select((target, number) => TestGateway.Target(target.Key, [.. target.Select(Definition)]) with { TargetId = $"TARGET{number:D4}", Endpoint = new TargetEndpoint.Builtin(target.Key) })]) with
        {
            Authorizer = GatewayAuthorizer.CustomJwt,
            CustomJwt = new CustomJwtConfig { DiscoveryUrl = _issuer.DiscoveryUrl },
            Search = true,
        };
        return await TestGateway.StartAsync(TestGateway.Options(config) with
        {
            Gateway = config,
            Builtins = targets.ToDictionary(static target => target.Key, target => (ITarget)new TestTarget((call, cancellationToken) => RunAsync(target.Key, call, services, cancellationToken)), StringComparer.Ordinal),
            Access = rules,
            Time = _time,
            Discovery = new HttpMessageInvoker(AwsHttp.CreateHandler()),
        });
    }

    private static ToolDefinition Definition(string tool)
    {
        var declaration = ToolCatalog.Declarations.Single(one => one.Name == tool.Split("___")[1]);
        return new(declaration.Name, declaration.Description, Input, null);
    }

    private static async ValueTask<TargetAnswer> RunAsync(string target, ToolInvocation call, ToolServices services, CancellationToken cancellationToken)
    {
        var output = new ArrayBufferWriter<byte>();
        var name = call.ToolName.Split("___")[^1];
        var tool = ToolCatalog.Tools.Single(one => one.Name == name);
        await tool.RunAsync(new ToolCall(call.Arguments, call.Caller, "request-1", services) { CalledAs = $"{target}___{name}" }, output, cancellationToken);
        return TargetAnswer.Of(output.WrittenMemory);
    }

    private static StubAnswer Empty(StubCall call) => call.Operation switch
    {
        "ec2:DescribeInstances" => """{"Reservations":[]}""",
        "ec2:DescribeVpcs" => """{"Vpcs":[]}""",
        "rds:DescribeDBInstances" => """{"DBInstances":[]}""",
        _ => "{}",
    };

    /// <summary>One caller's talk with the gateway.</summary>
    private sealed class Talk(TestGateway gateway, string token)
    {
        public async Task<List<string>> ListAsync()
        {
            var (names, cursor) = (new List<string>(), "{}");
            while (true)
            {
                var result = (await PostAsync(McpGateway.Request("tools/list", cursor))).Result;
                names.AddRange(result.GetProperty("tools").EnumerateArray().Select(static tool => tool.GetProperty("name").GetString()!));
                if (!result.TryGetProperty("nextCursor", out var next))
                {
                    return names;
                }

                cursor = $$"""{"cursor":"{{next.GetString()}}"}""";
            }
        }

        public async Task<List<string>> FindAsync(string query)
        {
            var found = JsonDocument.Parse((await CallAsync(Search, new JsonObject { ["query"] = query })).Text).RootElement;
            return [.. found.GetProperty("tools").EnumerateArray().Select(static tool => tool.GetProperty("name").GetString()!)];
        }

        public async Task<JsonElement> AskAsync(string tool, JsonObject arguments)
        {
            var answer = await CallAsync(tool, arguments);
            answer.Text.ShouldStartWith("{", customMessage: $"{tool} {arguments}");
            return JsonDocument.Parse(answer.Text).RootElement;
        }

        public Task<McpAnswer> CallAsync(string tool, JsonObject arguments)
        {
            foreach (var absent in arguments.Where(static argument => argument.Value is null).Select(static argument => argument.Key).ToList())
            {
                arguments.Remove(absent);
            }

            return PostAsync(McpHttp.Call(arguments.ToJsonString(), tool: tool));
        }

        private Task<McpAnswer> PostAsync(string body) => gateway.Http.PostAsync(body, ("Authorization", $"Bearer {token}"));
    }

    private sealed class FixedSource : IAccountSource
    {
        public string Name => "fixed";

        public Task<AccountsRead> ReadAllAsync(AccountDetail detail, CancellationToken cancellationToken) =>
            Task.FromResult(new AccountsRead([.. Accounts.Select(Whole)], null) { Detail = AccountDetail.Units | AccountDetail.Tags, Source = Name });

        public Task<AccountRead> ReadAsync(AccountId id, CancellationToken cancellationToken) =>
            Task.FromResult(new AccountRead(Accounts.FirstOrDefault(account => account.AccountId == id.ToString()) is { } found ? new Account { Id = id, Name = found.Name } : null, null));

        private static Account Whole(TestAccount account) =>
            new() { Id = StubOrganization.Id(account.AccountId), Name = account.Name, OrganizationalUnit = account.UnitPath, Tags = new Dictionary<string, string>(account.TagValues!) };
    }
}
