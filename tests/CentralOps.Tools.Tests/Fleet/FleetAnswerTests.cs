using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts.Tests.Stubs;

namespace CentralOps.Tools.Tests.Fleet;

public sealed class FleetAnswerTests
{
    private const string Tool = "describe_ec2_instances";

    [Fact]
    public async Task Every_account_and_region_with_something_in_it_is_told_in_order_and_the_empty_ones_are_counted()
    {
        var fleet = StubFleet.Of(3, 4, static (account, region) => region == 2 ? 0 : account + region);
        var answer = await new ToolRunner(fleet.Aws).RunAsync(Tool, """{"accounts":"all","region":"all"}""");
        StubFleet.Of(answer).ShouldBe(fleet.All());
        answer.GetProperty("failures").GetArrayLength().ShouldBe(0);
        answer.GetProperty("truncated").GetBoolean().ShouldBeFalse();
        Summary(answer).ShouldBe((3, 4, 8, 4, 0, 0, fleet.All().Count));
        var first = answer.GetProperty("results")[0];
        first.EnumerateObject().Select(static member => member.Name).ShouldBe(["account_id", "account_name", "region", "instance_count", "instances"]);
        first.GetProperty("account_name").GetString().ShouldBe($"account {StubFleet.Id(0)}");
        fleet.Aws.CountOf("sts:AssumeRole").ShouldBe(3 + 1, "one for each account, and the directory's");
        fleet.Aws.CountOf("ec2:DescribeRegions").ShouldBe(3);
    }

    [Theory]
    [InlineData("""{"accounts":"100000000001"}""")]
    [InlineData("""{"accounts":["account 100000000001"],"region":"eu-aest-1"}""")]
    [InlineData("""{"account_id":"100000000001","region":["eu-aest-1"]}""")]
    [InlineData("""{"account_id":"account 100000000001","region":"eu-aest-1,eu-aest-2"}""")]
    [InlineData("""{"account_id":"100000000001","region":"all"}""")]
    public async Task What_is_written_as_several_is_answered_as_several_even_where_it_means_one(string arguments)
    {
        var answer = await new ToolRunner(StubFleet.Of(3, 2, static (_, _) => 2).Aws).RunAsync(Tool, arguments);
        answer.EnumerateObject().Select(static member => member.Name).ShouldBe(["results", "failures", "summary", "truncated", "next_token"]);
        answer.GetProperty("summary").GetProperty("accounts").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task One_account_and_one_region_are_answered_as_before()
    {
        var fleet = StubFleet.Of(3, 2, static (_, _) => 2);
        var answer = await new ToolRunner(fleet.Aws).RunAsync(Tool, """{"account_id":"100000000001","region":"eu-aest-1"}""");
        answer.EnumerateObject().Select(static member => member.Name).ShouldBe(["account_id", "region", "instance_count", "instances", "truncated", "next_token", "failures"]);
        fleet.Aws.CountOf("ec2:DescribeRegions").ShouldBe(0);
        fleet.Aws.CountOf("organizations:ListAccounts").ShouldBe(0);
    }

    [Theory]
    [InlineData("""{}""", "account_id is missing", "Give account_id, or accounts for several")]
    [InlineData("""{"account_id":"100000000001","accounts":"all"}""", "accounts is given together with account_id", "Give account_id for one account, or accounts for several")]
    [InlineData("""{"accounts":"all","region":"all,eu-aest-1"}""", "region has 'all' beside other regions", "Write region as all")]
    [InlineData("""{"accounts":"all","region":[]}""", "region is an empty list", "Name 1 to 100 regions")]
    [InlineData("""{"accounts":"all","region":["eu-aest-1","moon"]}""", "region is 'moon'", "Write region as in us-east-1")]
    [InlineData("""{"accounts":[]}""", "accounts is empty", "Write accounts as in")]
    [InlineData("""{"accounts":["tag:"]}""", "accounts is no tag", "Write accounts as in")]
    [InlineData("""{"accounts":7}""", "accounts has to be a string", "Write accounts in double quotes")]
    [InlineData("""{"accounts":"all","fields":["InstanceTyp"]}""", "fields has the field 'InstanceTyp', which there is not", "Did you mean InstanceType or InstanceId?")]
    [InlineData("""{"accounts":"all","query":"[?"}""", "query is no JMESPath expression", "Write it as in")]
    [InlineData("""{"accounts":"all","format":"xml"}""", "format is 'xml'", "Write format as one of json, table, csv")]
    [InlineData("""{"accounts":"all","max_bytes":10}""", "max_bytes has to be a whole number from 1024", "Write max_bytes from 1024")]
    public async Task What_is_wrong_with_the_arguments_is_told_with_its_repair(string arguments, string problem, string repair)
    {
        var error = (await new ToolRunner(StubFleet.Of(1, 1, static (_, _) => 1).Aws).RunAsync(Tool, arguments)).GetProperty("error");
        error.GetProperty("stage").GetString().ShouldBe("arguments");
        error.GetProperty("message").GetString()!.ShouldContain(problem);
        error.GetProperty("remedy").GetString()!.ShouldContain(repair);
    }

    [Fact]
    public async Task A_selector_that_means_nothing_is_refused_and_one_that_means_several_in_account_id_says_accounts()
    {
        var runner = new ToolRunner(StubFleet.Of(2, 1, static (_, _) => 1).Aws);
        (await runner.RunAsync(Tool, """{"accounts":["all","!Nowhere"]}""")).GetProperty("error").GetProperty("code").GetString().ShouldBe("UnknownAccount");
        var error = (await runner.RunAsync(Tool, """{"account_id":"100000000000,100000000001"}""")).GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("AmbiguousAccount");
        error.GetProperty("remedy").GetString()!.ShouldContain("accounts");
    }

    [Fact]
    public async Task Broken_accounts_and_places_are_told_once_each_and_cost_the_others_nothing()
    {
        var fleet = StubFleet.Of(4, 2, static (_, _) => 3);
        fleet.Instead = (call, account, _) => Task.FromResult<StubAnswer?>(call.Operation switch
        {
            "sts:AssumeRole" when call.Text("RoleArn")!.Contains(StubFleet.Id(1), StringComparison.Ordinal) => StubAnswer.Failed("AccessDenied", "Not you."),
            "ec2:DescribeRegions" when account == StubFleet.Id(2) => StubAnswer.Failed("UnauthorizedOperation", "Not this."),
            "ec2:DescribeInstances" when account == StubFleet.Id(3) && call.Region == "eu-aest-1" => StubAnswer.Failed("OptInRequired", "Not here."),
            _ => null,
        });
        var answer = await new ToolRunner(fleet.Aws).RunAsync(Tool, """{"accounts":"all","region":"all"}""");
        StubFleet.Of(answer).ShouldBe(fleet.All().Where(static instance => instance.StartsWith("100000000000", StringComparison.Ordinal) || instance.StartsWith("100000000003/eu-aest-2", StringComparison.Ordinal)));
        Failures(answer).ShouldBe(["100000000001//assume_role", "100000000002//service", "100000000003/eu-aest-1/region_disabled"]);
        answer.GetProperty("failures").EnumerateArray().ShouldAllBe(static failure => failure.GetProperty("remedy").GetString()!.Length > 10);
        Summary(answer).ShouldBe((4, 2, 3, 0, 3, 0, 9));
    }

    [Fact]
    public async Task A_place_that_fails_in_the_middle_keeps_what_was_read()
    {
        var fleet = StubFleet.Of(2, 1, static (_, _) => 700);
        fleet.Instead = (call, account, _) => Task.FromResult<StubAnswer?>(
            account == StubFleet.Id(0) && call.Text("NextToken") is not null ? StubAnswer.Failed("InternalError", "Not now.", 500) : null);
        var answer = await new ToolRunner(fleet.Aws).RunAsync(Tool, """{"accounts":"all","region":"all","max_bytes":6000000}""");
        StubFleet.Of(answer).Count(static instance => instance.StartsWith("100000000000", StringComparison.Ordinal)).ShouldBe(500);
        StubFleet.Of(answer).Count(static instance => instance.StartsWith("100000000001", StringComparison.Ordinal)).ShouldBe(700);
        var failure = answer.GetProperty("failures").EnumerateArray().ShouldHaveSingleItem();
        failure.GetProperty("part").ValueKind.ShouldBe(JsonValueKind.Null);
        failure.GetProperty("code").GetString().ShouldBe("InternalError");
        Summary(answer).ShouldBe((2, 1, 1, 0, 1, 0, 1200));
    }

    [Fact]
    public async Task A_fault_is_not_swallowed()
    {
        var fleet = StubFleet.Of(5, 3, static (_, _) => 1);
        fleet.Instead = static (call, account, _) => account == StubFleet.Id(3) && call.Operation == "ec2:DescribeInstances" ? throw new NotSupportedException("A bug.") : Task.FromResult<StubAnswer?>(null);
        await Should.ThrowAsync<NotSupportedException>(() => new ToolRunner(fleet.Aws).RunAsync(Tool, """{"accounts":"all","region":"all"}"""));
    }

    [Fact]
    public async Task Fields_query_and_format_make_something_else_of_the_items()
    {
        var runner = new ToolRunner(StubFleet.Of(2, 2, static (_, _) => 3).Aws);
        var answer = await runner.RunAsync(Tool, """{"accounts":"all","region":"all","fields":["Tags.Name","InstanceId"]}""");
        answer.GetProperty("results")[0].GetProperty("instances")[0].GetRawText().ShouldBe("""{"Tags.Name":"xxxxxxxxxx","InstanceId":"i-0"}""");

        answer = await runner.RunAsync(Tool, """{"accounts":"all","region":"all","query":"[?State=='stopped'].[account_id, region, InstanceId]"}""");
        answer.TryGetProperty("results", out _).ShouldBeFalse();
        answer.GetProperty("result").GetRawText().ShouldBe("""[["100000000000","eu-aest-1","i-0"],["100000000000","eu-aest-2","i-0"],["100000000001","eu-aest-1","i-0"],["100000000001","eu-aest-2","i-0"]]""");
        Summary(answer).Items.ShouldBe(12);

        answer = await runner.RunAsync(Tool, """{"accounts":"all","region":"all","fields":["InstanceId","State"],"format":"csv"}""");
        var lines = answer.GetProperty("csv").GetString()!.Split("\r\n");
        lines[..2].ShouldBe(["account_id,account_name,region,InstanceId,State", "100000000000,account 100000000000,eu-aest-1,i-0,stopped"]);
        lines.Length.ShouldBe(1 + 12 + 1);

        answer = await runner.RunAsync(Tool, """{"account_id":"100000000000","region":"eu-aest-1","query":"length(@)"}""");
        answer.GetProperty("result").GetInt32().ShouldBe(3);
        answer.GetProperty("account_id").GetString().ShouldBe("100000000000");
        answer = await runner.RunAsync(Tool, """{"account_id":"100000000000","region":"eu-aest-1","fields":["State"]}""");
        answer.GetProperty("instances").GetRawText().ShouldBe("""[{"State":"stopped"},{"State":"running"},{"State":"running"}]""");
    }

    [Fact]
    public async Task A_query_reads_more_than_it_answers_and_less_where_it_answers_too_much()
    {
        var fleet = StubFleet.Of(4, 1, static (_, _) => 300);
        var runner = new ToolRunner(fleet.Aws);
        var few = await runner.RunAsync(Tool, """{"accounts":"all","region":"all","query":"length(@)"}""");
        few.GetProperty("result").GetInt32().ShouldBe(1200, "far more than 40 KB of items");
        var many = await runner.RunAsync(Tool, """{"accounts":"all","region":"all","query":"[].{a: @, b: @}"}""");
        many.GetRawText().Length.ShouldBeLessThan(41 * 1024);
        many.GetProperty("truncated").GetBoolean().ShouldBeTrue();
        var items = many.GetProperty("result").GetArrayLength();
        var next = await runner.RunAsync(Tool, new JsonObject { ["accounts"] = "all", ["region"] = "all", ["query"] = "[].{a: @, b: @}", ["next_token"] = many.GetProperty("next_token").GetString() }.ToJsonString());
        next.GetProperty("result")[0].GetProperty("a").GetProperty("InstanceId").GetString().ShouldBe($"i-{items}");
    }

    [Fact]
    public async Task Lists_of_a_whole_account_are_asked_once_an_account_and_told_as_of_all_regions()
    {
        var fleet = StubFleet.Of(2, 2, static (_, _) => 1);
        fleet.Instead = static (call, account, _) => Task.FromResult<StubAnswer?>(call.Operation == "s3:ListBuckets" ? (StubAnswer)$$"""{"Buckets":[{"Name":"of-{{account}}"}]}""" : null);
        var answer = await new ToolRunner(fleet.Aws).RunAsync("list_s3_buckets", """{"accounts":"all"}""");
        answer.GetProperty("results").EnumerateArray().Select(static place => $"{place.GetProperty("region")} {place.GetProperty("buckets")[0].GetProperty("Name")}")
            .ShouldBe(["aws-global of-100000000000", "aws-global of-100000000001"]);
        answer.GetProperty("summary").GetProperty("asked_regions").GetArrayLength().ShouldBe(0);
        (await new ToolRunner(fleet.Aws).RunAsync("list_s3_buckets", """{"accounts":"all","region":"all"}""")).GetProperty("error").GetProperty("stage").GetString().ShouldBe("arguments");
    }

    internal static (int Accounts, int Regions, int Succeeded, int Empty, int Failed, int Skipped, int Items) Summary(JsonElement answer)
    {
        var summary = answer.GetProperty("summary");
        int Of(string name) => summary.GetProperty(name).GetInt32();
        return (Of("accounts"), Of("regions"), Of("succeeded"), Of("empty"), Of("failed"), Of("skipped"), Of("items"));
    }

    internal static List<string> Failures(JsonElement answer) =>
        [.. answer.GetProperty("failures").EnumerateArray().Select(static failure => $"{failure.GetProperty("account_id")}/{failure.GetProperty("region")}/{failure.GetProperty("stage")}")];
}
