using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Access.Rules.Files;
using CentralOps.Sandbox;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Faults;
using CentralOps.Sandbox.Trail;
using CentralOps.ToolPages;

namespace CentralOps.Tools.Tests.Live;

/// <summary>Figures over the default estate, compared with what its accounts answer one by one.</summary>
public sealed class AggregateResultsTests : IAsyncLifetime
{
    private SandboxServer _server = null!;

    private LiveTools Tools { get; set; } = null!;

    public async Task InitializeAsync()
    {
        _server = await SandboxServer.StartAsync(new SandboxOptions { Estate = BrokenAccounts.Estate }, CancellationToken.None);
        Tools = Anew();
    }

    public async Task DisposeAsync()
    {
        await Tools.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Running_instances_by_type_and_unit_are_one_call_and_what_the_accounts_answer_one_by_one()
    {
        var answer = await AskAsync("""{"tool":"describe_ec2_instances","group_by":["InstanceType","ou"],"measures":["count"],"where":"State=='running'","top":1000}""");
        var told = answer.GetProperty("groups").EnumerateArray().ToDictionary(
            static group => $"{group.GetProperty("InstanceType").GetString()} {group.GetProperty("ou").GetString()}", static group => group.GetProperty("count").GetInt32());

        var counted = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var account in await AccountsAsync())
        {
            var alone = await Tools.AskAsync("describe_ec2_instances", new JsonObject { ["account_id"] = account.GetProperty("Id").GetString(), ["limit"] = 1000 });
            foreach (var instance in alone.TryGetProperty("instances", out var instances) ? instances.EnumerateArray() : default)
            {
                var key = $"{instance.GetProperty("InstanceType").GetString()} {account.GetProperty("OrganizationalUnit").GetString()}";
                counted[key] = counted.GetValueOrDefault(key) + (instance.GetProperty("State").GetString() == "running" ? 1 : 0);
            }
        }

        told.ShouldNotBeEmpty();
        told.OrderBy(static one => one.Key, StringComparer.Ordinal).ShouldBe(counted.Where(static one => one.Value > 0).OrderBy(static one => one.Key, StringComparer.Ordinal));
        answer.GetProperty("row_count").GetInt32().ShouldBe(counted.Values.Sum());
        answer.GetProperty("other").ValueKind.ShouldBe(JsonValueKind.Null);
        answer.ToString().Length.ShouldBeLessThan(40_000);
    }

    [Fact]
    public async Task Broken_accounts_stay_visible_and_the_figures_say_that_they_are_of_a_part()
    {
        var answer = await AskAsync("""{"tool":"describe_rds_instances","group_by":["Engine"],"measures":["count","sum(AllocatedStorage)"]}""");
        answer.GetProperty("complete").GetBoolean().ShouldBeFalse();
        answer.GetProperty("notes")[0].GetString().ShouldNotBeNull().ShouldStartWith("The figures are of a part:");
        var failed = answer.GetProperty("failures").EnumerateArray().Select(static failure => failure.GetProperty("account_id").GetString()).ToList();
        failed.ShouldContain(BrokenAccounts.WithoutRole);
        failed.ShouldContain(BrokenAccounts.Suspended);
        answer.GetProperty("failure_counts").EnumerateArray().Sum(static kind => kind.GetProperty("count").GetInt32()).ShouldBe(failed.Count);
        answer.GetProperty("summary").GetProperty("failed").GetInt32().ShouldBeGreaterThan(1);
        answer.GetProperty("groups").EnumerateArray().ShouldAllBe(static group => group.GetProperty("count").GetInt32() > 0 && group.GetProperty("sum(AllocatedStorage)").GetDecimal() > 0);
    }

    [Fact]
    public async Task Of_healthy_accounts_alone_the_figures_are_complete()
    {
        var answer = await AskAsync("""{"tool":"list_lambda_functions","accounts":["222222222222","Staging"],"group_by":["account_name","Runtime"],"measures":["count","max(MemorySize)","avg(MemorySize)"]}""");
        answer.GetProperty("complete").GetBoolean().ShouldBeTrue(answer.ToString());
        answer.GetProperty("notes").GetArrayLength().ShouldBe(0);
        answer.GetProperty("groups").EnumerateArray().Select(static group => group.GetProperty("account_name").GetString()).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Groups_are_a_table_or_CSV_on_request()
    {
        var table = (await AskAsync("""{"tool":"describe_ec2_instances","accounts":"222222222222","group_by":["State"],"format":"table"}""")).GetProperty("table").GetString()!;
        table.ShouldStartWith("State          count\n-------------  -----\nrunning           46\n");
        var csv = (await AskAsync("""{"tool":"describe_ec2_instances","accounts":"222222222222","group_by":["State"],"format":"csv"}""")).GetProperty("csv").GetString()!;
        csv.ShouldStartWith("State,count\r\n");
    }

    [Fact]
    public async Task Unit_and_tags_of_the_account_are_fields()
    {
        var answer = await AskAsync("""{"tool":"list_s3_buckets","group_by":["ou","account_tags.env"],"measures":["count","count_distinct(account_id)","distinct(BucketRegion)"]}""");
        answer.GetProperty("groups").EnumerateArray().Select(static group => group.GetProperty("ou").GetString()).ShouldContain(static unit => unit != null);
        answer.GetProperty("groups")[0].GetProperty("distinct(BucketRegion)").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("""{"tool":"list_accounts"}""", "tool is 'list_accounts', which is no tool over accounts that you may use")]
    [InlineData("""{"tool":"aggregate_results"}""", "which is no tool over accounts")]
    [InlineData("""{"tool":"find_resource"}""", "which is no tool over accounts")]
    [InlineData("""{"tool":"describe_ec2_instance"}""", "which is no tool over accounts")]
    [InlineData("""{}""", "tool is missing")]
    [InlineData("""{"tool":"describe_ec2_instances","arguments":{"filters":[{"Name":"x"}]}}""", "arguments.filters[0].Values has to hold at least one value")]
    [InlineData("""{"tool":"describe_ec2_instances","arguments":{"filter":[]}}""", "arguments.filter is no argument of this tool")]
    [InlineData("""{"tool":"describe_ec2_instances","arguments":{"limit":3,"accounts":"all"}}""", "arguments.limit is not among that tool's own arguments here. arguments.accounts is not")]
    [InlineData("""{"tool":"get_lambda_function"}""", "arguments.function_name is missing")]
    [InlineData("""{"tool":"describe_ec2_instances","group_by":["Typ","Zebra"],"measures":["total"],"where":"[","order_by":"x"}""", "group_by has the field 'Typ', which there is not")]
    [InlineData("""{"tool":"describe_ec2_instances","arguments":[1]}""", "arguments has to be an object")]
    [InlineData("""{"tool":"describe_ec2_instances","accounts":"nobody"}""", "No account that you may see is meant by 'nobody'")]
    public async Task What_cannot_be_asked_is_refused_by_its_name(string arguments, string told)
    {
        var answer = await AskAsync(arguments);
        answer.TryGetProperty("error", out var error).ShouldBeTrue(answer.ToString());
        error.GetProperty("message").GetString().ShouldNotBeNull().ShouldContain(told);
        error.GetProperty("remedy").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task All_that_is_wrong_with_the_figures_is_told_at_once()
    {
        var message = (await AskAsync("""{"tool":"describe_ec2_instances","group_by":["Typ","Zebra"],"measures":["total"],"where":"[","order_by":"x"}""")).GetProperty("error").GetProperty("message").GetString()!;
        message.ShouldContain("'Zebra'");
        message.ShouldContain("'total', which is no measure");
        message.ShouldContain("where is no JMESPath expression: At character 1");
        message.ShouldContain("order_by is 'x'");
    }

    [Fact]
    public async Task Figures_hold_nothing_of_an_account_in_which_the_caller_may_not_use_the_inner_tool()
    {
        await using var tools = Anew("[{who: local, tools: [aggregate_results, list_lambda_functions], accounts: all}, {who: local, tools: describe_ec2_instances, accounts: '222222222222'}]");
        var answer = await tools.AskAsync("aggregate_results", """{"tool":"describe_ec2_instances","group_by":["account_id"]}""", CancellationToken.None);
        answer.GetProperty("groups").EnumerateArray().Select(static group => group.GetProperty("account_id").GetString()).ShouldBe(["222222222222"]);
        answer.GetProperty("failures").GetArrayLength().ShouldBe(0);
        answer.GetProperty("summary").GetProperty("accounts").GetInt32().ShouldBe(1);

        var other = await tools.AskAsync("aggregate_results", """{"tool":"describe_ec2_instances","accounts":"333333333333"}""", CancellationToken.None);
        other.Refusal().Stage.ShouldBe("unknown_account");
        var forbidden = await tools.AskAsync("aggregate_results", """{"tool":"describe_rds_instances"}""", CancellationToken.None);
        forbidden.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNull().ShouldContain("no tool over accounts that you may use");
        forbidden.GetProperty("error").GetProperty("remedy").GetString().ShouldNotBeNull().ShouldNotContain("list_s3_buckets");
    }

    [Fact]
    public async Task Who_may_not_aggregate_may_not_though_the_inner_tool_is_his()
    {
        await using var tools = Anew("[{who: local, tools: describe_ec2_instances, accounts: all}]");
        (await tools.AskAsync("aggregate_results", """{"tool":"describe_ec2_instances"}""", CancellationToken.None)).Refusal().Code.ShouldBe("UnknownTool");
    }

    [Fact]
    public async Task Each_session_is_the_inner_tools_own_and_confined_to_its_operations()
    {
        var before = _server.Trail.Last;
        await AskAsync("""{"tool":"describe_ec2_instances","accounts":"222222222222"}""");
        var calls = _server.Trail.Find(new TrailQuery(After: before, Limit: 10_000)).Where(static call => call.Service == "ec2").ToList();
        calls.ShouldNotBeEmpty();
        calls.ShouldAllBe(static call => call.SessionTags.Values.Contains("describe_ec2_instances"));
        calls.Select(static call => call.Operation).Distinct().ShouldBeSubsetOf(["DescribeInstances", "DescribeRegions"]);
    }

    [Fact]
    public async Task When_the_time_is_up_the_figures_say_what_they_are_of()
    {
        _server.Faults.Add(new Fault(FaultKind.Latency, Account: "333333333333", Service: "ec2", LatencyMs: 60_000));
        await using var tools = new LiveTools(_server.Url, LiveTools.KeysOf(_server)) { TimeAllowed = TimeSpan.FromSeconds(8) };
        var answer = await tools.AskAsync("aggregate_results", """{"tool":"describe_ec2_instances","accounts":["222222222222","333333333333"],"group_by":["account_id"]}""", CancellationToken.None);
        answer.GetProperty("complete").GetBoolean().ShouldBeFalse(answer.ToString());
        answer.GetProperty("groups").EnumerateArray().Select(static group => group.GetProperty("account_id").GetString()).ShouldBe(["222222222222"]);
        answer.GetProperty("failures")[0].GetProperty("stage").GetString().ShouldBe("deadline");
    }

    [Fact]
    public async Task A_cancelled_call_ends()
    {
        _server.Faults.Add(new Fault(FaultKind.Latency, Service: "ec2", LatencyMs: 60_000));
        using var cancel = new CancellationTokenSource();
        var call = Tools.AskAsync("aggregate_results", """{"tool":"describe_ec2_instances"}""", cancel.Token);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(call.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Every_form_of_the_answer_is_what_the_schema_says()
    {
        var schema = ToolCatalog.Declarations.Single(static tool => tool.Name == "aggregate_results").OutputSchema.GetProperty("anyOf")[0];
        foreach (var format in new[] { "json", "table", "csv" })
        {
            var answer = await AskAsync($$"""{"tool":"describe_ec2_instances","group_by":["InstanceType"],"top":1,"format":"{{format}}"}""");
            SchemaCheck.Fits(answer, schema, format);
        }
    }

    private Task<JsonElement> AskAsync(string arguments) => Tools.AskAsync("aggregate_results", arguments, CancellationToken.None);

    private async Task<IReadOnlyList<JsonElement>> AccountsAsync() => [.. (await Tools.AskAsync("list_accounts", new JsonObject { ["limit"] = 1000 })).GetProperty("accounts").EnumerateArray()];

    private LiveTools Anew(string? rules = null) => new(_server.Url, LiveTools.KeysOf(_server), rules: rules is null ? null : RulesFile.Parse($"rules: {rules}", "access.yaml"));
}
