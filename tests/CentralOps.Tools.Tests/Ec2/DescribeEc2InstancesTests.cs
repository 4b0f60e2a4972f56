using System.Text;
using System.Text.Json;
using CentralOps.Accounts.Tests.Stubs;

namespace CentralOps.Tools.Tests.Ec2;

public sealed class DescribeEc2InstancesTests
{
    private const string Name = "describe_ec2_instances";

    [Fact]
    public async Task An_answer_has_the_guides_fields_and_types()
    {
        var answer = await new ToolRunner(new StubAws(new StubInstances(1).Answer)).RunAsync(Name, """{"account_id":"222222222222"}""");
        answer.GetRawText().ShouldBe(
            """{"account_id":"222222222222","region":"us-east-1","instance_count":1,"instances":[{"InstanceId":"i-0","InstanceType":"m7g.large","State":"running","PrivateIpAddress":"10.0.0.1","PublicIpAddress":null,"LaunchTime":"2026-01-02T03:04:05Z","AvailabilityZone":"us-east-1a","VpcId":"vpc-1","SubnetId":"subnet-1","Tags":{"Name":"web 0"}}],"truncated":false,"next_token":null,"failures":[]}""");
    }

    [Fact]
    public async Task An_account_named_by_its_name_answers_with_its_id() =>
        (await new ToolRunner(new StubAws(new StubInstances(1).Answer)).RunAsync(Name, """{"account_id":"production","region":"eu-west-1"}"""))
            .GetProperty("account_id").GetString().ShouldBe("222222222222");

    [Theory]
    [InlineData(0, 3, false)]
    [InlineData(1, 1, false)]
    [InlineData(4, 3, false)]
    [InlineData(23, 1, false)]
    [InlineData(23, 3, false)]
    [InlineData(23, 7, true)]
    [InlineData(23, 23, false)]
    [InlineData(23, 1000, true)]
    [InlineData(2500, 999, false)]
    public async Task Answers_continue_without_gap_or_duplicate_whatever_the_limit(int count, int limit, bool emptyPages)
    {
        var runner = new ToolRunner(new StubAws(new StubInstances(count) { EmptyPages = emptyPages }.Answer));
        var ids = new List<string>();
        string? token = null;
        for (var call = 0; ; call++)
        {
            call.ShouldBeLessThan((count / limit) + 2);
            var answer = await runner.RunAsync(Name, JsonSerializer.Serialize(new { account_id = "222222222222", limit, next_token = token }));
            var page = answer.GetProperty("instances").EnumerateArray().Select(static instance => instance.GetProperty("InstanceId").GetString()!).ToList();
            answer.GetProperty("instance_count").GetInt32().ShouldBe(page.Count);
            ids.AddRange(page);
            token = answer.GetProperty("next_token").GetString();
            answer.GetProperty("truncated").GetBoolean().ShouldBe(token is not null);
            if (token is null)
            {
                break;
            }

            page.Count.ShouldBe(limit);
        }

        ids.ShouldBe(Enumerable.Range(0, count).Select(static number => $"i-{number}"));
    }

    [Fact]
    public async Task Ids_are_asked_without_a_page_size_and_can_be_continued_too()
    {
        var runner = new ToolRunner(new StubAws(new StubInstances(100).Answer));
        var first = await runner.RunAsync(Name, """{"account_id":"222222222222","instance_ids":["i-5","i-6","i-7"],"limit":2}""");
        first.GetProperty("truncated").GetBoolean().ShouldBeTrue();
        var token = first.GetProperty("next_token").GetString();
        var second = await runner.RunAsync(Name, $$"""{"account_id":"222222222222","instance_ids":["i-5","i-6","i-7"],"limit":2,"next_token":"{{token}}"}""");
        second.GetProperty("instances")[0].GetProperty("InstanceId").GetString().ShouldBe("i-7");
        second.GetProperty("truncated").GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"account_id":"333333333333","limit":2,"next_token":"TOKEN"}""")]
    [InlineData("""{"account_id":"222222222222","region":"eu-west-1","limit":2,"next_token":"TOKEN"}""")]
    [InlineData("""{"account_id":"222222222222","filters":[{"Name":"vpc-id","Values":["v"]}],"limit":2,"next_token":"TOKEN"}""")]
    [InlineData("""{"account_id":"222222222222","limit":2,"next_token":"xTOKEN"}""")]
    [InlineData("""{"account_id":"222222222222","limit":2,"next_token":"aws-2"}""")]
    public async Task A_next_token_of_another_question_or_a_damaged_one_is_refused(string arguments)
    {
        var runner = new ToolRunner(new StubAws(new StubInstances(10).Answer));
        var first = await runner.RunAsync(Name, """{"account_id":"222222222222","limit":2}""");
        var answer = await runner.RunAsync(Name, arguments.Replace("TOKEN", first.GetProperty("next_token").GetString()));
        answer.GetProperty("error").GetProperty("stage").GetString().ShouldBe("arguments");
        answer.GetProperty("error").GetProperty("message").GetString()!.ShouldStartWith("next_token ");
    }

    [Fact]
    public async Task A_next_token_may_go_on_with_another_limit_and_never_shows_AWSs_own()
    {
        var runner = new ToolRunner(new StubAws(new StubInstances(20).Answer));
        var token = (await runner.RunAsync(Name, """{"account_id":"222222222222","limit":7}""")).GetProperty("next_token").GetString()!;
        token.ShouldNotContain("aws-");
        var rest = await runner.RunAsync(Name, $$"""{"account_id":"Production","limit":1000,"next_token":"{{token}}"}""");
        rest.GetProperty("instances")[0].GetProperty("InstanceId").GetString().ShouldBe("i-7");
        rest.GetProperty("instance_count").GetInt32().ShouldBe(13);
    }

    [Fact]
    public async Task A_page_token_that_AWS_has_forgotten_costs_a_second_reading_and_no_instance()
    {
        var instances = new StubInstances(20);
        var runner = new ToolRunner(new StubAws(instances.Answer));
        var token = (await runner.RunAsync(Name, """{"account_id":"222222222222","limit":10}""")).GetProperty("next_token").GetString()!;
        instances.TokenPrefix = "new-";
        var answer = await runner.RunAsync(Name, $$"""{"account_id":"222222222222","limit":6,"next_token":"{{token}}"}""");
        answer.GetProperty("instances").EnumerateArray().Select(static instance => instance.GetProperty("InstanceId").GetString()).ShouldBe(Enumerable.Range(10, 6).Select(static number => $"i-{number}"));
        var note = answer.GetProperty("failures").EnumerateArray().ShouldHaveSingleItem();
        note.GetProperty("code").GetString().ShouldBe("ReadAgain");
        note.GetProperty("message").GetString()!.ShouldContain("10 items given before were passed over");

        token = answer.GetProperty("next_token").GetString()!;
        answer = await runner.RunAsync(Name, $$"""{"account_id":"222222222222","limit":10,"next_token":"{{token}}"}""");
        answer.GetProperty("instances").EnumerateArray().Select(static instance => instance.GetProperty("InstanceId").GetString()).ShouldBe(Enumerable.Range(16, 4).Select(static number => $"i-{number}"));
        answer.GetProperty("next_token").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Filters_and_ids_reach_EC2_as_its_own()
    {
        var aws = new StubAws(new StubInstances(3).Answer);
        await new ToolRunner(aws).RunAsync(Name, """{"account_id":"222222222222","instance_ids":["i-1"],"filters":[{"Name":"tag:Team","Values":["a","b"]}]}""");
        var input = aws.Calls.Last().Input;
        input.GetProperty("InstanceIds").GetRawText().ShouldBe("""["i-1"]""");
        input.GetProperty("Filters").GetRawText().ShouldBe("""[{"Name":"tag:Team","Values":["a","b"]}]""");
    }

    [Fact]
    public async Task A_refusal_is_an_answer_with_account_region_and_error()
    {
        var answer = await new ToolRunner(new StubAws(new StubInstances(3).Answer)).RunAsync(Name, """{"account_id":"999999999999","region":"eu-west-1"}""");
        answer.EnumerateObject().Select(static member => member.Name).ShouldBe(["account_id", "region", "error"]);
        answer.GetProperty("account_id").GetString().ShouldBe("999999999999");
        answer.GetProperty("region").GetString().ShouldBe("eu-west-1");
        var error = answer.GetProperty("error");
        error.EnumerateObject().Select(static member => member.Name).ShouldBe(["stage", "code", "message", "remedy"]);
        error.GetProperty("stage").GetString().ShouldBe("unknown_account");
    }

    [Fact]
    public async Task Every_bad_argument_is_named_at_once_with_its_repair()
    {
        var answer = await new ToolRunner(new StubAws(new StubInstances(3).Answer)).RunAsync(
            Name, """{"regoin":"us-east-1","region":"over the hills","limit":5000,"filters":[{"Name":"x","Value":["y"]}],"instance_ids":"i-1"}""");
        var error = answer.GetProperty("error");
        error.GetProperty("stage").GetString().ShouldBe("arguments");
        foreach (var name in new[] { "account_id is missing", "regoin is no argument", "region is 'over the hills'", "limit has to be a whole number from 1 to 1000, not 5000", "filters[0].Value is no argument", "filters[0].Values has to hold", "instance_ids has to be a list" })
        {
            error.GetProperty("message").GetString()!.ShouldContain(name);
        }

        error.GetProperty("remedy").GetString()!.ShouldContain("Did you mean region?");
        error.GetProperty("remedy").GetString()!.ShouldContain("Did you mean Values?");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"account_id\":\"222222222222\",\"account_id\":\"333333333333\"}")]
    [InlineData("{\"account_id\":\"222222222222\"")]
    [InlineData("{\"account_id\":\"\\ud800\"}")]
    [InlineData("{\"account_id\":\"222222222222\",\"instance_ids\":[\"\\uD800\"]}")]
    [InlineData("{\"account_id\":\"222222222222\",\"\\udfff\":1}")]
    [InlineData("{\"account_id\":\"222222222222\",\"filters\":[{\"\\ud800\":\"x\",\"Values\":[\"\\ud800\"]}]}")]
    public async Task Arguments_that_are_no_object_are_refused_in_our_words(string arguments)
    {
        var answer = await new ToolRunner(new StubAws(new StubInstances(3).Answer)).RunAsync(Name, arguments);
        answer.GetProperty("error").GetProperty("message").GetString()!.ShouldBe("The arguments are not a JSON object of whole Unicode text with each name once and at most 16 levels.");
    }

    [Theory]
    [InlineData("{\"account_id\":\"?\"}")]
    [InlineData("{\"account_id\":\"222222222222\",\"?\":1}")]
    [InlineData("{\"account_id\":\"222222222222\",\"instance_ids\":[\"?\"]}")]
    public async Task Bytes_that_are_no_text_are_refused_in_our_words(string arguments)
    {
        var bytes = Encoding.ASCII.GetBytes(arguments);
        bytes.AsSpan().Replace((byte)'?', (byte)0xFF);
        var answer = await new ToolRunner(new StubAws(new StubInstances(3).Answer)).RunAsync(Name, bytes);
        answer.GetProperty("error").GetProperty("message").GetString()!.ShouldStartWith("The arguments are not a JSON object of whole Unicode text");
    }

    [Theory]
    [InlineData("2.0")]
    [InlineData("2e0")]
    [InlineData("0.2e1")]
    public async Task A_whole_number_may_be_written_with_a_point_or_an_exponent(string limit)
    {
        var answer = await new ToolRunner(new StubAws(new StubInstances(3).Answer)).RunAsync(Name, $$"""{"account_id":"222222222222","limit":{{limit}}}""");
        answer.GetProperty("instance_count").GetInt32().ShouldBe(2);
    }

    [Theory]
    [InlineData("2.5")]
    [InlineData("1e999")]
    [InlineData("-1e400")]
    [InlineData("4294967298.0")]
    public async Task A_number_that_is_not_whole_or_too_large_is_refused(string limit)
    {
        var answer = await new ToolRunner(new StubAws(new StubInstances(3).Answer)).RunAsync(Name, $$"""{"account_id":"222222222222","limit":{{limit}}}""");
        answer.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("limit has to be a whole number from 1 to 1000");
    }

    [Fact]
    public async Task However_much_is_wrong_the_answer_stays_small()
    {
        var unknown = string.Join(',', Enumerable.Range(0, 50_000).Select(static number => $"\"{new string('k', 50)}{number}\":1"));
        var answer = await new ToolRunner(new StubAws(new StubInstances(3).Answer)).RunAsync(Name, $$"""{"account_id":"222222222222",{{unknown}}}""");
        var error = answer.GetProperty("error");
        error.GetProperty("message").GetString()!.ShouldEndWith(" 49980 more are wrong too.");
        error.GetRawText().Length.ShouldBeLessThan(10_000);
    }

    [Fact]
    public async Task A_string_that_is_too_long_is_told_to_be_so()
    {
        var answer = await new ToolRunner(new StubAws(new StubInstances(3).Answer)).RunAsync(Name, $$"""{"account_id":"{{new string('x', 513)}}"}""");
        answer.GetProperty("error").GetProperty("message").GetString().ShouldBe("account_id has to be a string of at most 512 characters, not a longer one.");
        answer.GetProperty("error").GetProperty("remedy").GetString().ShouldBe("Write account_id shorter.");
    }

    [Fact]
    public async Task A_page_that_names_itself_as_the_next_is_not_taken_for_the_end()
    {
        var instances = new StubInstances(20);
        var aws = new StubAws(call => call.Operation == "ec2:DescribeInstances" ? """{"Reservations":[],"NextToken":"aws-same"}""" : instances.Answer(call));
        var error = (await new ToolRunner(aws).RunAsync(Name, """{"account_id":"222222222222"}""")).GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("RepeatedNextToken");
    }

    [Fact]
    public async Task Strings_from_AWS_lose_what_acts()
    {
        var instances = new StubInstances(1) { Tag = "evil\u202Egpj.exe\u001b[2J\u0000 \U000E0049gnore\nnext \"line\"" };
        var answer = await new ToolRunner(new StubAws(instances.Answer)).RunAsync(Name, """{"account_id":"222222222222"}""");
        answer.GetProperty("instances")[0].GetProperty("Tags").GetProperty("Name").GetString().ShouldBe("evilgpj.exe[2J gnore\nnext \"line\"");
    }

    [Fact]
    public async Task When_time_runs_out_the_answer_says_so()
    {
        var time = new ManualTime();
        var reached = new TaskCompletionSource();
        var instances = new StubInstances(1);
        var aws = new StubAws(async (call, cancellationToken) =>
        {
            if (call.Operation == "ec2:DescribeInstances")
            {
                reached.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return instances.Answer(call);
        });
        var answering = new ToolRunner(aws, time) { TimeAllowed = TimeSpan.FromSeconds(2.5) }.RunAsync(Name, """{"account_id":"222222222222"}""");
        await reached.Task;
        time.Advance(TimeSpan.FromSeconds(3));
        var answer = await answering;
        answer.GetProperty("account_id").GetString().ShouldBe("222222222222");
        answer.GetProperty("error").GetProperty("code").GetString().ShouldBe("DeadlineExceeded");
        answer.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("2.5 s");
    }

    [Fact]
    public async Task An_answer_larger_than_what_carries_it_is_refused_with_a_way_out()
    {
        var answer = await new ToolRunner(new StubAws(new StubInstances(50).Answer)) { MaxAnswerBytes = 100 }.RunAsync(Name, """{"account_id":"222222222222"}""");
        answer.GetProperty("error").GetProperty("code").GetString().ShouldBe("AnswerTooLarge");
        answer.GetProperty("error").GetProperty("remedy").GetString()!.ShouldContain("smaller limit");
    }
}
