using System.Text.Json;
using CentralOps.Agent.Questions;
using CentralOps.Agent.Tests.Fixtures;
using CentralOps.Agent.Toolbox;

namespace CentralOps.Agent.Tests.Questions;

public sealed class QuestionMatcherTests
{
    // A Sunday.
    private static readonly FixedTime Now = new(new(2026, 11, 22, 21, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("servers in Prodution", """{"account_id": "Production"}""")]
    [InlineData("servers in 'log archive'", """{"account_id": "Log Archive"}""")]
    [InlineData("servers in log-archive", """{"account_id": "Log Archive"}""")]
    [InlineData("servers in ou:Workloads/Prod", """{"accounts": "ou:Workloads/Prod"}""")]
    [InlineData("servers everywhere", """{"accounts": "all", "region": "all"}""")]
    [InlineData("servers in Production everywhere but Network", """{"accounts": "Production,all,!Network", "region": "all"}""")]
    [InlineData("Staging servers in us west 2", """{"account_id": "Staging", "region": "us-west-2"}""")]
    [InlineData("servers in Staging in Europe", """{"account_id": "Staging", "region": "eu-central-1,eu-north-1,eu-west-1,eu-west-2,eu-west-3"}""")]
    [InlineData("servers of 222222222222 and 333333333333", """{"accounts": "222222222222,333333333333"}""")]
    public async Task Places_are_read_as_people_write_them(string question, string arguments)
    {
        var match = await MatchAsync(question);
        match.Tool.BareName.ShouldBe("describe_ec2_instances");
        JsonElement.DeepEquals(JsonElement.Parse(match.Arguments.ToJsonString()), JsonElement.Parse(arguments)).ShouldBeTrue(match.Arguments.ToJsonString());
    }

    [Theory]
    [InlineData("last 90 minutes", "-90m", null)]
    [InlineData("over the past hour", "-1h", null)]
    [InlineData("last 24h", "-24h", null)]
    [InlineData("in the last week", "-7d", null)]
    [InlineData("past 2 weeks", "-2w", null)]
    [InlineData("since Sunday", "2026-11-22T00:00:00Z", null)]
    [InlineData("since yesterday", "2026-11-21T00:00:00Z", null)]
    [InlineData("since 09:30", "2026-11-22T09:30:00Z", null)]
    [InlineData("today", "2026-11-22T00:00:00Z", null)]
    [InlineData("between 2026-11-01 and 2026-11-03", "2026-11-01T00:00:00Z", "2026-11-03T00:00:00Z")]
    [InlineData("on Friday", "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z")]
    public async Task Times_are_read_as_people_write_them(string words, string start, string? end)
    {
        var match = await MatchAsync($"CPU of i-0abb12dfbdd47c147 in Production {words}");
        match.Tool.BareName.ShouldBe("get_cloudwatch_metrics");
        match.Arguments["start_time"]!.GetValue<string>().ShouldBe(start);
        match.Arguments["end_time"]?.GetValue<string>().ShouldBe(end);
    }

    [Fact]
    public async Task What_the_tool_cannot_be_told_is_said_and_not_dropped_in_silence()
    {
        var match = await MatchAsync("Which servers were launched in Production since Monday?");
        match.Tool.BareName.ShouldBe("describe_ec2_instances");
        match.NotUsed.ShouldContain(words => words.Contains("2026-11-16"));
    }

    [Fact]
    public async Task What_the_tool_needs_and_the_question_lacks_is_said()
    {
        var match = await MatchAsync("CloudWatch metrics data points in Production");
        match.Tool.BareName.ShouldBe("get_cloudwatch_metrics");
        match.Missing.ShouldBe(["queries"]);
    }

    [Fact]
    public async Task A_tool_that_says_it_writes_is_never_offered()
    {
        var tools = new OwnTools();
        tools.Listed.Insert(0, new AgentTool("x___terminate_ec2_instances", "Terminate EC2 instances, running servers, all of them.", JsonElement.Parse("""{"type": "object"}""")) { SaysItWrites = true });
        var match = (await new QuestionMatcher(tools, Now).MatchAsync("terminate all running servers in Production", CancellationToken.None)).ShouldNotBeNull();
        match.Others.Append(match.Tool).ShouldNotContain(tool => tool.Name.StartsWith("x___", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tool_of_others_is_found_by_the_gateways_search_and_filled_by_the_names_of_its_arguments()
    {
        var tools = new OwnTools();
        var other = new AgentTool("hr___find_badge", "Find a badge.", JsonElement.Parse("""{"type": "object", "properties": {"limit": {"type": "integer"}, "badge": {"type": "string"}}, "required": ["badge"]}"""));
        tools.Listed.Add(other);
        var searching = new OwnTools { Search = _ => [other] };
        searching.Listed.Add(other);
        foreach (var offered in new[] { tools, searching })
        {
            var match = (await new QuestionMatcher(offered, Now).MatchAsync("first 5 badges of the office", CancellationToken.None)).ShouldNotBeNull();
            match.Tool.Name.ShouldBe("hr___find_badge");
            match.Arguments.ToJsonString().ShouldBe("""{"limit":5}""");
            match.Missing.ShouldBe(["badge"]);
        }
    }

    [Fact]
    public async Task Accounts_that_cannot_be_listed_leave_ids_and_say_so()
    {
        var tools = new OwnTools { Answer = static (_, _) => new ToolAnswer("Refused\u001b[2J at access", IsError: true) };
        var match = (await new QuestionMatcher(tools, Now).MatchAsync("servers in 222222222222", CancellationToken.None)).ShouldNotBeNull();
        match.Arguments["account_id"]!.GetValue<string>().ShouldBe("222222222222");
        match.Notes.ShouldHaveSingleItem().ShouldContain("by their ids alone");
        match.Notes[0].ShouldNotContain('\u001b');
    }

    [Fact]
    public async Task A_list_of_accounts_without_an_end_is_stopped()
    {
        var calls = 0;
        var tools = new OwnTools { Answer = (_, _) => new ToolAnswer($$"""{"accounts": [{"Id": "{{++calls:D12}}", "Name": "a", "OrganizationalUnit": 5}], "next_token": "more"}""", IsError: false) };
        var match = await new QuestionMatcher(tools, Now).MatchAsync("servers in 222222222222", CancellationToken.None);
        match.ShouldNotBeNull().Notes.ShouldHaveSingleItem();
        calls.ShouldBeLessThan(100);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("?!?")]
    [InlineData("the of and")]
    [InlineData("'")]
    [InlineData("''' \"\" `")]
    [InlineData("in in in in")]
    [InlineData("last")]
    [InlineData("last 99999999999999 hours")]
    [InlineData("port 99999")]
    [InlineData("since since since between and")]
    [InlineData("=a b= tag:= ou:")]
    [InlineData("\ud800 lone surrogate in Production")]
    public async Task No_text_breaks_the_reading(string question) =>
        await Should.NotThrowAsync(() => new QuestionMatcher(new OwnTools(), Now).MatchAsync(question, CancellationToken.None));

    [Fact]
    public async Task Long_and_hostile_texts_are_read_in_bounded_time()
    {
        var begun = TimeProvider.System.GetTimestamp();
        foreach (var piece in (string[])["a-b.c ", "all accounts except ", "' ", "last 24 hours ", "\u202eservers\u0000 "])
        {
            await new QuestionMatcher(new OwnTools(), Now).MatchAsync(string.Concat(Enumerable.Repeat(piece, 100_000)), CancellationToken.None);
        }

        TimeProvider.System.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }

    private static async Task<SearchMatch> MatchAsync(string question) =>
        (await new QuestionMatcher(new OwnTools(), Now).MatchAsync(question, CancellationToken.None)).ShouldNotBeNull();
}
