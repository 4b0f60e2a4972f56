using System.Text.Json;
using CentralOps.Accounts.ReadOnly;
using CentralOps.Accounts.Refusals;

namespace CentralOps.Accounts.Tests.ReadOnly;

public sealed class SessionPolicyTests
{
    [Fact]
    public void It_allows_the_tools_actions_and_denies_everything_else_explicitly()
    {
        SessionPolicy.TryMake("t", ["organizations:ListRoots", "ec2:DescribeInstances", "ec2:DescribeInstances"], out var policy, out _).ShouldBeTrue();
        policy.Document.ShouldBe(
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ec2:DescribeInstances","organizations:ListRoots"],"Resource":"*"},{"Effect":"Deny","NotAction":["ec2:DescribeInstances","organizations:ListRoots"],"Resource":"*"}]}""");
        JsonDocument.Parse(policy.Document).RootElement.GetProperty("Statement").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public void The_order_of_operations_does_not_make_another_policy()
    {
        SessionPolicy.TryMake("t", ["organizations:ListRoots", "ec2:DescribeInstances"], out var one, out _).ShouldBeTrue();
        SessionPolicy.TryMake("t", ["ec2:DescribeInstances", "organizations:ListRoots"], out var other, out _).ShouldBeTrue();
        one.Document.ShouldBe(other.Document);
    }

    [Theory]
    [InlineData("ec2:RunInstances")]
    [InlineData("lambda:Invoke")]
    [InlineData("sts:AssumeRole")]
    [InlineData("sso:GetRoleCredentials")]
    [InlineData("sso-oidc:CreateToken")]
    [InlineData("ec2:describeinstances")]
    public void What_writes_or_is_not_classified_makes_no_policy(string operation)
    {
        SessionPolicy.TryMake("t", ["ec2:DescribeInstances", operation], out _, out var refusal).ShouldBeFalse();
        refusal.ShouldBeOfType<Refusal.OperationNotPermitted>().Operation.ShouldBe(operation);
    }

    [Fact]
    public void What_no_IAM_action_confines_makes_no_policy()
    {
        SessionPolicy.TryMake("t", ["sso:ListAccounts"], out _, out var refusal).ShouldBeFalse();
        refusal.ShouldBeOfType<Refusal.OperationNotPermitted>().Why.ShouldContain("nothing confines it");
    }

    [Fact]
    public void A_policy_without_operations_would_deny_nothing_by_name_and_is_refused()
    {
        SessionPolicy.TryMake("t", [], out _, out var refusal).ShouldBeFalse();
        refusal.ShouldBeOfType<Refusal.OperationNotPermitted>();
    }
}
