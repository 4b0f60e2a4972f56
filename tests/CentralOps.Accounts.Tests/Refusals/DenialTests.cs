using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Endpoints;
using static CentralOps.Accounts.Tests.Stubs.StubOrganization;

namespace CentralOps.Accounts.Tests.Refusals;

public sealed class DenialTests
{
    private const string Role = "arn:aws:iam::222222222222:role/CentralOpsTargetRole";
    private const string Before = "User: arn:aws:sts::222222222222:assumed-role/CentralOpsTargetRole/jane is not authorized to perform: ec2:DescribeInstances on resource: *";

    private static readonly RegionName Region = RegionName.TryParse("eu-central-1", out var region) ? region : default;

    [Theory]
    [InlineData(" because no identity-based policy allows the ec2:DescribeInstances action", DenialSource.IdentityPolicy, false)]
    [InlineData(" with an explicit deny in an identity-based policy: arn:aws:iam::222222222222:policy/Deny", DenialSource.IdentityPolicy, true)]
    [InlineData(" because no resource-based policy allows the ec2:DescribeInstances action", DenialSource.ResourcePolicy, false)]
    [InlineData(" with an explicit deny in a resource-based policy", DenialSource.ResourcePolicy, true)]
    [InlineData(" because no permissions boundary allows the ec2:DescribeInstances action", DenialSource.PermissionsBoundary, false)]
    [InlineData(" with an explicit deny in a permissions boundary", DenialSource.PermissionsBoundary, true)]
    [InlineData(" because no session policy allows the ec2:DescribeInstances action", DenialSource.SessionPolicy, false)]
    [InlineData(" with an explicit deny in a session policy", DenialSource.SessionPolicy, true)]
    [InlineData(" because no service control policy allows the ec2:DescribeInstances action", DenialSource.ServiceControlPolicy, false)]
    [InlineData(" with an explicit deny in a service control policy. Encoded authorization failure message: Zm9v", DenialSource.ServiceControlPolicy, true)]
    [InlineData(" with an explicit deny in a resource control policy", DenialSource.ResourceControlPolicy, true)]
    [InlineData(" because no VPC endpoint policy allows the ec2:DescribeInstances action", DenialSource.VpcEndpointPolicy, false)]
    [InlineData(" with an explicit deny in a VPC endpoint policy", DenialSource.VpcEndpointPolicy, true)]
    [InlineData(" because no role trust policy allows the sts:AssumeRole action", DenialSource.RoleTrustPolicy, false)]
    [InlineData(" with an explicit deny in the role trust policy", DenialSource.RoleTrustPolicy, true)]
    [InlineData(" with an explicit deny", DenialSource.Unsaid, false)]
    [InlineData("", DenialSource.Unsaid, false)]
    [InlineData(" because no access control list allows it", DenialSource.Unsaid, false)]
    public void AWSs_words_tell_which_policy_it_was(string reason, object source, bool isExplicit)
    {
        var denial = Denial.Of(Before + reason);
        (denial.By, denial.IsExplicit, denial.Action).ShouldBe(((DenialSource)source, isExplicit, "ec2:DescribeInstances"));
    }

    [Fact]
    public void A_resource_that_is_named_like_a_reason_is_not_taken_for_one() =>
        Denial.Of(
            "User: u is not authorized to perform: s3:GetBucketTagging on resource: \"x because no session policy allows\" with an explicit deny in a service control policy")
            .By.ShouldBe(DenialSource.ServiceControlPolicy);

    [Theory]
    [InlineData(": arn:aws:organizations::111111111111:policy/o-qv5af4abcd/service_control_policy/p-2kgnabcd", "p-2kgnabcd")]
    [InlineData(", with policy ARN: arn:aws:organizations::111111111111:policy/o-qv5af4abcd/service_control_policy/p-2kgnabcd.", "p-2kgnabcd")]
    [InlineData(": arn:aws:organizations::111111111111:policy/o-qv5af4abcd/service_control_policy/p-$(id)", null)]
    [InlineData("", null)]
    public void The_policys_id_is_taken_where_it_is_one(string after, string? id) =>
        Denial.Of(Before + " with an explicit deny in a service control policy" + after).OrganizationPolicyId.ShouldBe(id);

    [Theory]
    [InlineData("User: u is not authorized to perform: ec2:Describe;id on resource: x")]
    [InlineData("User: u is not authorized to perform: ")]
    [InlineData("No.")]
    public void What_is_no_action_is_not_believed(string message) => Denial.Of(message).Action.ShouldBeNull();

    [Theory]
    [InlineData(" because no identity-based policy allows the ec2:DescribeInstances action", "aws iam put-role-policy --role-name CentralOpsTargetRole")]
    [InlineData(" with an explicit deny in an identity-based policy", "aws iam simulate-principal-policy --policy-source-arn 'arn:aws:iam::222222222222:role/CentralOpsTargetRole' --action-names 'ec2:DescribeInstances'")]
    [InlineData(" because no permissions boundary allows the ec2:DescribeInstances action", "add {\"Effect\":\"Allow\",\"Action\":[\"ec2:DescribeInstances\"],\"Resource\":\"*\"} to it")]
    [InlineData(" with an explicit deny in a permissions boundary", "aws iam get-role --role-name CentralOpsTargetRole --query Role.PermissionsBoundary")]
    [InlineData(" because no VPC endpoint policy allows the ec2:DescribeInstances action", "aws ec2 describe-vpc-endpoints --region eu-central-1")]
    [InlineData(" because no resource-based policy allows the ec2:DescribeInstances action", "\"Principal\":{\"AWS\":\"arn:aws:iam::222222222222:role/CentralOpsTargetRole\"}")]
    public void Every_kind_of_policy_in_the_account_has_its_own_remedy(string reason, string remedy)
    {
        var text = RefusalWords.Of(new Refusal.OperationDenied(Id("222222222222"), Region, Role, ["ec2:DescribeInstances"], Failure(Before + reason)));
        text.StageName.ShouldBe("service");
        text.Remedy.ShouldContain(remedy);
    }

    [Theory]
    [InlineData(" with an explicit deny in a service control policy", "aws organizations list-policies-for-target --target-id 222222222222 --filter SERVICE_CONTROL_POLICY", "{\"aws:PrincipalArn\":\"arn:aws:iam::*:role/CentralOpsTargetRole\"}")]
    [InlineData(" with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o-1/service_control_policy/p-abc", "aws organizations describe-policy --policy-id p-abc", "ArnNotLike")]
    [InlineData(" because no service control policy allows the ec2:DescribeInstances action", "--filter SERVICE_CONTROL_POLICY", "{\"Effect\":\"Allow\",\"Action\":[\"ec2:DescribeInstances\"]")]
    [InlineData(" with an explicit deny in a resource control policy", "--filter RESOURCE_CONTROL_POLICY", "Take the action out of the Deny")]
    public void The_organizations_policies_have_a_stage_and_remedies_of_their_own(string reason, string command, string statement)
    {
        var text = RefusalWords.Of(new Refusal.DeniedByOrganization(Id("222222222222"), Role, ["ec2:DescribeInstances"], Failure(Before + reason)));
        text.StageName.ShouldBe("scp");
        text.Remedy.ShouldContain(command);
        text.Remedy.ShouldContain(statement);
    }

    [Fact]
    public void Who_may_not_knock_is_told_what_to_allow_him()
    {
        const string Message = "User: arn:aws:sts::111111111111:assumed-role/Functions/f is not authorized to perform: sts:AssumeRole on resource: " + Role
            + " because no identity-based policy allows the sts:AssumeRole action";
        var remedy = RefusalWords.Of(new Refusal.RoleNotAssumed(Id("222222222222"), Role, WithExternalId: false, Failure(Message))).Remedy;
        Shell.Words(remedy[remedy.IndexOf("aws iam", StringComparison.Ordinal)..])[..5].ShouldBe(["aws", "iam", "put-role-policy", "--role-name", "Functions"]);
        remedy.ShouldContain($"\"Resource\":\"{Role}\"");
    }

    [Fact]
    public void A_role_that_allows_no_tags_is_told_so() =>
        RefusalWords.Of(new Refusal.RoleNotAssumed(Id("222222222222"), Role, WithExternalId: false, Failure("User: u is not authorized to perform: sts:TagSession on resource: " + Role)))
            .Remedy.ShouldContain("CENTRALOPS_IDENTITY=best_effort");

    private static AwsFailure Failure(string message) => new("ec2", "DescribeInstances", FailureKind.Access, "UnauthorizedOperation", message, null, 403);
}
