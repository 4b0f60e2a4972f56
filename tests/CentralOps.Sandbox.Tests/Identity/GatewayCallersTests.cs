using CentralOps.Aws.Credentials;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Identity;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Tests.Identity;

public sealed class GatewayCallersTests
{
    private readonly AccessKeyStore _keys = new(TimeProvider.System);
    private readonly IdentityDirectory _directory = new(Estate.Default);

    [Fact]
    public void The_operator_may_invoke_the_gateway() => Admits(_keys.IssueLongLived(_directory.Operator.ToPrincipal())).ShouldBeTrue();

    [Theory]
    [InlineData("arn:aws:iam::222222222222:role/CentralOpsTargetRole")]
    [InlineData("arn:aws:iam::111111111111:role/CentralOpsTargetRole")]
    [InlineData("arn:aws:iam::111111111111:role/CentralOpsLambdaRole")]
    [InlineData("arn:aws:iam::111111111111:role/CentralOpsGatewayRole")]
    public void A_session_that_no_policy_lets_invoke_it_is_not_admitted(string role)
    {
        _directory.TryFindRole(role, out var found).ShouldBeTrue();

        Admits(_keys.IssueSession(found!.Session("tester"), TimeSpan.FromHours(1))).ShouldBeFalse();
    }

    [Fact]
    public void A_session_policy_and_another_account_stand_in_the_way_too()
    {
        var allowed = _directory.Operator.ToPrincipal() with { UserName = null };
        var confined = allowed with { SessionPolicy = PolicyReader.Read("""{"Statement":{"Effect":"Allow","Action":"ec2:*","Resource":"*"}}""", PolicyKind.Session) };

        Admits(_keys.IssueSession(allowed, TimeSpan.FromHours(1))).ShouldBeTrue();
        Admits(_keys.IssueSession(confined, TimeSpan.FromHours(1))).ShouldBeFalse();
        Admits(_keys.IssueSession(allowed with { AccountId = "222222222222" }, TimeSpan.FromHours(1))).ShouldBeFalse();
    }

    [Fact]
    public void Who_is_known_and_may_not_is_known_with_the_action_that_he_lacks()
    {
        _directory.TryFindRole("arn:aws:iam::111111111111:role/CentralOpsLambdaRole", out var found).ShouldBeTrue();
        var keys = _keys.IssueSession(found!.Session("tester"), TimeSpan.FromHours(1));
        new GatewayCallers(_keys, Estate.Default).TryFind(keys.AccessKeyId, out var key).ShouldBeTrue();
        key!.DeniedAction.ShouldBe("bedrock-agentcore:InvokeGateway");
    }

    private bool Admits(AwsCredentials credentials) => new GatewayCallers(_keys, Estate.Default).TryFind(credentials.AccessKeyId, out var key) && key.DeniedAction is null;
}
