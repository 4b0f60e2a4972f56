using CentralOps.Aws.Credentials;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Tests.Fixtures;

namespace CentralOps.Sandbox.Tests.Estates;

/// <summary>Each of the six answers in its own way, and differs from the healthy in that alone.</summary>
public sealed class BrokenAccountsTests : IAsyncLifetime
{
    private const string Tagged = "&SourceIdentity=alice&Tags.member.1.Key=tool&Tags.member.1.Value=ec2";

    private SandboxServer _server = null!;

    public async Task InitializeAsync() => _server = await SandboxServer.StartAsync(new SandboxOptions { Estate = BrokenAccounts.Estate }, CancellationToken.None);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData(BrokenAccounts.WithoutRole)]
    [InlineData(BrokenAccounts.Suspended)]
    public async Task No_role_and_a_suspended_account_let_nobody_in(string account) =>
        (await Signed.AssumeAsync(_server, _server.Operator, account)).Element("Message")
            .ShouldBe($"User: arn:aws:iam::111111111111:user/Operator is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::{account}:role/CentralOpsTargetRole");

    [Fact]
    public async Task A_region_that_is_not_enabled_knows_no_key()
    {
        var session = await Signed.SessionAsync(_server, BrokenAccounts.WithoutRegion, Tagged);

        (await DescribeAsync(session, BrokenAccounts.DisabledRegion)).Element("Code").ShouldBe("AuthFailure");
        (await DescribeAsync(session, "us-east-1")).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        (await DescribeAsync(await Signed.SessionAsync(_server, "222222222222"), BrokenAccounts.DisabledRegion)).Status.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_service_control_policy_denies_outside_its_region()
    {
        var session = await Signed.SessionAsync(_server, BrokenAccounts.UnderServiceControl, Tagged);

        (await DescribeAsync(session, "us-east-1")).Element("Message").ShouldEndWith("with an explicit deny in a service control policy");
        (await DescribeAsync(session, BrokenAccounts.AllowedRegion)).Status.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("&SourceIdentity=alice", "sts:SetSourceIdentity")]
    [InlineData("&Tags.member.1.Key=tool&Tags.member.1.Value=ec2", "sts:TagSession")]
    public async Task A_plain_trust_lets_in_without_name_and_tags_only(string more, string action)
    {
        (await Signed.AssumeAsync(_server, _server.Operator, BrokenAccounts.WithPlainTrust, more)).Element("Message")
            .ShouldBe($"User: arn:aws:iam::111111111111:user/Operator is not authorized to perform: {action} on resource: arn:aws:iam::{BrokenAccounts.WithPlainTrust}:role/CentralOpsTargetRole");
        await Signed.SessionAsync(_server, BrokenAccounts.WithPlainTrust);
    }

    [Fact]
    public async Task A_role_without_one_service_is_refused_there_alone()
    {
        var session = await Signed.SessionAsync(_server, BrokenAccounts.WithoutPermission, Tagged);

        var refused = await Signed.SendAsync(_server, session, "rds", "/", "Action=DescribeDBInstances&Version=2014-10-31");

        refused.Element("Code").ShouldBe("AccessDenied");
        refused.Element("Message").ShouldEndWith("because no identity-based policy allows the rds:DescribeDBInstances action");
        (await DescribeAsync(session, "us-east-1")).Status.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    private Task<Answer> DescribeAsync(AwsCredentials session, string region) => Signed.SendAsync(_server, session, "ec2", "/", Signed.Instances, region: region);
}
