using System.Text.Json;
using CentralOps.Proxy.Identities;
using CentralOps.Proxy.Upstreams;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Identity;
using CentralOps.Sandbox.Operations;
using CentralOps.Sandbox.Policies;
using CentralOps.Sandbox.Tests.Fixtures;

namespace CentralOps.Sandbox.Tests.Identity;

/// <summary>Sessions that managed policies confine, as the proxy asks for them, of roles that may do everything.</summary>
public sealed class ManagedPolicyTests
{
    private static readonly string[] Writes =
    [
        "ec2:RunInstances", "ec2:TerminateInstances", "ec2:StopInstances", "ec2:StartInstances", "ec2:CreateVpc", "ec2:DeleteVpc", "ec2:AuthorizeSecurityGroupIngress", "ec2:ModifyInstanceAttribute",
        "ec2:CreateTags", "ec2:DeleteVolume", "s3:PutObject", "s3:DeleteObject", "s3:CreateBucket", "s3:DeleteBucket", "s3:PutBucketPolicy", "s3:PutBucketAcl", "iam:CreateUser", "iam:CreateAccessKey",
        "iam:AttachRolePolicy", "iam:PutRolePolicy", "iam:PassRole", "iam:UpdateAssumeRolePolicy", "iam:DeleteRole", "lambda:CreateFunction", "lambda:UpdateFunctionCode", "lambda:InvokeFunction",
        "lambda:AddPermission", "rds:CreateDBInstance", "rds:DeleteDBInstance", "rds:ModifyDBInstance", "ecs:RunTask", "ecs:UpdateService", "ecs:ExecuteCommand", "eks:CreateCluster", "cloudwatch:PutMetricData",
        "cloudwatch:DeleteAlarms", "kms:ScheduleKeyDeletion", "secretsmanager:PutSecretValue", "ssm:SendCommand", "organizations:LeaveOrganization",
    ];

    private static readonly string[] Secrets =
    [
        "secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue", "ssm:GetParameter", "ssm:GetParametersByPath", "kms:Decrypt", "kms:GenerateDataKey", "sts:AssumeRole", "sts:GetFederationToken",
        "ec2:GetPasswordData", "ecr:GetAuthorizationToken",
    ];

    private static readonly string[] Reads =
    [
        "ec2:DescribeInstances", "ec2:DescribeSecurityGroups", "ecs:ListClusters", "eks:ListClusters", "iam:ListRoles", "iam:GetRole", "lambda:ListFunctions", "rds:DescribeDBInstances", "s3:ListAllMyBuckets",
        "s3:GetBucketLocation", "cloudwatch:GetMetricData", "cloudwatch:DescribeAlarms", "tag:GetResources", "secretsmanager:ListSecrets", "aws-mcp:InvokeMcp",
    ];

    private readonly Estate _estate = Estate.Default.WithAccounts(static account => account with
    {
        TargetPermissions = PolicyReader.Read("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""", PolicyKind.Identity),
    });

    private readonly AccessKeyStore _keys = new(new ManualTime());

    [Fact]
    public async Task An_administrators_role_writes_nothing_and_reads_no_secret_in_a_session_of_the_proxy()
    {
        UpstreamAddress.TryParse(UpstreamAddress.AwsMcpServer, null, null, out var address, out _).ShouldBeTrue();
        var confinement = SessionConfinement.For(address);
        var session = await AssumeAsync(confinement.Policy, confinement.ManagedPolicies.Split(','));

        (Writes.Length, Secrets.Length).ShouldBe((40, 10));
        Writes.Where(action => Allows(session, action)).ShouldBeEmpty();
        Secrets.Where(action => Allows(session, action)).ShouldBeEmpty();
        Reads.Where(action => !Allows(session, action)).ShouldBeEmpty();
        // A resource's own policy that names the role does not let a secret out either.
        var generous = PolicyReader.Read($$"""{"Statement":[{"Effect":"Allow","Principal":{"AWS":"{{session.IamArn}}"},"Action":"*","Resource":"*"}]}""", PolicyKind.Resource);
        Secrets.Where(action => PolicyEvaluator.Evaluate(Ask(session, action), new ResourcePolicy(session.AccountId, generous)).Allowed).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_session_policies_the_same_role_may_all_of_it()
    {
        var session = await AssumeAsync(null, []);
        Writes.Concat(Secrets).Where(action => !Allows(session, action)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Managed_policies_alone_confine_and_an_inline_one_beside_them_adds()
    {
        const string Inline = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:RunInstances","Resource":"*"},{"Effect":"Deny","Action":"iam:*","Resource":"*"}]}""";
        var alone = await AssumeAsync(null, ["arn:aws:iam::aws:policy/SecurityAudit"]);
        (Allows(alone, "ec2:DescribeInstances"), Allows(alone, "ec2:RunInstances"), Allows(alone, "iam:ListRoles")).ShouldBe((true, false, true));
        var both = await AssumeAsync(Inline, ["arn:aws:iam::aws:policy/SecurityAudit"]);
        (Allows(both, "ec2:DescribeInstances"), Allows(both, "ec2:RunInstances"), Allows(both, "iam:ListRoles")).ShouldBe((true, true, false));
    }

    [Fact]
    public async Task A_policy_that_is_not_there_and_too_many_are_refused()
    {
        (await AnswerAsync(null, ["arn:aws:iam::aws:policy/NoSuchAccess"])).Error!.Message.ShouldContain("arn:aws:iam::aws:policy/NoSuchAccess does not exist or is not attachable");
        (await AnswerAsync(null, [.. Enumerable.Repeat("arn:aws:iam::aws:policy/SecurityAudit", 11)])).Error!.Code.ShouldBe("ValidationError");
    }

    private async Task<Principal> AssumeAsync(string? policy, string[] managed)
    {
        var answer = await AnswerAsync(policy, managed);
        answer.Error.ShouldBeNull();
        using var json = JsonDocument.Parse(answer.Output.Json);
        _keys.TryFindPrincipal(json.RootElement.GetProperty("Credentials").GetProperty("AccessKeyId").GetString()!, out var session).ShouldBeTrue();
        return session!;
    }

    private async Task<OperationAnswer> AnswerAsync(string? policy, string[] managed)
    {
        var directory = new IdentityDirectory(_estate);
        var input = new Dictionary<string, object> { ["RoleArn"] = "arn:aws:iam::222222222222:role/CentralOpsTargetRole", ["RoleSessionName"] = "session" };
        if (policy is not null)
        {
            input["Policy"] = policy;
        }

        if (managed.Length > 0)
        {
            input["PolicyArns"] = managed.Select(static arn => new Dictionary<string, string> { ["arn"] = arn }).ToArray();
        }

        var call = new OperationCall
        {
            Caller = directory.Operator.ToPrincipal(),
            Region = "us-east-1",
            RequestId = "request",
            Now = DateTimeOffset.UnixEpoch,
            Input = JsonSerializer.SerializeToElement(input),
        };
        return await new AssumeRole(_estate, directory, _keys).AnswerAsync(call, CancellationToken.None);
    }

    private bool Allows(Principal session, string action) => PolicyEvaluator.Evaluate(Ask(session, action)).Allowed;

    private AccessRequest Ask(Principal session, string action) => new Authorizer(_estate).Ask(session, action, "*");
}
