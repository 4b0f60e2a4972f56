using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Tests.Policies;

/// <summary>
/// The cases that AWS documents one by one: who is named decides whether session policy and boundary still count.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
/// </summary>
public sealed class ResourcePolicyTests
{
    private const string Bucket = "arn:aws:s3:::reports/q1";
    private const string Other = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*"}]}""";
    private const string Confined = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*"},{"Effect":"Deny","NotAction":"ec2:*","Resource":"*"}]}""";

    [Theory]
    [InlineData(Requests.SessionArn, "none", true)]
    [InlineData(Requests.SessionArn, "session", true)]
    [InlineData(Requests.SessionArn, "boundary", true)]
    [InlineData(Requests.RoleArn, "none", true)]
    [InlineData(Requests.RoleArn, "session", false)]
    [InlineData(Requests.RoleArn, "boundary", false)]
    [InlineData("*", "session", true)]
    [InlineData("*", "boundary", true)]
    [InlineData("arn:aws:iam::111111111111:root", "none", false)]
    [InlineData("arn:aws:sts::111111111111:assumed-role/Reader/alicia", "none", false)]
    public void In_one_account_a_grant_to_the_session_passes_what_a_grant_to_the_role_does_not(string named, string bound, bool allowed)
    {
        var caller = Requests.Session(Other);
        caller = bound switch
        {
            "session" => caller with { SessionPolicy = Read(Other, PolicyKind.Session) },
            "boundary" => caller with { PermissionsBoundary = Read(Other, PolicyKind.Boundary) },
            _ => caller,
        };

        Decide(caller, named, Requests.Account).Allowed.ShouldBe(allowed);
    }

    [Theory]
    [InlineData(Requests.SessionArn)]
    [InlineData(Requests.RoleArn)]
    [InlineData("*")]
    public void A_deny_of_all_else_in_the_session_policy_stops_every_grant(string named) =>
        Decide(Requests.Session(Other) with { SessionPolicy = Read(Confined, PolicyKind.Session) }, named, Requests.Account)
            .ShouldBe(Decision.ExplicitDeny(PolicyLayer.Session));

    [Theory]
    [InlineData(Requests.SessionArn, false)]
    [InlineData("*", false)]
    [InlineData(Requests.SessionArn, true)]
    [InlineData("arn:aws:iam::111111111111:root", true)]
    public void Across_accounts_the_callers_own_side_counts_whoever_is_named(string named, bool identityAllows)
    {
        var caller = Requests.Session(identityAllows ? """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}""" : Other);

        Decide(caller, named, "222222222222").ShouldBe(identityAllows ? Decision.Allow : Decision.ImplicitDeny(PolicyLayer.Identity));
        var bounded = caller with { SessionPolicy = Read(Other, PolicyKind.Session) };
        Decide(bounded, named, "222222222222").Allowed.ShouldBeFalse();
    }

    [Fact]
    public void Another_accounts_resource_without_a_policy_is_nobodys()
    {
        var caller = Requests.Session("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""");

        PolicyEvaluator.Evaluate(Requests.Of("s3:GetObject", Bucket, caller), new ResourcePolicy("222222222222", null))
            .ShouldBe(Decision.ImplicitDeny(PolicyLayer.Resource));
    }

    [Theory]
    [InlineData("""["arn:aws:sts::111111111111:assumed-role/Reader/alice","arn:aws:iam::111111111111:role/Reader","111111111111"]""", true)]
    [InlineData("""["arn:aws:sts::111111111111:assumed-role/Reader/alice","111111111111"]""", false)]
    [InlineData("""["arn:aws:iam::111111111111:role/Reader","111111111111"]""", false)]
    [InlineData("""["111111111111"]""", false)]
    public void A_deny_spares_only_whom_not_principal_names_in_full(string spared, bool allowed)
    {
        var policy = Read(
            $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"},{"Effect":"Deny","NotPrincipal":{"AWS":{{spared}}},"Action":"s3:*","Resource":"*"}]}""",
            PolicyKind.Resource);
        var question = Requests.Of("s3:GetObject", Bucket, Requests.Session());

        PolicyEvaluator.Evaluate(question, new ResourcePolicy(Requests.Account, policy)).Allowed.ShouldBe(allowed);
        var bounded = question with { Principal = question.Principal with { PermissionsBoundary = Read(Other, PolicyKind.Boundary) } };
        PolicyEvaluator.Evaluate(bounded, new ResourcePolicy(Requests.Account, policy)).ShouldBe(Decision.ExplicitDeny(PolicyLayer.Resource));
    }

    private static Decision Decide(Principal caller, string named, string account)
    {
        var policy = Read($$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"{{named}}"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::reports/*"}]}""", PolicyKind.Resource);
        return PolicyEvaluator.Evaluate(Requests.Of("s3:GetObject", Bucket, caller), new ResourcePolicy(account, policy));
    }

    private static PolicyDocument Read(string json, PolicyKind kind) => PolicyReader.Read(json, kind);
}
