using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Access.Callers;
using CentralOps.Access.Sealing;
using CentralOps.Accounts.Quotas;
using CentralOps.Sandbox;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Trail;
using CentralOps.ToolPages;

namespace CentralOps.Tools.Tests.Live;

/// <summary>One question to all accounts of an organization, of which some cannot be worked in.</summary>
public sealed class FleetTests : IAsyncLifetime
{
    private static readonly TokenKeys Keys = TokenKeys.New();
    private static readonly QuotaSettings Patient = new() { Rates = QuotaRates.Learnt, LongestWait = TimeSpan.FromMinutes(2) };

    private SandboxServer _server = null!;

    private LiveTools Tools { get; set; } = null!;

    public async Task InitializeAsync()
    {
        _server = await SandboxServer.StartAsync(new SandboxOptions { Estate = BrokenAccounts.Estate }, CancellationToken.None);
        Tools = NewTools();
    }

    public async Task DisposeAsync()
    {
        await Tools.DisposeAsync();
        await _server.DisposeAsync();
    }

    public static TheoryData<string> Regional => [.. FanOut.Regional.Select(static tool => tool.Tool)];

    [Theory]
    [MemberData(nameof(Regional))]
    public async Task Every_row_of_every_healthy_place_is_there_and_every_broken_account_says_why(string tool)
    {
        var list = FanOut.Regional.Single(one => one.Tool == tool).List;
        var pages = await PagesAsync(Tools, tool, new JsonObject { ["accounts"] = "all", ["region"] = "all", ["max_bytes"] = 1_000_000 });
        var failures = pages.SelectMany(static page => page.GetProperty("failures").EnumerateArray()).ToList();
        failures.ShouldAllBe(static failure => failure.GetProperty("remedy").GetString()!.Length > 10);
        var byAccount = failures.ToLookup(static failure => failure.GetProperty("account_id").GetString()!);
        foreach (var (account, stage) in new[] { (BrokenAccounts.WithoutRole, "assume_role"), (BrokenAccounts.Suspended, "account_suspended"), (BrokenAccounts.WithPlainTrust, "assume_role"), (BrokenAccounts.UnderServiceControl, "scp") })
        {
            var failure = byAccount[account].ShouldHaveSingleItem();
            failure.GetProperty("region").ValueKind.ShouldBe(JsonValueKind.Null);
            failure.GetProperty("stage").GetString().ShouldBe(stage);
        }

        if (tool == "describe_rds_instances")
        {
            byAccount[BrokenAccounts.WithoutPermission].Count().ShouldBeGreaterThan(10, "in every region of its own");
        }

        // The same as each account and region by itself.
        var places = pages.SelectMany(static page => page.GetProperty("results").EnumerateArray()).ToList();
        places.Count.ShouldBeGreaterThan(3);
        var singles = await Tools.AskAllAsync(places.Select(place => new Question(tool, place.GetProperty("account_id").GetString()!, place.GetProperty("region").GetString()!)));
        foreach (var place in places)
        {
            var single = singles[new Question(tool, place.GetProperty("account_id").GetString()!, place.GetProperty("region").GetString()!)];
            place.GetProperty(list).GetRawText().ShouldBe(single.GetProperty(list).GetRawText());
        }

        var total = pages.Sum(static page => page.GetProperty("summary").GetProperty("items").GetInt32());
        places.Sum(place => place.GetProperty(list).GetArrayLength()).ShouldBe(total);
    }

    public static TheoryData<string> Everything => [.. ToolCatalog.Declarations.Where(static tool => tool.InputSchema.GetProperty("properties").TryGetProperty("accounts", out _) && tool.Subject is not "fleet").Select(static tool => tool.Name)];

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task The_schema_of_a_tool_is_true_of_its_answers_over_many_accounts_and_of_shaped_ones(string tool)
    {
        var declaration = ToolCatalog.Declarations.Single(one => one.Name == tool);
        var forms = declaration.OutputSchema.GetProperty("anyOf");
        var question = JsonNode.Parse(declaration.Example)!.AsObject();
        question.Remove("account_id");
        question["accounts"] = "222222222222,333333333333,!333333333333";
        SchemaCheck.Fits(await Tools.AskAsync(tool, question), WithItems(forms[2], forms[0]), tool);
        foreach (var format in new[] { "json", "table", "csv" })
        {
            question["format"] = format;
            question["query"] = "[].account_name";
            var shaped = await Tools.AskAsync(tool, question);
            SchemaCheck.Fits(shaped, Open(forms[3]), tool);
            shaped.GetRawText().ShouldContain("Production", customMessage: shaped.ToString());
        }

        // And of one account's, with fields.
        var one = JsonNode.Parse(declaration.Example)!.AsObject();
        one["fields"] = new JsonArray(((AccountTool)ToolCatalog.Tools.Single(candidate => candidate.Name == tool)).RowFields[0]);
        SchemaCheck.Fits(await Tools.AskAsync(tool, one), forms[0], tool);
    }

    [Fact]
    public async Task A_long_answer_is_paged_without_gap_or_duplicate_by_processes_that_have_the_same_key()
    {
        var whole = await PagesAsync(Tools, "describe_ec2_instances", new JsonObject { ["accounts"] = "all", ["region"] = "all", ["max_bytes"] = 1_000_000 });
        await using var other = NewTools();
        var turn = 0;
        var pages = await PagesAsync(() => turn++ % 2 == 0 ? Tools : other, "describe_ec2_instances", new JsonObject { ["accounts"] = "all", ["region"] = "all", ["max_bytes"] = 12_000 });
        pages.Count.ShouldBeGreaterThan(8);
        pages.ShouldAllBe(static page => page.GetRawText().Length <= 12_000);
        Items(pages).ShouldBe(Items(whole));
        pages.Sum(static page => page.GetProperty("failures").GetArrayLength()).ShouldBe(whole.Sum(static page => page.GetProperty("failures").GetArrayLength()));
    }

    [Fact]
    public async Task Sixty_four_callers_with_overlapping_questions_cost_one_AssumeRole_for_each_caller_and_account()
    {
        await using var tools = NewTools();
        var before = _server.Trail.Last;
        string[] questions =
        [
            """{"accounts":"ou:Workloads","region":"us-east-1,eu-west-1","fields":["InstanceId"]}""",
            """{"accounts":["222222222222","333333333333"],"region":"all","fields":["InstanceId"]}""",
        ];
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).SelectMany(caller => questions.Select(question =>
            tools.AskAsync(new Caller($"arn:aws:iam::111111111111:user/caller-{caller}", CallerKind.Iam), "describe_ec2_instances", question, CancellationToken.None))));
        answers.ShouldAllBe(static answer => answer.GetProperty("results").GetArrayLength() > 0);
        answers.ShouldAllBe(static answer => answer.GetProperty("summary").GetProperty("skipped").GetInt32() == 0);
        var assumed = _server.Trail.Find(new TrailQuery(Service: "sts", Operation: "AssumeRole", After: before, Limit: 10_000)).Where(static call => call.ErrorCode is null).ToList();
        var accounts = answers.SelectMany(static answer => answer.GetProperty("results").EnumerateArray()).Select(static place => place.GetProperty("account_id").GetString()).Distinct().Count();
        accounts.ShouldBeGreaterThan(1);

        // One for each caller and account, and those of the directory.
        assumed.Count(static call => !call.Resource!.Contains(":111111111111:", StringComparison.Ordinal)).ShouldBe(64 * accounts);
    }

    private LiveTools NewTools() => new(_server.Url, LiveTools.KeysOf(_server), quotas: Patient) { TokenKeys = Keys };

    /// <summary>A query's result may be anything.</summary>
    private static JsonElement Open(JsonElement schema)
    {
        var open = JsonNode.Parse(schema.GetRawText())!;
        open["properties"]!["result"] = JsonNode.Parse("""{"type":["array","null"],"items":{"type":["string","null"]}}""");
        return JsonDocument.Parse(open.ToJsonString()).RootElement;
    }

    /// <summary>Items in places are what they are in the answer of one account.</summary>
    private static JsonElement WithItems(JsonElement fleet, JsonElement single)
    {
        var whole = JsonNode.Parse(fleet.GetRawText())!;
        var members = whole["properties"]!["results"]!["items"]!["properties"]!.AsObject();
        foreach (var name in members.Select(static member => member.Key).Where(name => members[name]!["type"]!.ToString() is "array" or "object" && single.GetProperty("properties").TryGetProperty(name, out _)).ToList())
        {
            members[name] = JsonNode.Parse(single.GetProperty("properties").GetProperty(name).GetRawText());
        }

        return JsonDocument.Parse(whole.ToJsonString()).RootElement;
    }

    private static List<string> Items(IEnumerable<JsonElement> pages) =>
        [.. pages.SelectMany(static page => page.GetProperty("results").EnumerateArray()).SelectMany(static place => place.GetProperty("instances").EnumerateArray().Select(item => $"{place.GetProperty("account_id")} {place.GetProperty("region")} {item}"))];

    private static Task<List<JsonElement>> PagesAsync(LiveTools tools, string tool, JsonObject arguments) => PagesAsync(() => tools, tool, arguments);

    private static async Task<List<JsonElement>> PagesAsync(Func<LiveTools> tools, string tool, JsonObject arguments)
    {
        var pages = new List<JsonElement>();
        do
        {
            pages.Add(await tools().AskAsync(tool, arguments));
            pages[^1].TryGetProperty("error", out var error).ShouldBeFalse(error.ToString());
            arguments["next_token"] = pages[^1].GetProperty("next_token").GetString();
            pages.Count.ShouldBeLessThan(1000);
        }
        while (arguments["next_token"] is not null);

        return pages;
    }
}
