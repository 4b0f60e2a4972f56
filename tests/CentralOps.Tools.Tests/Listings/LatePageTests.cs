using System.Text.Json;
using CentralOps.Accounts.Tests.Stubs;

namespace CentralOps.Tools.Tests.Listings;

/// <summary>Pages that fail after others were read.</summary>
public sealed class LatePageTests
{
    private const string Name = "describe_ec2_vpcs";

    [Fact]
    public async Task What_was_read_before_a_page_failed_is_answered_and_the_token_goes_on_there()
    {
        var denied = true;
        var runner = StubAccounts.Runner(call => denied && call.Text("NextToken") == "two"
            ? StubAnswer.Failed("RequestLimitExceeded", "Slow down.", 503)
            : Page(call.Text("NextToken") ?? "one"));
        var answer = await runner.RunAsync(Name, """{"account_id":"222222222222"}""");
        Ids(answer).ShouldBe(["vpc-one"]);
        answer.GetProperty("truncated").GetBoolean().ShouldBeTrue();
        var failure = answer.GetProperty("failures").EnumerateArray().Single();
        failure.EnumerateObject().Select(static member => member.Name).ShouldBe(["account_id", "region", "part", "stage", "code", "message", "remedy"]);
        failure.GetProperty("account_id").GetString().ShouldBe("222222222222");
        failure.GetProperty("part").ValueKind.ShouldBe(JsonValueKind.Null);
        failure.GetProperty("stage").GetString().ShouldBe("throttled");

        denied = false;
        var rest = await runner.RunAsync(Name, $$"""{"account_id":"222222222222","next_token":"{{answer.GetProperty("next_token").GetString()}}"}""");
        Ids(rest).ShouldBe(["vpc-two", "vpc-three"]);
        rest.GetProperty("failures").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_first_page_that_fails_is_a_refusal()
    {
        var answer = await StubAccounts.Runner(static _ => StubAnswer.Failed("UnauthorizedOperation")).RunAsync(Name, """{"account_id":"222222222222"}""");
        answer.GetProperty("error").GetProperty("code").GetString().ShouldBe("UnauthorizedOperation");
    }

    [Fact]
    public async Task When_time_is_up_what_was_read_is_answered()
    {
        var time = new ManualTime();
        var reached = new TaskCompletionSource();
        var aws = new StubAws(async (call, cancellationToken) =>
        {
            if (call.Text("NextToken") == "two")
            {
                reached.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return StubAccounts.Way(call) ?? Page(call.Text("NextToken") ?? "one");
        });
        var answering = new ToolRunner(aws, time) { TimeAllowed = TimeSpan.FromSeconds(5) }.RunAsync(Name, """{"account_id":"222222222222"}""");
        await reached.Task;
        time.Advance(TimeSpan.FromSeconds(6));
        var answer = await answering;
        Ids(answer).ShouldBe(["vpc-one"]);
        answer.GetProperty("failures")[0].GetProperty("code").GetString().ShouldBe("DeadlineExceeded");
        answer.GetProperty("next_token").GetString().ShouldNotBeNull();
    }

    [Fact]
    public async Task A_page_that_would_not_pass_any_more_is_left_for_the_next_answer()
    {
        var runner = new ToolRunner(new StubAws(static call => StubAccounts.Way(call) ?? Page(call.Text("NextToken") ?? "one", new string('x', 50_000)))) { MaxAnswerBytes = 150_000 };
        var answer = await runner.RunAsync(Name, """{"account_id":"222222222222"}""");
        Ids(answer).ShouldBe(["vpc-one"]);
        answer.GetProperty("truncated").GetBoolean().ShouldBeTrue();
        answer.GetProperty("failures").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_later_page_that_names_itself_as_the_next_is_told_as_a_failure()
    {
        var answer = await StubAccounts.Runner(static _ => """{"Vpcs":[{"VpcId":"vpc-1"}],"NextToken":"same"}""").RunAsync(Name, """{"account_id":"222222222222"}""");
        answer.GetProperty("failures")[0].GetProperty("code").GetString().ShouldBe("RepeatedNextToken");
        Ids(answer).ShouldBe(["vpc-1", "vpc-1"]);
    }

    private static IEnumerable<string?> Ids(JsonElement answer) => answer.GetProperty("vpcs").EnumerateArray().Select(static vpc => vpc.GetProperty("VpcId").GetString());

    private static StubAnswer Page(string name, string tag = "")
    {
        var next = name switch { "one" => ",\"NextToken\":\"two\"", "two" => ",\"NextToken\":\"three\"", _ => "" };
        return $$$"""{"Vpcs":[{"VpcId":"vpc-{{{name}}}","Tags":[{"Key":"Name","Value":"{{{tag}}}"}]}]{{{next}}}}""";
    }
}
