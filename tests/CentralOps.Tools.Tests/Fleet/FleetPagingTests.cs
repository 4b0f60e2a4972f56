using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Access.Callers;
using CentralOps.Access.Rules;
using CentralOps.Access.Sealing;
using CentralOps.Accounts.Tests.Stubs;
using FsCheck;
using FsCheck.Fluent;

namespace CentralOps.Tools.Tests.Fleet;

public sealed class FleetPagingTests
{
    private const string Tool = "describe_ec2_instances";

    [Theory]
    [InlineData(1024, null)]
    [InlineData(4096, null)]
    [InlineData(40_960, null)]
    [InlineData(40_960, 1)]
    [InlineData(40_960, 7)]
    [InlineData(40_960, 1000)]
    public async Task Pages_hold_what_they_may_and_together_everything_once(int maxBytes, int? limit)
    {
        var fleet = StubFleet.Of(3, 3, static (account, region) => region == 1 ? 0 : (40 * account) + region);
        var runner = new ToolRunner(fleet.Aws);
        var (items, pages) = await FollowAsync(runner, maxBytes, limit);
        items.ShouldBe(fleet.All());
        foreach (var page in pages)
        {
            var count = page.GetProperty("summary").GetProperty("items").GetInt32();
            (page.GetRawText().Length <= maxBytes || count <= 1).ShouldBeTrue($"{page.GetRawText().Length} bytes, {count} items");
            count.ShouldBeLessThanOrEqualTo(limit ?? int.MaxValue);
        }

        pages[^1].GetProperty("summary").GetProperty("skipped").GetInt32().ShouldBe(0);
        pages.SkipLast(1).ShouldAllBe(static page => page.GetProperty("summary").GetProperty("skipped").GetInt32() > 0);
        pages.Sum(static page => FleetAnswerTests.Summary(page).Succeeded).ShouldBe(6 - 1);
        pages.Sum(static page => FleetAnswerTests.Summary(page).Empty).ShouldBe(3 + 1);
    }

    [Fact]
    public void Whatever_the_fleet_and_the_budget_pages_are_the_whole() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(40),
        Prop.ForAll(
            Gen.Choose(0, 60).Select(static count => count > 45 ? count * 20 : count > 25 ? 0 : count).ArrayOf().Where(static counts => counts.Length is > 0 and < 12).ToArbitrary(),
            Gen.Choose(1024, 60_000).ToArbitrary(),
            Gen.Choose(0, 50).ToArbitrary(),
            (counts, maxBytes, limit) =>
            {
                var fleet = StubFleet.Of((counts.Length + 2) / 3, 3, (account, region) => (account * 3) + region is var at && at < counts.Length ? counts[at] : 0);
                var runner = new ToolRunner(fleet.Aws);
                FollowAsync(runner, maxBytes, limit == 0 ? null : limit * 20).GetAwaiter().GetResult().Items.ShouldBe(fleet.All());
            }));

    [Fact]
    public async Task Accounts_and_regions_that_come_and_go_leave_no_gap_and_no_duplicate_among_those_that_stay()
    {
        var fleet = StubFleet.Of(6, 3, static (_, _) => 40);
        var staying = fleet.All().Where(static instance => !instance.StartsWith("100000000002", StringComparison.Ordinal) && !instance.StartsWith("100000000004", StringComparison.Ordinal)).ToList();
        var time = new ManualTime();
        var runner = new ToolRunner(fleet.Aws, time);
        var page = 0;
        var (items, _) = await FollowAsync(runner, 9000, null, () =>
        {
            // The place that the next page begins in goes, others come before and after; what is known of accounts is let grow old.
            time.Advance(TimeSpan.FromSeconds(301));
            page++;
            if (page == 4)
            {
                fleet.Remove(StubFleet.Id(2));
                fleet.Remove(StubFleet.Id(4));
            }

            fleet.Set("099999999999", "eu-aest-1", page);
            fleet.Set(StubFleet.Id(5), "eu-aest-0", 3);
        });
        items.ShouldBeUnique();
        items.Where(staying.Contains).ShouldBe(staying);
    }

    [Fact]
    public async Task A_token_that_AWS_has_forgotten_costs_a_second_reading_of_the_place_and_says_so()
    {
        var fleet = StubFleet.Of(2, 1, static (_, _) => 1800);
        var runner = new ToolRunner(fleet.Aws);
        var page = 0;
        var (items, pages) = await FollowAsync(runner, 1_000_000, 700, () => fleet.TokenPrefix = $"aws{++page}-");
        items.ShouldBe(fleet.All());
        var notes = pages.SelectMany(static answer => answer.GetProperty("failures").EnumerateArray()).ToList();
        notes.Count.ShouldBeGreaterThan(1);
        notes.ShouldAllBe(static note => note.GetProperty("code").GetString() == "ReadAgain" && note.GetProperty("stage").GetString() == "expired");
    }

    [Fact]
    public async Task One_item_that_is_larger_than_the_budget_is_given_alone()
    {
        var fleet = StubFleet.Of(1, 2, static (_, _) => 2);
        fleet.TagLength = 5000;
        var (items, pages) = await FollowAsync(new ToolRunner(fleet.Aws), 1024, null);
        items.ShouldBe(fleet.All());
        pages.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Failures_count_into_the_budget_and_are_paged_like_items()
    {
        var fleet = StubFleet.Of(40, 1, static (_, _) => 1);
        fleet.Instead = static (call, _, _) => Task.FromResult<StubAnswer?>(call.Operation == "sts:AssumeRole" && !call.Text("RoleArn")!.Contains(":111111111111:", StringComparison.Ordinal) ? StubAnswer.Failed("AccessDenied", "Not you.") : null);
        var (items, pages) = await FollowAsync(new ToolRunner(fleet.Aws), 8000, null);
        items.ShouldBeEmpty();
        pages.Count.ShouldBeGreaterThan(3);
        pages.ShouldAllBe(static page => page.GetRawText().Length <= 8000);
        pages.SelectMany(FleetAnswerTests.Failures).ShouldBe(Enumerable.Range(0, 40).Select(static number => $"{StubFleet.Id(number)}//assume_role"));
    }

    [Fact]
    public async Task A_token_is_refused_to_others_after_its_time_and_with_another_question()
    {
        var (fleet, time, keys) = (StubFleet.Of(2, 1, static (_, _) => 300), new ManualTime(), TokenKeys.New());
        var jane = new Caller("arn:aws:iam::111111111111:user/jane", CallerKind.Iam);
        ToolRunner Runner(Caller caller, TokenKeys known) => new(fleet.Aws, time) { Caller = caller, TokenKeys = known, Rules = AccessRules.Everybody };
        var token = Token(await Runner(jane, keys).RunAsync(Tool, """{"accounts":"all","region":"all"}"""));
        string With(string arguments) => arguments.Replace("TOKEN", token, StringComparison.Ordinal);

        await Refused(Runner(jane with { Principal = "arn:aws:iam::111111111111:user/joe" }, keys), With("""{"accounts":"all","region":"all","next_token":"TOKEN"}"""), "another caller");
        await Refused(Runner(jane, TokenKeys.New()), With("""{"accounts":"all","region":"all","next_token":"TOKEN"}"""), "another key");
        await Refused(Runner(jane, keys), With("""{"accounts":"100000000001","region":"all","next_token":"TOKEN"}"""), "other arguments");
        await Refused(Runner(jane, keys), With("""{"accounts":"all","next_token":"TOKEN"}"""), "other arguments");
        await Refused(Runner(jane, keys), With("""{"accounts":"all","region":"all","fields":["State"],"next_token":"TOKEN"}"""), "other arguments");
        await Refused(Runner(jane, keys), With("""{"account_id":"100000000000","region":"eu-aest-1","next_token":"TOKEN"}"""), "other arguments");
        await Refused(Runner(jane, keys), """{"accounts":"all","region":"all","next_token":"made-up"}""", "not one that CentralOps gave");

        // Another process with the same key goes on.
        var next = await Runner(jane, keys).RunAsync(Tool, With("""{"accounts":"all","region":"all","limit":1,"next_token":"TOKEN"}"""));
        next.TryGetProperty("error", out _).ShouldBeFalse(next.ToString());
        time.Advance(TimeSpan.FromMinutes(61));
        await Refused(Runner(jane, keys), With("""{"accounts":"all","region":"all","next_token":"TOKEN"}"""), "has expired");
    }

    [Fact]
    public async Task A_page_reads_not_much_more_than_it_gives()
    {
        var fleet = StubFleet.Of(100, 5, static (_, _) => 20);
        var runner = new ToolRunner(fleet.Aws);
        var first = await runner.RunAsync(Tool, """{"accounts":"all","region":"all"}""");
        var given = first.GetProperty("results").GetArrayLength();
        fleet.Reads.Count.ShouldBeLessThan(128 + 64 + given, "before anything is known, what AWS is asked at once");
        fleet.Reads.Clear();
        await runner.RunAsync(Tool, new JsonObject { ["accounts"] = "all", ["region"] = "all", ["next_token"] = Token(first) }.ToJsonString());
        fleet.Reads.Count.ShouldBeLessThan((4 * given) + 10, "then about as much as the page before");
    }

    private static async Task Refused(ToolRunner runner, string arguments, string problem)
    {
        var error = (await runner.RunAsync(Tool, arguments)).GetProperty("error");
        error.GetProperty("stage").GetString().ShouldBe("arguments");
        error.GetProperty("message").GetString()!.ShouldContain(problem);
        error.GetProperty("remedy").GetString()!.ShouldContain("leave next_token out");
    }

    private static string Token(JsonElement answer) => answer.GetProperty("next_token").GetString().ShouldNotBeNull();

    /// <summary>All items, page by page.</summary>
    private static async Task<(List<string> Items, List<JsonElement> Pages)> FollowAsync(ToolRunner runner, int maxBytes, int? limit, Action? between = null)
    {
        var (items, pages) = (new List<string>(), new List<JsonElement>());
        var arguments = new JsonObject { ["accounts"] = "all", ["region"] = "all", ["max_bytes"] = maxBytes };
        if (limit is not null)
        {
            arguments["limit"] = limit;
        }

        do
        {
            var page = await runner.RunAsync(Tool, arguments.ToJsonString());
            page.TryGetProperty("error", out var error).ShouldBeFalse(error.ToString());
            pages.Add(page);
            items.AddRange(StubFleet.Of(page));
            page.GetProperty("truncated").GetBoolean().ShouldBe(page.GetProperty("next_token").ValueKind == JsonValueKind.String);
            arguments["next_token"] = page.GetProperty("next_token").GetString();
            pages.Count.ShouldBeLessThan(5000);
            between?.Invoke();
        }
        while (arguments["next_token"] is not null);

        return (items, pages);
    }
}
