using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Access.Rules.Files;
using CentralOps.Access.Callers;
using CentralOps.Accounts;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.ReadOnly;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;
using CentralOps.Sandbox;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Trail;
using CentralOps.ToolPages;

namespace CentralOps.Tools.Tests.Live;

/// <summary>What the default estate's accounts tell of their resources, looked for with nothing but one piece of it.</summary>
public sealed class FindResourceTests : IAsyncLifetime
{
    private const string Account = "222222222222";
    private const string Home = "us-east-1";

    private SandboxServer _server = null!;

    private LiveTools Tools { get; set; } = null!;

    public async Task InitializeAsync()
    {
        _server = await SandboxServer.StartAsync(new SandboxOptions { Estate = BrokenAccounts.Estate }, CancellationToken.None);
        Tools = new LiveTools(_server.Url, LiveTools.KeysOf(_server));
    }

    public async Task DisposeAsync()
    {
        await Tools.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task An_instance_is_found_by_whatever_names_it()
    {
        var instance = await FirstAsync("describe_ec2_instances", "instances", static one => one.GetProperty("State").GetString() == "running" && one.GetProperty("PublicIpAddress").ValueKind == JsonValueKind.String);
        var (id, inside, outside) = (instance.Text("InstanceId"), instance.Text("PrivateIpAddress"), instance.Text("PublicIpAddress"));
        foreach (var what in new[]
        {
            id, id.ToUpperInvariant(), inside, outside, $"arn:aws:ec2:{Home}:{Account}:instance/{id}", $"::ffff:{outside}",
            $"ec2-{outside.Replace('.', '-')}.compute-1.amazonaws.com", $"ip-{inside.Replace('.', '-')}.ec2.internal", instance.GetProperty("Tags").Text("Name"),
        })
        {
            var answer = await FindAsync(what);
            var match = answer.GetProperty("matches").EnumerateArray().FirstOrDefault(one => one.Text("id") == id);
            match.ValueKind.ShouldBe(JsonValueKind.Object, $"{what}: {answer}");
            (match.Text("account_id"), match.Text("region"), match.Text("resource_type"), match.Text("arn")).ShouldBe((Account, Home, "ec2:instance", $"arn:aws:ec2:{Home}:{Account}:instance/{id}"), what);
            match.GetProperty("seen").GetBoolean().ShouldBeTrue();
            match.GetProperty("summary").Text("PrivateIpAddress").ShouldBe(inside);
        }
    }

    [Theory]
    [InlineData("describe_ec2_vpcs", "vpcs", "VpcId", "ec2:vpc", false)]
    [InlineData("describe_ec2_security_groups", "security_groups", "GroupId", "ec2:security-group", false)]
    [InlineData("describe_ec2_instances", "instances", "SubnetId", "ec2:subnet", false)]
    [InlineData("list_s3_buckets", "buckets", "Name", "s3:bucket", false)]
    [InlineData("list_lambda_functions", "functions", "FunctionName", "lambda:function", false)]
    [InlineData("list_lambda_functions", "functions", "FunctionArn", "lambda:function", true)]
    [InlineData("describe_rds_instances", "db_instances", "DBInstanceIdentifier", "rds:db", false)]
    [InlineData("describe_rds_instances", "db_instances", "DBInstanceArn", "rds:db", true)]
    [InlineData("describe_rds_instances", "db_instances", "EndpointAddress", "rds:db", false)]
    [InlineData("describe_rds_clusters", "db_clusters", "DBClusterIdentifier", "rds:cluster", false)]
    [InlineData("describe_rds_clusters", "db_clusters", "Endpoint", "rds:cluster", false)]
    [InlineData("list_ecs_clusters", "clusters", "clusterName", "ecs:cluster", false)]
    [InlineData("list_ecs_clusters", "clusters", "clusterArn", "ecs:cluster", true)]
    [InlineData("list_ecs_services", "services", "serviceArn", "ecs:service", true)]
    [InlineData("describe_eks_clusters", "clusters", "name", "eks:cluster", false)]
    [InlineData("describe_eks_clusters", "clusters", "arn", "eks:cluster", true)]
    public async Task Every_kind_that_a_tool_lists_is_found_in_its_account(string tool, string list, string member, string type, bool isArn)
    {
        var item = await FirstAsync(tool, list, one => one.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String);
        var answer = await FindAsync(item.Text(member));
        var match = answer.GetProperty("matches").EnumerateArray().FirstOrDefault(one => one.Text("account_id") == Account && one.Text("resource_type") == type);
        match.ValueKind.ShouldBe(JsonValueKind.Object, answer.ToString());
        match.Text("arn").ShouldStartWith("arn:aws:");
        answer.Text("kind").ShouldBe(isArn ? "arn" : answer.Text("kind"));
        if (isArn)
        {
            // The ARN tells the place: no other is asked.
            answer.GetProperty("looked")[0].GetProperty("summary").GetProperty("accounts").GetInt32().ShouldBe(1);
            answer.GetProperty("complete").GetBoolean().ShouldBeTrue();
            answer.GetProperty("failures").GetArrayLength().ShouldBe(0);
        }
    }

    [Fact]
    public async Task An_interface_and_a_volume_are_found_through_the_instance_that_has_them()
    {
        var (eni, volume) = await AttachedAsync();
        var found = (await FindAsync(eni)).GetProperty("matches")[0];
        (found.Text("resource_type"), found.Text("id")).ShouldBe(("ec2:network-interface", eni));
        found.GetProperty("summary").Text("InstanceId").ShouldStartWith("i-");
        found = (await FindAsync(volume)).GetProperty("matches")[0];
        (found.Text("resource_type"), found.Text("arn").Split('/')[1]).ShouldBe(("ec2:volume", volume));
    }

    [Theory]
    [InlineData(Account)]
    [InlineData("Production")]
    public async Task An_account_is_found_in_the_directory(string what)
    {
        var match = (await FindAsync(what)).GetProperty("matches").EnumerateArray().Single(static one => one.Text("resource_type") == "organizations:account");
        (match.Text("account_id"), match.Text("account_name"), match.Text("region")).ShouldBe((Account, "Production", "aws-global"));
    }

    [Theory]
    [InlineData("10.255.255.1")]
    [InlineData("2600:1f18::ab")]
    public async Task What_is_nowhere_is_told_with_where_was_looked_and_where_not(string address)
    {
        var answer = await FindAsync(address);
        answer.GetProperty("match_count").GetInt32().ShouldBe(0);
        answer.Text("kind").ShouldBe("ip_address");
        answer.GetProperty("used")[0].GetString().ShouldBe("ec2:DescribeInstances");
        var looked = answer.GetProperty("looked")[0].GetProperty("summary");
        looked.GetProperty("accounts").GetInt32().ShouldBeGreaterThan(5);
        looked.GetProperty("empty").GetInt32().ShouldBeGreaterThan(20);
        answer.GetProperty("not_looked")[0].GetString().ShouldNotBeNull().ShouldContain("load balancers");
        answer.GetProperty("complete").GetBoolean().ShouldBeFalse("six accounts are broken");
        answer.GetProperty("failures").EnumerateArray().Select(static failure => failure.Text("account_id")).ShouldContain(BrokenAccounts.WithoutRole);
    }

    [Fact]
    public async Task That_a_service_has_nothing_of_the_name_is_no_failure()
    {
        var answer = await FindAsync("no-such-thing-anywhere", Account);
        answer.GetProperty("match_count").GetInt32().ShouldBe(0);
        answer.GetProperty("failures").GetArrayLength().ShouldBe(0, answer.ToString());
        answer.GetProperty("complete").GetBoolean().ShouldBeTrue(answer.ToString());
    }

    [Theory]
    [InlineData("ami-0123456789abcdef0", "id", "no way here")]
    [InlineData("arn:aws:iam::aws:policy/ReadOnlyAccess", "arn", "tells no account")]
    [InlineData("www.example.com", "host", "Route 53")]
    public async Task What_cannot_be_looked_for_is_said(string what, string kind, string told)
    {
        var answer = await FindAsync(what);
        answer.Text("kind").ShouldBe(kind);
        answer.GetProperty("not_looked")[0].GetString().ShouldNotBeNull().ShouldContain(told);
    }

    [Fact]
    public async Task An_arn_of_a_kind_that_nobody_can_ask_is_told_as_what_it_says()
    {
        var match = (await FindAsync($"arn:aws:sns:eu-west-1:{Account}:alerts")).GetProperty("matches")[0];
        (match.Text("account_name"), match.Text("region"), match.GetProperty("seen").GetBoolean()).ShouldBe(("Production", "eu-west-1", false));
    }

    [Theory]
    [InlineData("arn:aws:sns:eu-west-1:123123123123:alerts")]
    [InlineData("arn:aws:ec2:us-east-1:123123123123:instance/i-0123456789abcdef0")]
    public async Task An_arn_of_an_account_that_nobody_may_see_tells_nothing(string arn) => (await FindAsync(arn)).Refusal().Stage.ShouldBe("unknown_account");

    [Fact]
    public async Task Nothing_is_found_where_the_rules_keep_the_caller_out()
    {
        var instance = await FirstAsync("describe_ec2_instances", "instances", static _ => true);
        await using var tools = new LiveTools(_server.Url, LiveTools.KeysOf(_server), rules: RulesFile.Parse("rules: [{who: local, tools: find_resource, accounts: '333333333333'}]", "access.yaml"));
        var answer = await tools.AskAsync("find_resource", new JsonObject { ["what"] = instance.Text("InstanceId") });
        answer.GetProperty("match_count").GetInt32().ShouldBe(0);
        answer.GetProperty("looked")[0].GetProperty("summary").GetProperty("accounts").GetInt32().ShouldBe(1);
        (await tools.AskAsync("find_resource", new JsonObject { ["what"] = Account })).GetProperty("match_count").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_session_may_do_what_this_kind_of_thing_takes_and_no_more()
    {
        var before = _server.Trail.Last;
        await FindAsync("sg-0123456789abcdef0", Account);
        var calls = _server.Trail.Find(new TrailQuery(After: before, Limit: 10_000)).Where(static call => call.Service is "ec2" or "rds" or "lambda").ToList();
        calls.Select(static call => call.Operation).Distinct().Order(StringComparer.Ordinal).ShouldBe(["DescribeRegions", "DescribeSecurityGroups"]);
        calls.ShouldAllBe(static call => call.SessionTags.Values.Contains("find_resource"));
    }

    [Fact]
    public async Task What_there_is_one_of_is_not_looked_for_any_further()
    {
        var bucket = await FirstAsync("list_s3_buckets", "buckets", static _ => true);
        var answer = await FindAsync($"{bucket.Text("Name")}.s3.amazonaws.com");
        answer.GetProperty("match_count").GetInt32().ShouldBe(1);
        answer.GetProperty("looked")[0].GetProperty("stopped_early").GetBoolean().ShouldBeTrue();
        answer.GetProperty("complete").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"what":"two words"}""", "what holds what stands in no id")]
    [InlineData("""{"what":""}""", "what is empty")]
    [InlineData("""{}""", "what is missing")]
    [InlineData("""{"what":"10.0.0.1","accounts":"nobody"}""", "No account that you may see is meant by 'nobody'")]
    [InlineData("""{"what":"10.0.0.1","region":"mars"}""", "region is 'mars'")]
    public async Task What_cannot_be_asked_is_refused(string arguments, string told) =>
        (await Tools.AskAsync("find_resource", arguments, CancellationToken.None)).GetProperty("error").GetProperty("message").GetString().ShouldNotBeNull().ShouldContain(told);

    private Task<JsonElement> FindAsync(string what, string? accounts = null) => Tools.AskAsync("find_resource", accounts is null ? new JsonObject { ["what"] = what } : new JsonObject { ["what"] = what, ["accounts"] = accounts });

    private async Task<JsonElement> FirstAsync(string tool, string list, Func<JsonElement, bool> fits) =>
        (await Tools.AskAsync(tool, new JsonObject { ["account_id"] = Account })).GetProperty(list).EnumerateArray().First(fits);

    /// <summary>Ids that no tool tells, as EC2 does.</summary>
    private async Task<(string Interface, string Volume)> AttachedAsync()
    {
        SessionPolicy.TryMake("t", ["ec2:DescribeInstances"], out var policy, out _).ShouldBeTrue();
        AccountId.TryParse(Account, out var account).ShouldBeTrue();
        var grant = await Tools.Assumption.MakeAsync(new SessionKey(account, "aws", "CentralOpsTargetRole", policy.Document, new Caller("jane", CallerKind.LocalToken), "t"), CancellationToken.None);
        var output = new ArrayBufferWriter<byte>();
        var call = new AwsCall(ModelLibrary.Operation("ec2", "DescribeInstances"), new AwsInput("{}"u8.ToArray()), Home, grant.Session.ShouldNotBeNull().Credentials);
        (await Tools.Client.CallAsync(call, new Transcription(output), CancellationToken.None)).Failure.ShouldBeNull();
        var instance = JsonElement.Parse(output.WrittenSpan).GetProperty("Reservations").EnumerateArray().SelectMany(static one => one.GetProperty("Instances").EnumerateArray())
            .First(static one => one.TryGetProperty("NetworkInterfaces", out var interfaces) && interfaces.GetArrayLength() > 0);
        return (instance.GetProperty("NetworkInterfaces")[0].Text("NetworkInterfaceId"), instance.GetProperty("BlockDeviceMappings")[0].GetProperty("Ebs").Text("VolumeId"));
    }
}

internal static class TextMember
{
    public static string Text(this JsonElement element, string member) => element.GetProperty(member).GetString()!;
}
