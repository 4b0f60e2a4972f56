using System.Buffers;
using System.Text;
using CentralOps.Access.Callers;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Accounts.Tests.Stubs;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;

namespace CentralOps.Accounts.Tests.Entry;

public sealed class WayInTests
{
    private static readonly ToolUse Use = new(Caller.Local, "describe_ec2_instances", ["ec2:DescribeInstances"]) { RequestId = "request-7" };

    private readonly ManualTime _time = new();
    private Func<StubCall, StubAnswer?> _other = static _ => null;
    private string _status = "ACTIVE";
    private TimeSpan _lifetime = TimeSpan.FromSeconds(900);

    [Fact]
    public async Task The_straight_path_ends_in_the_account_with_the_session_of_the_account()
    {
        var organization = Organization();
        var (refusal, json) = await CallAsync(organization);
        refusal.ShouldBeNull();
        json.ShouldContain("i-1");
        var call = organization.Aws.Calls.Last();
        (call.Operation, call.KeyId, call.Region).ShouldBe(("ec2:DescribeInstances", "ASIA222222222222", "us-east-1"));
        call.UserAgent!.ShouldContain("request-7");
    }

    [Fact]
    public async Task An_account_that_nobody_knows_is_never_knocked_at()
    {
        var organization = Organization();
        var (refusal, _) = await CallAsync(organization, "999999999999");
        refusal.ShouldBeOfType<Refusal.UnknownAccount>();
        organization.Aws.Calls.ShouldNotContain(static call => call.Operation == "sts:AssumeRole" && call.Text("RoleArn")!.Contains("999999999999"));
    }

    [Fact]
    public async Task A_suspended_account_is_known_before_anybody_knocks()
    {
        _status = "SUSPENDED";
        var organization = Organization();
        var (refusal, _) = await CallAsync(organization);
        refusal.ShouldBeOfType<Refusal.AccountSuspended>().Status.ShouldBe("SUSPENDED");
        organization.Aws.CountOf("sts:AssumeRole").ShouldBe(1);
    }

    [Fact]
    public async Task An_account_suspended_since_the_directory_was_read_is_told_as_suspended()
    {
        _lifetime = TimeSpan.FromSeconds(60);
        var organization = Organization();
        (await CallAsync(organization)).Refusal.ShouldBeNull();
        _status = "SUSPENDED";
        _other = static call => call.Operation == "sts:AssumeRole" && call.Text("RoleArn")!.Contains("222222222222") ? StubAnswer.Failed("AccessDenied") : null;
        _time.Advance(TimeSpan.FromSeconds(58));
        (await CallAsync(organization)).Refusal.ShouldBeOfType<Refusal.AccountSuspended>();
    }

    [Fact]
    public async Task An_account_without_the_role_names_role_principal_and_command()
    {
        _other = static call => call.Operation == "sts:AssumeRole" && call.Text("RoleArn")!.Contains("222222222222")
            ? StubAnswer.Failed("AccessDenied", $"User: {StubOrganization.Lambda} is not authorized to perform: sts:AssumeRole on resource: {call.Text("RoleArn")}") : null;
        var text = RefusalWords.Of((await CallAsync(Organization())).Refusal!);
        (text.StageName, text.Code).ShouldBe(("assume_role", "AccessDenied"));
        text.Remedy.ShouldContain("arn:aws:iam::222222222222:role/CentralOpsTargetRole has to exist in account 222222222222");
        text.Remedy.ShouldContain("arn:aws:iam::111111111111:role/CentralOpsLambdaRole");
        text.Remedy.ShouldContain("aws iam create-role --role-name CentralOpsTargetRole --assume-role-policy-document '{");
    }

    [Theory]
    [InlineData("sts:AssumeRole", "Throttling", 400, "throttled")]
    [InlineData("sts:AssumeRole", "RegionDisabledException", 403, "region_disabled")]
    [InlineData("sts:AssumeRole", "PackedPolicyTooLarge", 400, "session_policy")]
    [InlineData("sts:AssumeRole", "MalformedPolicyDocument", 400, "session_policy")]
    [InlineData("sts:AssumeRole", "ExpiredToken", 403, "expired")]
    [InlineData("sts:AssumeRole", "InvalidClientTokenId", 403, "assume_role")]
    [InlineData("sts:AssumeRole", "ValidationError", 400, "service")]
    [InlineData("ec2:DescribeInstances", "RequestLimitExceeded", 503, "throttled")]
    [InlineData("ec2:DescribeInstances", "OptInRequired", 401, "region_disabled")]
    [InlineData("ec2:DescribeInstances", "AuthFailure", 401, "region_disabled")]
    [InlineData("ec2:DescribeInstances", "RequestExpired", 400, "expired")]
    [InlineData("ec2:DescribeInstances", "UnauthorizedOperation", 403, "service")]
    [InlineData("ec2:DescribeInstances", "InvalidInstanceID.NotFound", 400, "service")]
    [InlineData("ec2:DescribeInstances", "InternalError", 500, "service")]
    public async Task Every_failure_has_its_own_stage_and_keeps_AWSs_code(string operation, string code, int status, string stage)
    {
        _other = call => call.Operation == operation && (call.Text("RoleArn") ?? "222222222222").Contains("222222222222") ? StubAnswer.Failed(code, "No.", status) : null;
        var text = RefusalWords.Of((await CallAsync(Organization())).Refusal!);
        (text.StageName, text.Code).ShouldBe((stage, code));
    }

    [Fact]
    public async Task A_denial_by_our_own_session_policy_is_told_apart_from_the_roles()
    {
        _other = static call => call.Operation == "ec2:DescribeInstances"
            ? StubAnswer.Failed("UnauthorizedOperation", "You are not authorized to perform this operation because no session policy allows the ec2:DescribeInstances action") : null;
        (await CallAsync(Organization())).Refusal.ShouldBeOfType<Refusal.SessionPolicyDenied>();
    }

    [Theory]
    [InlineData("ec2:DescribeInstances", "222222222222")]
    [InlineData("sts:AssumeRole", "111111111111")]
    public async Task A_denial_by_a_service_control_policy_names_the_account_that_it_holds_for(string operation, string held)
    {
        _other = call => call.Operation == operation && (call.Text("RoleArn") ?? "222222222222").Contains("222222222222")
            ? StubAnswer.Failed("AccessDenied", $"User: {StubOrganization.Lambda} is not authorized to perform: {operation} on resource: * with an explicit deny in a service control policy") : null;
        var denied = (await CallAsync(Organization())).Refusal.ShouldBeOfType<Refusal.DeniedByOrganization>();
        (denied.Account.ToString(), RefusalWords.Of(denied).StageName).ShouldBe((held, "scp"));
    }

    [Fact]
    public async Task A_region_of_another_partition_is_told_without_knocking()
    {
        RegionName.TryParse("cn-north-1", out var china).ShouldBeTrue();
        var organization = Organization();
        var opened = await organization.WayIn.OpenAsync("222222222222", china, Use, CancellationToken.None);
        RefusalWords.Of(opened.Refusal.ShouldBeOfType<Refusal.RegionElsewhere>()).Message.ShouldContain("aws-cn");
        organization.Aws.Calls.ShouldNotContain(static call => call.Operation == "sts:AssumeRole" && call.Text("RoleArn")!.Contains("222222222222"));
    }

    [Theory]
    [InlineData("UnrecognizedClientException")]
    [InlineData("AuthFailure")]
    public async Task A_role_that_vanishes_while_its_session_is_kept_is_noticed_and_told(string code)
    {
        var organization = Organization();
        (await CallAsync(organization)).Refusal.ShouldBeNull();
        _other = call => call.Operation switch
        {
            "ec2:DescribeInstances" => StubAnswer.Failed(code, "The security token included in the request is invalid."),
            "sts:AssumeRole" when call.Text("RoleArn")!.Contains("222222222222") => StubAnswer.Failed("AccessDenied", $"User: {StubOrganization.Lambda} is not authorized to perform: sts:AssumeRole on resource: r"),
            _ => null,
        };
        (await CallAsync(organization)).Refusal.ShouldBeOfType<Refusal.RoleNotAssumed>();
    }

    [Fact]
    public async Task A_denial_by_the_role_names_the_statement_that_mends_it()
    {
        _other = static call => call.Operation == "ec2:DescribeInstances" ? StubAnswer.Failed("UnauthorizedOperation", "You are not authorized.") : null;
        RefusalWords.Of((await CallAsync(Organization())).Refusal!).Remedy.ShouldContain("\"Action\":[\"ec2:DescribeInstances\"]");
    }

    [Fact]
    public async Task A_session_that_AWS_calls_expired_is_renewed_once_unseen()
    {
        var expired = false;
        _other = call => call.Operation == "ec2:DescribeInstances" && !expired && (expired = true) ? StubAnswer.Failed("RequestExpired", "Expired.", 400) : null;
        var organization = Organization();
        (await CallAsync(organization)).Refusal.ShouldBeNull();
        organization.Aws.Calls.Count(static call => call.Operation == "sts:AssumeRole" && call.Text("RoleArn")!.Contains("222222222222")).ShouldBe(2);
    }

    [Fact]
    public async Task An_operation_that_the_tool_has_not_declared_is_refused_before_it_is_sent()
    {
        var organization = Organization();
        var opened = await organization.WayIn.OpenAsync("222222222222", organization.Home, Use, CancellationToken.None);
        var outcome = await opened.Door!.CallAsync(
            ModelLibrary.Operation("ec2", "DescribeRegions"), "{}"u8.ToArray(), new Transcription(new ArrayBufferWriter<byte>()), CancellationToken.None);
        outcome.Refusal.ShouldBeOfType<Refusal.OperationNotPermitted>();
        organization.Aws.CountOf("ec2:DescribeRegions").ShouldBe(0);
    }

    [Fact]
    public async Task A_tool_that_declares_a_write_gets_no_session()
    {
        var organization = Organization();
        var opened = await organization.WayIn.OpenAsync("222222222222", organization.Home, Use with { Operations = ["lambda:Invoke"] }, CancellationToken.None);
        opened.Refusal.ShouldBeOfType<Refusal.OperationNotPermitted>();
    }

    [Fact]
    public async Task A_caller_whom_no_rule_admits_does_not_get_in()
    {
        var organization = Organization();
        var stranger = Use with { Caller = new Caller("arn:aws:iam::111111111111:user/mallory", CallerKind.Iam) };
        var opened = await organization.WayIn.OpenAsync("222222222222", organization.Home, stranger, CancellationToken.None);
        RefusalWords.Of(opened.Refusal!).StageName.ShouldBe("unknown_account");
        organization.WayIn.MaySeeTool(stranger).ShouldBeFalse();
        organization.Aws.CountOf("ec2:DescribeInstances").ShouldBe(0);
    }

    private static async Task<(Refusal? Refusal, string Json)> CallAsync(StubOrganization organization, string selector = "222222222222")
    {
        var opened = await organization.WayIn.OpenAsync(selector, organization.Home, Use, CancellationToken.None);
        if (opened.Door is not { } door)
        {
            return (opened.Refusal, "");
        }

        var output = new ArrayBufferWriter<byte>();
        var outcome = await door.CallAsync(ModelLibrary.Operation("ec2", "DescribeInstances"), "{}"u8.ToArray(), new Transcription(output), CancellationToken.None);
        return (outcome.Refusal, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private StubOrganization Organization() => new(new StubAws(Answer), _time);

    private StubAnswer Answer(StubCall call) => _other(call) ?? call.Operation switch
    {
        "sts:AssumeRole" => StubAnswer.Session(call, _time.GetUtcNow() + _lifetime),
        "organizations:DescribeAccount" when call.Text("AccountId") == "222222222222" => $$$"""{"Account":{"Id":"222222222222","Name":"Production","Status":"{{{_status}}}"}}""",
        "organizations:DescribeAccount" => StubAnswer.Failed("AccountNotFoundException", "No such account.", 400),
        "ec2:DescribeInstances" => """{"Reservations":[{"Instances":[{"InstanceId":"i-1"}]}]}""",
        _ => throw new InvalidOperationException($"Nobody expected {call}."),
    };
}
