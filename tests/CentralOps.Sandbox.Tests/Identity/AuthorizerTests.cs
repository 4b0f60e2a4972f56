using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Identity;
using CentralOps.Sandbox.Policies;
using CentralOps.Sandbox.Tests.Policies;

namespace CentralOps.Sandbox.Tests.Identity;

/// <summary>Whom service control policies bind.</summary>
public sealed class AuthorizerTests
{
    private const string AllowAll = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";
    private const string DenyEc2 = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"ec2:*","Resource":"*"}]}""";
    private const string AllowEc2 = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*"}]}""";

    [Theory]
    [InlineData("root")]
    [InlineData("Workloads")]
    [InlineData("Prod")]
    [InlineData("222222222222")]
    public void A_deny_at_any_level_binds_what_is_below(string level)
    {
        var estate = With(DenyEc2, level);

        Decide(estate, "222222222222", "ec2:DescribeInstances").ShouldBe(Decision.ExplicitDeny(PolicyLayer.ServiceControl));
        Decide(estate, "222222222222", "s3:ListAllMyBuckets").Allowed.ShouldBeTrue();
        Decide(estate, "555555555555", "ec2:DescribeInstances").Allowed.ShouldBe(level != "root");
    }

    [Theory]
    [InlineData("root")]
    [InlineData("Prod")]
    public void Every_level_has_to_allow(string level)
    {
        var estate = With(AllowEc2, level, fullAccess: false);

        Decide(estate, "222222222222", "ec2:DescribeInstances").Allowed.ShouldBeTrue();
        Decide(estate, "222222222222", "s3:ListAllMyBuckets").ShouldBe(Decision.ImplicitDeny(PolicyLayer.ServiceControl));
    }

    [Fact]
    public void The_management_account_is_not_bound() =>
        Decide(With(DenyEc2, "root"), "100000000000", "ec2:DescribeInstances").Allowed.ShouldBeTrue();

    [Fact]
    public void A_service_linked_role_is_not_bound()
    {
        var role = new Role
        {
            AccountId = "222222222222",
            Name = "AWSServiceRoleForSupport",
            Path = "/aws-service-role/support.amazonaws.com/",
            RoleId = "AROATEST",
            Trust = IdentityDocuments.ServiceTrust("support.amazonaws.com"),
            Policies = [PolicyReader.Read(AllowAll, PolicyKind.Identity)],
        };

        PolicyEvaluator.Evaluate(new Authorizer(With(DenyEc2, "root")).Ask(role.Session("x"), "ec2:DescribeInstances", "*")).Allowed.ShouldBeTrue();
        PolicyEvaluator.Evaluate(new Authorizer(With(DenyEc2, "root")).Ask((role with { Path = "/" }).Session("x"), "ec2:DescribeInstances", "*")).Allowed.ShouldBeFalse();
    }

    [Fact]
    public void A_caller_carries_its_path_through_the_organization()
    {
        var question = new Authorizer(Estate.Default).Ask(Principal("222222222222"), "ec2:DescribeInstances", "*");

        question.OrganizationPath!.Split('/').Length.ShouldBe(5);
        question.OrganizationPath.ShouldStartWith($"{Estate.Default.OrganizationId}/{Estate.Default.RootId}/ou-");
    }

    private static Decision Decide(Estate estate, string account, string action) => PolicyEvaluator.Evaluate(new Authorizer(estate).Ask(Principal(account), action, "*"));

    private static Principal Principal(string account) => Requests.Session(AllowAll) with { AccountId = account, IamArn = $"arn:aws:iam::{account}:role/Reader" };

    private static Estate With(string policy, string level, bool fullAccess = true)
    {
        var estate = Estate.Default;
        var target = level == "root" ? estate.RootId : estate.OrganizationalUnits.FirstOrDefault(unit => unit.Name == level)?.Id ?? level;
        return estate.WithPolicies([new ServiceControlPolicy("p-1", "test", PolicyReader.Read(policy, PolicyKind.ServiceControl), [target])], fullAccess ? [] : [target]);
    }
}
