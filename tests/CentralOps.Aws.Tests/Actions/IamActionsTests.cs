using CentralOps.Aws.Actions;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Tests.Actions;

public sealed class IamActionsTests
{
    [Theory]
    [InlineData("ec2:DescribeInstances", "ec2:DescribeInstances", AccessLevel.List)]
    [InlineData("cloudwatch:GetMetricData", "cloudwatch:GetMetricData", AccessLevel.Read)]
    [InlineData("resourcegroupstaggingapi:GetResources", "tag:GetResources", AccessLevel.Read)]
    [InlineData("s3:ListBuckets", "s3:ListAllMyBuckets", AccessLevel.List)]
    [InlineData("s3:HeadBucket", "s3:ListBucket", AccessLevel.List)]
    [InlineData("s3:GetBucketEncryption", "s3:GetEncryptionConfiguration", AccessLevel.Read)]
    [InlineData("s3:GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock", AccessLevel.Read)]
    [InlineData("s3control:GetPublicAccessBlock", "s3:GetAccountPublicAccessBlock", AccessLevel.Read)]
    [InlineData("s3control:GetBucketPolicy", "s3-outposts:GetBucketPolicy", AccessLevel.Read)]
    [InlineData("lambda:Invoke", "lambda:InvokeFunction", AccessLevel.Write)]
    [InlineData("sso-admin:ListPermissionSets", "sso:ListPermissionSets", AccessLevel.List)]
    [InlineData("sns:Publish", "sns:Publish", AccessLevel.Write)]
    [InlineData("iam:AttachRolePolicy", "iam:AttachRolePolicy", AccessLevel.PermissionsManagement)]
    [InlineData("ec2:CreateTags", "ec2:CreateTags", AccessLevel.Tagging)]
    [InlineData("apigateway:GetRestApis", "apigateway:GET", AccessLevel.Read)]
    [InlineData("memorydb:DescribeACLs", "memorydb:DescribeAcls", AccessLevel.Read)]
    [InlineData("cloudcontrol:ListResources", "cloudformation:ListResources", AccessLevel.Read)]
    public void An_operation_is_judged_by_its_own_action(string operation, string action, AccessLevel level)
    {
        IamActions.TryFind(operation, out var actions).ShouldBeTrue();

        actions.Operation.ShouldBe(operation);
        actions.Actions.ShouldBe([new IamAction(action, level)]);
    }

    [Fact]
    public void An_operation_may_need_several_actions_and_some_only_for_some_arguments()
    {
        IamActions.TryFind("s3:CopyObject", out var copy).ShouldBeTrue();
        IamActions.TryFind("lambda:CreateFunction", out var create).ShouldBeTrue();

        copy.Actions.Select(action => action.Name).ShouldBe(["s3:GetObject", "s3:PutObject"]);
        copy.Dependent.ShouldContain(new IamAction("s3:GetObjectVersion", AccessLevel.Read));
        create.Actions.ShouldBe([new IamAction("lambda:CreateFunction", AccessLevel.Write)]);
        create.Dependent.ShouldBe([new IamAction("iam:PassRole", AccessLevel.Write)]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("ec2")]
    [InlineData("ec2:")]
    [InlineData(":DescribeInstances")]
    [InlineData("ec2:describeInstances")]
    [InlineData("ec2:Describe")]
    [InlineData("ec2:DescribeInstance")]
    [InlineData("ec2:DescribeInstances ")]
    [InlineData("ec2:Describe Instances")]
    [InlineData("EC2:DescribeInstances")]
    [InlineData("ec2\n@ecs:ListClusters")]
    [InlineData("ec2 ec2:DescribeInstances")]
    [InlineData("ec2:.")]
    [InlineData("ec2:RDescribe")]
    [InlineData("s3:HeadBucket L")]
    [InlineData("s3:=HeadBucket")]
    [InlineData("sns:Publish.")]
    [InlineData("monitoring:DescribeAlarms")]
    [InlineData("ec2:DescribeInstanceś")]
    [InlineData("sso:GetRoleCredentials")]
    [InlineData("sso:ListAccounts")]
    [InlineData("cloudhsm:DescribeHsm")]
    [InlineData("no-such-service-and-its-name-is-longer-than-any-that-there-ever-was:ListThings")]
    public void What_has_no_row_is_not_found(string operation) => IamActions.TryFind(operation, out _).ShouldBeFalse();

    [Fact]
    public void Every_row_of_the_table_is_found_by_its_operation()
    {
        var rows = IamActions.Services.SelectMany(IamActions.OfService).ToList();

        rows.Count.ShouldBeGreaterThan(18_000);
        rows.Select(row => row.Operation).ShouldBeUnique();
        foreach (var row in rows)
        {
            IamActions.TryFind(row.Operation, out var found).ShouldBeTrue(row.Operation);
            found.Actions.ShouldBe(row.Actions);
            found.Dependent.ShouldBe(row.Dependent);
        }
    }

    [Fact]
    public void Every_operation_of_the_built_in_models_has_a_row_but_those_that_IAM_does_not_judge()
    {
        var missing = ModelLibrary.Services.SelectMany(service => ModelLibrary.Service(service).OperationNames.Select(name => $"{service}:{name}"))
            .Where(operation => !IamActions.TryFind(operation, out _));

        // The list of IAM's actions is older than rate limits of gateways; the others are asked with a token of IAM Identity Center's, or with none.
        missing.Order(StringComparer.Ordinal).ShouldBe(
            [
                .. new[] { "BatchPutGatewayRateLimits", "CreateGatewayRateLimit", "DeleteGatewayRateLimit", "GetGatewayRateLimit", "ListGatewayRateLimits", "UpdateGatewayRateLimit" }
                    .Select(operation => "bedrock-agentcore-control:" + operation),
                "sso-oidc:CreateToken", "sso-oidc:RegisterClient", "sso-oidc:StartDeviceAuthorization", "sso:GetRoleCredentials", "sso:ListAccountRoles", "sso:ListAccounts", "sso:Logout",
            ]);
    }

    [Fact]
    public void A_service_that_nobody_knows_has_no_rows()
    {
        IamActions.OfService("nowhere").ShouldBeEmpty();
        IamActions.OfService("ec2\n@ecs").ShouldBeEmpty();
        IamActions.OfService("").ShouldBeEmpty();
    }
}
