using System.Text.Json;
using CentralOps.Sandbox.Tests.Fixtures;
using CentralOps.Sandbox.Trail;

namespace CentralOps.Sandbox.Tests.Trail;

/// <summary>What the sandbox writes down about its callers.</summary>
public sealed class TrailTests : IAsyncLifetime
{
    private SandboxServer _server = null!;

    public async Task InitializeAsync() => _server = await SandboxServer.StartAsync(new SandboxOptions(), CancellationToken.None);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_call_is_told_with_session_role_source_identity_and_tags()
    {
        var session = await Signed.SessionAsync(_server, "222222222222", "&SourceIdentity=alice&Tags.member.1.Key=tool&Tags.member.1.Value=ec2");
        await Signed.SendAsync(_server, session, "ec2", "/", Signed.Instances, region: "eu-west-1");

        var record = Record(_server.Trail.Find(new TrailQuery(Service: "ec2")).ShouldHaveSingleItem());

        var identity = record.GetProperty("userIdentity");
        identity.GetProperty("type").GetString().ShouldBe("AssumedRole");
        identity.GetProperty("arn").GetString().ShouldBe("arn:aws:sts::222222222222:assumed-role/CentralOpsTargetRole/alice");
        identity.GetProperty("accountId").GetString().ShouldBe("222222222222");
        var context = identity.GetProperty("sessionContext");
        context.GetProperty("sessionIssuer").GetProperty("arn").GetString().ShouldBe("arn:aws:iam::222222222222:role/CentralOpsTargetRole");
        context.GetProperty("sessionIssuer").GetProperty("userName").GetString().ShouldBe("CentralOpsTargetRole");
        context.GetProperty("sourceIdentity").GetString().ShouldBe("alice");
        record.GetProperty("additionalEventData").GetProperty("principalTags").GetProperty("tool").GetString().ShouldBe("ec2");
        record.GetProperty("eventSource").GetString().ShouldBe("ec2.amazonaws.com");
        record.GetProperty("eventName").GetString().ShouldBe("DescribeInstances");
        record.GetProperty("awsRegion").GetString().ShouldBe("eu-west-1");
        record.GetProperty("sourceIPAddress").GetString().ShouldBe("127.0.0.1");
        record.GetProperty("readOnly").GetBoolean().ShouldBeTrue();
        record.TryGetProperty("errorCode", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_refusal_is_told_with_its_code_and_words()
    {
        await Signed.SendAsync(_server, _server.Operator, "ec2", "/", Signed.Instances);
        await Signed.AssumeAsync(_server, _server.Operator, "131313131313");
        await Signed.SendAsync(_server, _server.Operator with { SecretAccessKey = "wrong" }, "sts", "/", Signed.Identity);
        await Signed.SendAsync(_server, _server.Operator, "dynamodb", "/", "{}", target: "DynamoDB_20120810.ListTables");
        await Signed.SendAsync(_server, _server.Operator, "sts", "/", Signed.Identity);

        var refused = _server.Trail.Find(new TrailQuery(Errors: true));

        refused.Select(call => $"{call.Operation} {call.ErrorCode}").ShouldBe(["DescribeInstances UnauthorizedOperation", "AssumeRole AccessDenied", "GetCallerIdentity SignatureDoesNotMatch", "ListTables AccessDeniedException"]);
        refused[0].ErrorMessage.ShouldEndWith("because no identity-based policy allows the ec2:DescribeInstances action");
        refused[1].Resource.ShouldBe("arn:aws:iam::131313131313:role/CentralOpsTargetRole");
        refused[2].CallerArn.ShouldBeNull();
        Record(refused[2]).GetProperty("userIdentity").GetProperty("type").GetString().ShouldBe("Unknown");
    }

    [Fact]
    public async Task No_secret_is_in_it()
    {
        var session = await Signed.SessionAsync(_server, "222222222222", "&ExternalId=a-secret-between-us");
        await Signed.SendAsync(_server, session, "sts", "/", Signed.Identity);
        await Signed.SendAsync(_server, session with { SessionToken = session.SessionToken + "x" }, "sts", "/", Signed.Identity);

        var told = string.Concat(_server.Trail.Find(new TrailQuery()).Select(call => Record(call).GetRawText() + call));

        told.ShouldContain(session.AccessKeyId);
        told.ShouldNotContain(session.SecretAccessKey);
        told.ShouldNotContain(session.SessionToken![..40]);
        told.ShouldNotContain("a-secret-between-us");
    }

    [Fact]
    public void It_keeps_the_newest_calls_only()
    {
        var trail = new TrailLog();
        for (var i = 0; i < TrailLog.Capacity + 5; i++)
        {
            trail.Add(Call(i % 2 == 0 ? "sts" : "ec2"));
        }

        var all = trail.Find(new TrailQuery(Limit: TrailLog.Capacity));
        all.Count.ShouldBe(TrailLog.Capacity);
        all[0].Sequence.ShouldBe(6);
        all[^1].Sequence.ShouldBe(trail.Last);
        trail.Find(new TrailQuery(Service: "ec2", Limit: 2)).Select(call => call.Sequence).ShouldBe([trail.Last - 3, trail.Last - 1]);
        trail.Find(new TrailQuery(After: trail.Last - 1)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("ALICE", 1)]
    [InlineData("assumed-role/reader", 1)]
    [InlineData("bob", 0)]
    public void A_caller_is_found_by_a_part_of_its_name(string part, int found)
    {
        var trail = new TrailLog();
        trail.Add(Call("sts") with { CallerArn = "arn:aws:sts::111111111111:assumed-role/Reader/x", SourceIdentity = "alice" });
        trail.Add(Call("sts"));

        trail.Find(new TrailQuery(Caller: part)).Count.ShouldBe(found);
    }

    private static TrailEvent Call(string service) => new()
    {
        Time = DateTimeOffset.UnixEpoch,
        RequestId = Guid.Empty.ToString(),
        Service = service,
        EventSource = service + ".amazonaws.com",
        Operation = "Get",
        Region = "us-east-1",
    };

    private static JsonElement Record(TrailEvent call)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            TrailRecord.Write(json, call);
        }

        return JsonSerializer.Deserialize<JsonElement>(bytes.ToArray());
    }
}
