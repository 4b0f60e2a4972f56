using System.Text.Json;
using CentralOps.Accounts.Tests.Stubs;

namespace CentralOps.Tools.Tests.Ecs;

public sealed class ListEcsServicesTests
{
    private const string Name = "list_ecs_services";

    private readonly List<string> _clusters = ["c-b", "c-a", "c-empty", "c-d"];

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(100)]
    public async Task Services_of_all_clusters_come_once_each_in_pages_of_any_size(int limit)
    {
        var found = await FollowAsync(limit, static () => { });
        found.Count.ShouldBe(36);
        found.Distinct().Count().ShouldBe(36);
    }

    [Fact]
    public async Task A_cluster_that_comes_meanwhile_shifts_nothing()
    {
        var found = await FollowAsync(5, () => _clusters.Add("c-0"));
        found.Where(static name => !name.StartsWith("c-0", StringComparison.Ordinal)).Distinct().Count().ShouldBe(36);
        found.Distinct().Count().ShouldBe(found.Count);
    }

    [Fact]
    public async Task Services_are_described_by_ten_and_missing_ones_told()
    {
        var sizes = new List<int>();
        var answer = await StubAccounts.Runner(call =>
        {
            if (call.Operation == "ecs:DescribeServices")
            {
                sizes.Add(call.Input.GetProperty("services").GetArrayLength());
            }

            return Answer(call);
        }).RunAsync(Name, """{"account_id":"222222222222","cluster":"c-a","services":["c-a/s-0","gone"]}""");
        answer.GetProperty("service_count").GetInt32().ShouldBe(1);
        answer.GetProperty("failures")[0].GetProperty("part").GetString().ShouldBe("gone");
        answer.GetProperty("failures")[0].GetProperty("code").GetString().ShouldBe("MISSING");
        sizes.ShouldAllBe(static size => size <= 10);
    }

    [Fact]
    public async Task Services_without_their_cluster_are_refused()
    {
        var answer = await StubAccounts.Runner(Answer).RunAsync(Name, """{"account_id":"222222222222","services":["web"]}""");
        answer.GetProperty("error").GetProperty("message").GetString()!.ShouldStartWith("services are looked for in a cluster");
    }

    private async Task<List<string>> FollowAsync(int limit, Action meanwhile)
    {
        var runner = StubAccounts.Runner(Answer);
        var found = new List<string>();
        string? token = null;
        do
        {
            var answer = await runner.RunAsync(Name, JsonSerializer.Serialize(new { account_id = "222222222222", limit, next_token = token }));
            found.AddRange(answer.GetProperty("services").EnumerateArray().Select(static service => service.GetProperty("serviceName").GetString()!));
            token = answer.GetProperty("next_token").GetString();
            meanwhile();
            meanwhile = static () => { };
        }
        while (token is not null);

        return found;
    }

    // Twelve services a cluster, listed five a page.
    private StubAnswer Answer(StubCall call)
    {
        switch (call.Operation)
        {
            case "ecs:ListClusters":
                return JsonSerializer.Serialize(new { clusterArns = _clusters });
            case "ecs:ListServices":
                var cluster = call.Text("cluster")!;
                var from = int.Parse(call.Text("nextToken") ?? "0");
                var names = Enumerable.Range(0, cluster == "c-empty" ? 0 : 12).Skip(from).Take(5).Select(number => $"{cluster}/s-{number}");
                return from + 5 < 12 && cluster != "c-empty"
                    ? JsonSerializer.Serialize(new { serviceArns = names, nextToken = $"{from + 5}" })
                    : JsonSerializer.Serialize(new { serviceArns = names });
            case "ecs:DescribeServices":
                var asked = call.Input.GetProperty("services").EnumerateArray().Select(static name => name.GetString()!).ToLookup(static name => name == "gone");
                return JsonSerializer.Serialize(new
                {
                    services = asked[false].Select(static name => new { serviceName = name }),
                    failures = asked[true].Select(static name => new { arn = name, reason = "MISSING" }),
                });
            default:
                throw new InvalidOperationException(call.Operation);
        }
    }
}
