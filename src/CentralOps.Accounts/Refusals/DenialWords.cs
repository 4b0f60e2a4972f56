using CentralOps.Aws.Calls;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Accounts.Refusals;

/// <summary>A denial in an account that was entered: which policy it was, and the statement or the command that mends it.</summary>
internal static class DenialWords
{
    public static string ByRole(Refusal.OperationDenied denied)
    {
        var denial = Denial.Of(denied.Failure);
        var role = RoleOf(denied.RoleArn);
        return denial.By switch
        {
            DenialSource.IdentityPolicy when denial.IsExplicit =>
                $"A policy of the role denies it. With credentials of account {denied.Account}, this tells which: " +
                $"aws iam simulate-principal-policy --policy-source-arn {ShellWord.Of(denied.RoleArn)} --action-names {Words(denied.Actions)} " +
                "--query 'EvaluationResults[].MatchedStatements[].SourcePolicyId'",
            DenialSource.PermissionsBoundary when denial.IsExplicit =>
                $"The role's permissions boundary denies it; take the action out of its Deny. {ShowBoundary(denied, role)}",
            DenialSource.PermissionsBoundary =>
                $"The role's permissions boundary does not allow it; add {Statement.Allow(denied.Actions)} to it. {ShowBoundary(denied, role)}",
            DenialSource.VpcEndpointPolicy =>
                $"The policy of the VPC endpoint {(denial.IsExplicit ? "denies it" : $"does not allow it; add {Statement.AllowPrincipal("*", denied.Actions)}")}. With credentials of the account " +
                $"that CentralOps runs in: aws ec2 describe-vpc-endpoints --region {denied.Region} --filters {ShellWord.Of($"Name=service-name,Values=com.amazonaws.{denied.Region}.{denied.Failure.Service}")}",
            DenialSource.ResourcePolicy =>
                $"The resource's own policy {(denial.IsExplicit ? "denies it; take the role out of its Deny" : $"does not allow it; add {Statement.AllowPrincipal(denied.RoleArn, denied.Actions)}")}.",
            DenialSource.IdentityPolicy => $"Allow it on the role. {TrustRemedy.Permission(denied.Account, role, denied.Actions)}",
            _ => $"Allow it on the role, unless a service control policy or a permissions boundary denies it. {TrustRemedy.Permission(denied.Account, role, denied.Actions)}",
        };
    }

    public static string ByOrganization(Refusal.DeniedByOrganization denied)
    {
        var denial = Denial.Of(denied.Failure);
        var isService = denial.By == DenialSource.ServiceControlPolicy;
        var change = denial switch
        {
            { IsExplicit: false } => $"Every policy on the way to the account has to allow it; add {Statement.Allow(denied.Actions)} where it is missing",
            _ when isService => $"Take the action out of the Deny, or except the role there with \"Condition\":{{\"ArnNotLike\":{{\"aws:PrincipalArn\":{Statement.Json(AnyAccount(denied.RoleArn))}}}}}",
            _ => "Take the action out of the Deny",
        };
        var show = denial.OrganizationPolicyId is { } id
            ? $"aws organizations describe-policy --policy-id {ShellWord.Of(id)}"
            : $"aws organizations list-policies-for-target --target-id {denied.Account} --filter {(isService ? "SERVICE_CONTROL_POLICY" : "RESOURCE_CONTROL_POLICY")}";
        return $"{change}. With credentials of the management account, this shows {(denial.OrganizationPolicyId is null ? "the account's policies (its units have their own)" : "the policy")}: {show}";
    }

    public static string Kind(AwsFailure failure)
    {
        var denial = Denial.Of(failure);
        var kind = denial.By == DenialSource.ResourceControlPolicy ? "resource control policy" : "service control policy";
        return denial.IsExplicit ? $"A {kind} of the organization denies" : $"No {kind} of the organization allows";
    }

    private static string ShowBoundary(Refusal.OperationDenied denied, string role) =>
        $"With credentials of account {denied.Account}, this names it: aws iam get-role --role-name {ShellWord.Of(role)} --query Role.PermissionsBoundary";

    private static string Words(IReadOnlyList<string> actions) => string.Join(' ', actions.Select(static action => ShellWord.Of(action)));

    private static string RoleOf(string roleArn) => roleArn[(roleArn.LastIndexOf('/') + 1)..];

    /// <summary>The role of that name in any account, so that one exception serves the whole organization.</summary>
    private static string AnyAccount(string roleArn) => roleArn.Split(':', 6) is [var arn, var partition, var iam, _, _, var role] ? $"{arn}:{partition}:{iam}::*:{role}" : roleArn;
}
