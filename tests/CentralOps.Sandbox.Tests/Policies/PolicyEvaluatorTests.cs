using System.Collections.Frozen;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Tests.Policies;

public sealed class PolicyEvaluatorTests
{
    private const string AllowRead = """{"Statement":[{"Effect":"Allow","Action":"ec2:Describe*","Resource":"*"}]}""";
    private const string RoleArn = "arn:aws:iam::222222222222:role/Target";

    [Fact]
    public void What_no_identity_policy_allows_is_refused_implicitly()
    {
        var decision = Decide("ec2:RunInstances", AllowRead);

        decision.Allowed.ShouldBeFalse();
        decision.Reason("ec2:RunInstances").ShouldBe(" because no identity-based policy allows the ec2:RunInstances action");
    }

    [Fact]
    public void Action_names_compare_without_case() => Decide("EC2:describeinstances", AllowRead).Allowed.ShouldBeTrue();

    [Fact]
    public void An_explicit_deny_wins_over_every_allow()
    {
        var decision = Decide("ec2:DescribeInstances", AllowRead, """{"Statement":[{"Effect":"Deny","Action":"ec2:DescribeInstances","Resource":"*"}]}""");

        decision.Allowed.ShouldBeFalse();
        decision.Reason("x").ShouldBe(" with an explicit deny in an identity-based policy");
    }

    [Fact]
    public void A_session_policy_takes_away_and_never_gives()
    {
        var principal = Caller(AllowRead) with { SessionPolicy = Read("""{"Statement":[{"Effect":"Allow","Action":["ec2:DescribeRegions","ec2:RunInstances"],"Resource":"*"}]}""") };

        Decide(principal, "ec2:DescribeRegions").Allowed.ShouldBeTrue();
        Decide(principal, "ec2:RunInstances").Layer.ShouldBe(PolicyLayer.Identity);
        var taken = Decide(principal, "ec2:DescribeInstances");
        taken.Allowed.ShouldBeFalse();
        taken.Reason("ec2:DescribeInstances").ShouldBe(" because no session policy allows the ec2:DescribeInstances action");
    }

    [Fact]
    public void Deny_not_action_in_a_session_policy_denies_explicitly()
    {
        var principal = Caller(AllowRead) with
        {
            SessionPolicy = Read("""{"Statement":[{"Effect":"Allow","Action":"ec2:DescribeRegions","Resource":"*"},{"Effect":"Deny","NotAction":"ec2:DescribeRegions","Resource":"*"}]}"""),
        };

        Decide(principal, "ec2:DescribeRegions").Allowed.ShouldBeTrue();
        var denied = Decide(principal, "ec2:DescribeInstances");
        denied.IsExplicit.ShouldBeTrue();
        denied.Reason("x").ShouldBe(" with an explicit deny in a session policy");
    }

    [Fact]
    public void Not_resource_covers_everything_else()
    {
        const string policy = """{"Statement":[{"Effect":"Allow","Action":"lambda:*","NotResource":"arn:aws:lambda:*:*:function:secret"}]}""";

        Decide(Caller(policy), "lambda:InvokeFunction", "arn:aws:lambda:us-east-1:111111111111:function:open").Allowed.ShouldBeTrue();
        Decide(Caller(policy), "lambda:InvokeFunction", "arn:aws:lambda:us-east-1:111111111111:function:secret").Allowed.ShouldBeFalse();
    }

    [Theory]
    [InlineData("StringEquals", "sts:ExternalId", "\"right\"", "right", true)]
    [InlineData("StringEquals", "sts:ExternalId", "[\"other\",\"right\"]", "right", true)]
    [InlineData("StringEquals", "sts:ExternalId", "\"right\"", "RIGHT", false)]
    [InlineData("StringEqualsIgnoreCase", "sts:ExternalId", "\"right\"", "RIGHT", true)]
    [InlineData("StringEquals", "sts:ExternalId", "\"right\"", null, false)]
    [InlineData("StringEqualsIfExists", "sts:ExternalId", "\"right\"", null, true)]
    [InlineData("StringEqualsIfExists", "sts:ExternalId", "\"right\"", "wrong", false)]
    [InlineData("StringNotEquals", "sts:ExternalId", "[\"a\",\"b\"]", "b", false)]
    [InlineData("StringNotEquals", "sts:ExternalId", "[\"a\",\"b\"]", "c", true)]
    [InlineData("StringNotEquals", "sts:ExternalId", "\"a\"", null, true)]
    [InlineData("StringLike", "STS:externalid", "\"r?g*\"", "right", true)]
    [InlineData("StringLike", "sts:ExternalId", "\"r?g\"", "right", false)]
    [InlineData("ArnEquals", "aws:PrincipalArn", "\"arn:aws:iam::111111111111:user/Somebody\"", null, true)]
    [InlineData("ArnLike", "aws:PrincipalArn", "\"arn:aws:iam::*:user/*\"", null, true)]
    [InlineData("ArnLike", "aws:PrincipalArn", "\"arn:aws:iam::*:role/*\"", null, false)]
    [InlineData("Bool", "aws:SecureTransport", "true", null, true)]
    [InlineData("Bool", "aws:MultiFactorAuthPresent", "\"true\"", null, false)]
    [InlineData("BoolIfExists", "aws:MultiFactorAuthPresent", "\"true\"", null, true)]
    [InlineData("StringEquals", "aws:PrincipalTag/team", "\"ops\"", null, true)]
    [InlineData("StringEquals", "aws:PrincipalOrgID", "\"o-test\"", null, true)]
    public void Conditions_hold_as_aws_has_them(string op, string key, string values, string? externalId, bool expected)
    {
        var policy = $$$"""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"{{{op}}}":{"{{{key}}}":{{{values}}}} }}]}""";
        var request = Request(Caller(policy), "ec2:DescribeInstances", "*") with { ExternalId = externalId };

        PolicyEvaluator.Evaluate(request).Allowed.ShouldBe(expected);
    }

    [Theory]
    [InlineData("arn:aws:iam::111111111111:root", true, true)]
    [InlineData("111111111111", true, true)]
    [InlineData("arn:aws:iam::111111111111:user/Somebody", true, true)]
    [InlineData("arn:aws:iam::111111111111:user/Somebody", false, false)]
    [InlineData("arn:aws:iam::333333333333:root", true, false)]
    [InlineData("*", true, true)]
    public void Across_accounts_both_sides_have_to_say_yes(string trusted, bool identityAllows, bool expected)
    {
        var caller = Caller(identityAllows ? """{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}""" : AllowRead);
        var trust = PolicyReader.Read($$"""{"Statement":[{"Effect":"Allow","Principal":{"AWS":"{{trusted}}"},"Action":"sts:AssumeRole"}]}""", PolicyKind.Trust);

        PolicyEvaluator.Evaluate(Request(caller, "sts:AssumeRole", RoleArn), Trust("222222222222", trust)).Allowed.ShouldBe(expected);
    }

    [Fact]
    public void In_one_account_a_trust_that_names_the_caller_is_enough()
    {
        var trust = PolicyReader.Read("""{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:user/Somebody"},"Action":"sts:AssumeRole"}]}""", PolicyKind.Trust);
        var request = Request(Caller(AllowRead), "sts:AssumeRole", "arn:aws:iam::111111111111:role/Near");

        PolicyEvaluator.Evaluate(request, Trust("111111111111", trust)).Allowed.ShouldBeTrue();
        PolicyEvaluator.Evaluate(request, Trust("222222222222", trust)).Allowed.ShouldBeFalse();
    }

    [Fact]
    public void A_deny_in_the_trust_policy_wins()
    {
        var trust = PolicyReader.Read("""{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:*"},{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringNotEquals":{"sts:ExternalId":"right"}}}]}""", PolicyKind.Trust);
        var request = Request(Caller("""{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"""), "sts:AssumeRole", RoleArn);

        PolicyEvaluator.Evaluate(request, Trust("222222222222", trust)).ShouldBe(Decision.ExplicitDeny(PolicyLayer.Trust));
        PolicyEvaluator.Evaluate(request with { ExternalId = "right" }, Trust("222222222222", trust)).Allowed.ShouldBeTrue();
    }

    private static Decision Decide(string action, params string[] policies) => Decide(Caller(policies), action);

    private static Decision Decide(Principal principal, string action, string resource = "*") => PolicyEvaluator.Evaluate(Request(principal, action, resource));

    private static AccessRequest Request(Principal principal, string action, string resource) => new(principal, action, resource) { OrganizationId = "o-test" };

    private static ResourcePolicy Trust(string accountId, PolicyDocument trust) => new(accountId, trust) { IsTrust = true };

    private static PolicyDocument Read(string json) => PolicyReader.Read(json, PolicyKind.Identity);

    private static Principal Caller(params string[] policies) => new()
    {
        Arn = "arn:aws:iam::111111111111:user/Somebody",
        IamArn = "arn:aws:iam::111111111111:user/Somebody",
        AccountId = "111111111111",
        UserId = "AIDATEST",
        UserName = "Somebody",
        IdentityPolicies = [.. policies.Select(Read)],
        Tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Team"] = "ops" }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
    };
}
