using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts.Tests.Stubs;

namespace CentralOps.Tools.Tests.CloudWatch;

public sealed class GetCloudWatchMetricsTests
{
    private const string Name = "get_cloudwatch_metrics";

    [Fact]
    public async Task A_span_back_from_now_stays_the_same_on_every_page()
    {
        var calls = new List<StubCall>();
        var runner = StubAccounts.Runner(call =>
        {
            calls.Add(call);
            return call.Text("NextToken") is null ? Points("PartialData", 3, next: "more") : Points("Complete", 2, next: null);
        });
        var first = await runner.RunAsync(Name, Question(limit: 3));
        first.GetProperty("metrics")[0].GetProperty("Values").GetArrayLength().ShouldBe(3);
        first.GetProperty("truncated").GetBoolean().ShouldBeTrue();
        first.GetProperty("period").GetInt32().ShouldBe(60);

        runner.Time.Advance(TimeSpan.FromMinutes(20));
        var second = await runner.RunAsync(Name, Question(limit: 50, first.GetProperty("next_token").GetString()));
        second.GetProperty("metrics")[0].GetProperty("Values").GetArrayLength().ShouldBe(2);
        second.GetProperty("truncated").GetBoolean().ShouldBeFalse();
        second.GetProperty("start_time").GetString().ShouldBe("2026-11-22T09:00:00Z");
        calls.Select(static call => call.Text("StartTime")).Distinct().Count().ShouldBe(1);
        calls[0].Input.GetProperty("MaxDatapoints").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task Pages_of_one_series_become_one()
    {
        var answer = await StubAccounts.Runner(static call => call.Text("NextToken") is null ? Points("PartialData", 3, next: "more") : Points("Complete", 2, next: null))
            .RunAsync(Name, Question(limit: 100));
        var metric = answer.GetProperty("metrics").EnumerateArray().Single();
        metric.GetProperty("Timestamps").GetArrayLength().ShouldBe(5);
        metric.GetProperty("StatusCode").GetString().ShouldBe("Complete");
    }

    [Fact]
    public async Task Points_that_were_read_before_a_page_failed_are_kept()
    {
        var answer = await StubAccounts.Runner(static call => call.Text("NextToken") is null ? Points("PartialData", 3, next: "more") : StubAnswer.Failed("InternalServiceFault", "Oh.", 500))
            .RunAsync(Name, Question(limit: 100));
        answer.GetProperty("metrics")[0].GetProperty("Values").GetArrayLength().ShouldBe(3);
        answer.GetProperty("failures").GetArrayLength().ShouldBe(1);
        answer.GetProperty("next_token").GetString().ShouldNotBeNull();
    }

    [Theory]
    [InlineData("""[]""", "queries is empty")]
    [InlineData("""[{"Namespace":"AWS/EC2"}]""", "queries[0].MetricName is not given with a Namespace")]
    [InlineData("""[{"Expression":"1","MetricName":"a","Namespace":"b"}]""", "queries[0].Expression is given together with a metric")]
    [InlineData("""[{"Id":"Cpu","Expression":"1"}]""", "queries[0].Id has to begin with a small letter")]
    [InlineData("""[{"Id":"a","Expression":"1"},{"Id":"a","Expression":"2"}]""", "queries[1].Id is 'a', which another query has too")]
    [InlineData("""[{"Expresion":"1"}]""", "queries[0].Expresion is no argument")]
    public async Task A_query_that_cannot_be_is_named(string queries, string message)
    {
        var answer = await StubAccounts.Runner(static call => throw new InvalidOperationException(call.Operation))
            .RunAsync(Name, $$"""{"account_id":"222222222222","queries":{{queries}}}""");
        answer.GetProperty("error").GetProperty("message").GetString()!.ShouldContain(message);
    }

    [Fact]
    public async Task A_span_that_ends_before_it_begins_is_refused()
    {
        var answer = await StubAccounts.Runner(static _ => "{}").RunAsync(
            Name, """{"account_id":"222222222222","queries":[{"Expression":"1"}],"start_time":"-1h","end_time":"-2h"}""");
        answer.GetProperty("error").GetProperty("message").GetString().ShouldBe("start_time is not before end_time.");
    }

    private static string Question(int limit, string? token = null)
    {
        var question = new JsonObject
        {
            ["account_id"] = "222222222222",
            ["queries"] = new JsonArray(new JsonObject { ["Namespace"] = "AWS/EC2", ["MetricName"] = "CPUUtilization" }),
            ["limit"] = limit,
        };
        if (token is not null)
        {
            question["next_token"] = token;
        }

        return question.ToJsonString();
    }

    private static StubAnswer Points(string status, int count, string? next)
    {
        var times = Enumerable.Range(0, count).Select(static minute => $"2026-11-22T11:{minute:00}:00Z");
        var result = new { Id = "q1", Label = "CPU", StatusCode = status, Timestamps = times, Values = Enumerable.Repeat(1.5, count) };
        return JsonSerializer.Serialize(next is null ? new { MetricDataResults = new[] { result } } : (object)new { MetricDataResults = new[] { result }, NextToken = next });
    }
}
