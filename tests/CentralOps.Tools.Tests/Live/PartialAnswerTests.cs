using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Sandbox;
using CentralOps.Sandbox.Faults;
using CentralOps.Sandbox.Trail;
using CentralOps.ToolPages;

namespace CentralOps.Tools.Tests.Live;

/// <summary>What fails in the middle costs that part alone, and can be asked for again.</summary>
public sealed class PartialAnswerTests : IAsyncLifetime
{
    private const string Member = "222222222222";
    private const string Home = "us-east-1";

    private SandboxServer _server = null!;

    private LiveTools Tools { get; set; } = null!;

    public async Task InitializeAsync()
    {
        _server = await SandboxServer.StartAsync(new SandboxOptions(), CancellationToken.None);
        Tools = new LiveTools(_server.Url, LiveTools.KeysOf(_server));
    }

    public async Task DisposeAsync()
    {
        await Tools.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("s3", "GetBucketTagging", "Tags", FaultKind.Deny, "service")]
    [InlineData("s3", "GetBucketVersioning", "Versioning", FaultKind.Throttle, "throttled")]
    [InlineData("s3", "GetBucketEncryption", "Encryption", FaultKind.Drop, "network")]
    [InlineData("s3", "GetPublicAccessBlock", "PublicAccessBlock", FaultKind.Malformed, "network")]
    [InlineData("s3", "GetBucketPolicyStatus", "PolicyStatus", FaultKind.Truncated, "network")]
    public async Task One_part_of_a_bucket_that_fails_is_told_beside_the_rest(string service, string operation, string part, FaultKind kind, string stage)
    {
        var question = new JsonObject { ["account_id"] = Member, ["bucket"] = "prod-logs-222222222222-us-east-1" };
        var whole = (await Tools.AskAsync("get_s3_bucket_info", question)).GetProperty("bucket");
        _server.Faults.Add(new Fault(kind, Member, Service: service, Operation: operation));

        var answer = await Tools.AskAsync("get_s3_bucket_info", question);

        var failure = answer.GetProperty("failures").EnumerateArray().ShouldHaveSingleItem();
        failure.GetProperty("part").GetString().ShouldBe(part);
        failure.GetProperty("stage").GetString().ShouldBe(stage, failure.ToString());
        failure.GetProperty("account_id").GetString().ShouldBe(Member);
        failure.GetProperty("remedy").GetString().ShouldNotBeNullOrEmpty();
        foreach (var field in whole.EnumerateObject().Where(field => field.Name != part))
        {
            answer.GetProperty("bucket").GetProperty(field.Name).ToString().ShouldBe(field.Value.ToString());
        }
    }

    [Theory]
    [InlineData("list_ecs_services", "services", "ecs", "DescribeServices", 1000)]
    [InlineData("describe_ec2_instances", "instances", "ec2", "DescribeInstances", 9)]
    [InlineData("describe_rds_instances", "db_instances", "rds", "DescribeDBInstances", 4)]
    [InlineData("list_cloudwatch_alarms", "alarms", "cloudwatch", "DescribeAlarms", 4)]
    [InlineData("list_lambda_functions", "functions", "lambda", "ListFunctions", 5)]
    [InlineData("describe_eks_clusters", "clusters", "eks", "DescribeCluster", 1000)]
    public async Task A_list_that_breaks_in_the_middle_is_whole_once_it_is_gone_on_with(string tool, string list, string service, string operation, int limit)
    {
        var whole = (await Tools.FollowAsync(tool, FanOut.In(Member, Home), list, limit: 1000)).Select(static item => item.GetRawText()).ToList();
        _server.Faults.Add(new Fault(FaultKind.Throttle, Member, Service: service, Operation: operation, Rate: 0.001, Burst: 1));
        var (got, broke, lost, token) = (new List<string>(), 0, 0, default(string));
        do
        {
            var question = FanOut.In(Member, Home);
            question["limit"] = limit;
            question["next_token"] = token;
            var answer = await Tools.AskAsync(tool, question);
            List<JsonElement> failures = answer.TryGetProperty("error", out var error) ? [error] : [.. answer.GetProperty("failures").EnumerateArray()];
            failures.Select(static failure => failure.GetProperty("stage").GetString()).Distinct().ShouldBeSubsetOf(["throttled"], answer.ToString());
            broke += failures.Count;
            if (failures.Count > 0)
            {
                _server.Faults.Clear();
            }

            if (error.ValueKind == JsonValueKind.Object)
            {
                // Nothing was read: the token that was given goes on being good.
                continue;
            }

            lost += failures.Count(static failure => failure.GetProperty("part").ValueKind == JsonValueKind.String);
            got.AddRange(answer.GetProperty(list).EnumerateArray().Select(static item => item.GetRawText()));
            token = answer.GetProperty("next_token").GetString();
            (token is not null).ShouldBe(failures.Any(static failure => failure.GetProperty("part").ValueKind == JsonValueKind.Null) || answer.GetProperty("truncated").GetBoolean());
        }
        while (token is not null || got.Count == 0);

        // What has a name is lost by it; pages are not.
        broke.ShouldBeGreaterThan(0, tool);
        got.Distinct().Count().ShouldBe(got.Count, tool);
        got.ShouldBeSubsetOf(whole, tool);
        (got.Count + lost).ShouldBe(whole.Count, tool);
    }

    [Fact]
    public async Task Sessions_of_one_second_are_renewed_unseen_while_a_long_list_is_followed()
    {
        _server.Faults.Add(new Fault(FaultKind.SessionLifetime, Seconds: 1));
        await using var tools = new LiveTools(_server.Url, LiveTools.KeysOf(_server));
        var items = await tools.FollowAsync("describe_ec2_instances", FanOut.In(Member, Home), "instances", limit: 5);
        items.Count.ShouldBe(58);
    }

    [Theory]
    [InlineData(1200)]
    [InlineData(-1200)]
    [InlineData(80_000)]
    public async Task A_clock_that_is_wrong_is_allowed_for_by_every_protocol(int seconds)
    {
        var before = _server.Trail.Last;
        _server.Faults.Add(new Fault(FaultKind.ClockSkew, Seconds: seconds));
        await using var tools = new LiveTools(_server.Url, _server.SessionOf("arn:aws:iam::111111111111:role/CentralOpsLambdaRole", "skewed", TimeSpan.FromHours(1)));
        foreach (var (tool, _) in FanOut.Regional.Append(("list_s3_buckets", "buckets")))
        {
            var answer = await tools.AskAsync(tool, FanOut.In(Member, Home));
            answer.ShouldBeWhole($"{tool} with a clock {seconds} s off");
        }

        _server.Trail.Find(new TrailQuery(Errors: true, After: before, Limit: 10_000)).Count.ShouldBeLessThanOrEqualTo(3, "one signature is refused, then the clock is known");
    }
}
