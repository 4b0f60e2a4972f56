using System.Text.Json;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Calls;
using static CentralOps.Accounts.Tests.Stubs.StubOrganization;

namespace CentralOps.Accounts.Tests.Refusals;

public sealed class TrustRemedyTests
{
    [Theory]
    [InlineData("User: arn:aws:sts::111111111111:assumed-role/CentralOpsLambdaRole/fn is not authorized to perform: sts:AssumeRole", "arn:aws:iam::111111111111:role/CentralOpsLambdaRole")]
    [InlineData("User: arn:aws:iam::111111111111:user/ops/jane is not authorized to perform: sts:AssumeRole", "arn:aws:iam::111111111111:user/ops/jane")]
    [InlineData("User: arn:aws-cn:sts::111111111111:assumed-role/R/s is not authorized to perform", "arn:aws-cn:iam::111111111111:role/R")]
    public void Who_knocked_is_read_from_AWSs_message(string message, string expected) => TrustRemedy.KnockingPrincipal(message).ShouldBe(expected);

    [Theory]
    [InlineData("Access denied")]
    [InlineData("User: somebody is not authorized to perform")]
    [InlineData("User: arn:aws:sts::111111111111:assumed-role/R'; rm -rf ~;'/s is not authorized to perform")]
    [InlineData("User: arn:aws:sts::1:assumed-role/R/s is not authorized to perform")]
    public void What_is_no_principal_is_not_believed(string message) => TrustRemedy.KnockingPrincipal(message).ShouldBeNull();

    [Fact]
    public void The_command_survives_a_shell_and_carries_a_trust_policy_that_parses()
    {
        var remedy = TrustRemedy.For(new Refusal.RoleNotAssumed(
            Id("222222222222"), "arn:aws:iam::222222222222:role/ops/Target", WithExternalId: true,
            new AwsFailure("sts", "AssumeRole", FailureKind.Access, "AccessDenied", "User: arn:aws:iam::111111111111:role/CentralOpsLambdaRole is not authorized to perform: sts:AssumeRole", null, 403)));
        var command = remedy[remedy.IndexOf("aws iam create-role", StringComparison.Ordinal)..remedy.IndexOf(" ; if the role exists", StringComparison.Ordinal)];
        var arguments = Shell.Words(command);

        arguments[..7].ShouldBe(["aws", "iam", "create-role", "--path", "/ops/", "--role-name", "Target"]);
        var statement = JsonDocument.Parse(arguments[8]).RootElement.GetProperty("Statement")[0];
        statement.GetProperty("Principal").GetProperty("AWS").GetString().ShouldBe("arn:aws:iam::111111111111:role/CentralOpsLambdaRole");
        statement.GetProperty("Action").EnumerateArray().Select(static a => a.GetString()).ShouldBe(["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"]);
        statement.GetProperty("Condition").GetProperty("StringEquals").TryGetProperty("sts:ExternalId", out _).ShouldBeTrue();
    }
}
