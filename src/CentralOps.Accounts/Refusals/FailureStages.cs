using CentralOps.Accounts.Entry;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Accounts.Refusals;

/// <summary>Which refusal a failure of AWS is, by where on the way it happened.</summary>
internal static class FailureStages
{
    public static Refusal OfAssumeRole(AwsFailure failure, AccountId account, string roleArn, RegionName region, string tool, bool withExternalId) =>
        failure switch
        {
            { Kind: FailureKind.Throttling } => new Refusal.Throttled(account, failure),
            { Kind: FailureKind.Network } => new Refusal.Unreached(region, failure),
            { Code: "RegionDisabledException" } => new Refusal.RegionDisabled(account, region, failure),
            { Code: "PackedPolicyTooLarge" or "PackedPolicyTooLargeException" or "MalformedPolicyDocument" or "MalformedPolicyDocumentException" } =>
                new Refusal.SessionPolicyRefused(tool, failure),
            _ when SaysExpired(failure) => new Refusal.KnockingCredentialsExpired(failure),
            { Kind: FailureKind.Credentials } => new Refusal.KnockingCredentialsRefused(failure),
            { Kind: FailureKind.Access } when Denial.Of(failure).IsByOrganization => OfKnockingOrganization(failure, account, roleArn),
            { Kind: FailureKind.Access } => new Refusal.RoleNotAssumed(account, roleArn, withExternalId, failure),
            _ => new Refusal.ServiceFailed(failure),
        };

    public static Refusal OfCall(AwsFailure failure, OpenAccount account) => failure switch
    {
        { Kind: FailureKind.Throttling } => new Refusal.Throttled(account.Id, failure),
        { Kind: FailureKind.Network } => new Refusal.Unreached(account.Region, failure),
        _ when SaysExpired(failure) => new Refusal.SessionExpired(failure),

        // A region that is switched off does not know the session of an account, and each service says so in its own way. Whether it is
        // the session was tried with a new one.
        { Code: "OptInRequired" or "RegionDisabledException" } => new Refusal.RegionDisabled(account.Id, account.Region, failure),
        _ when SaysUnknown(failure) => new Refusal.RegionDisabled(account.Id, account.Region, failure),
        { Kind: FailureKind.Access } => OfDenial(failure, account),
        _ => new Refusal.ServiceFailed(failure),
    };

    /// <summary>The session is not known: switched off together with its role, or in a region that is switched off.</summary>
    public static bool SaysUnknown(AwsFailure failure) =>
        failure.Code is "AuthFailure" or "UnrecognizedClientException" or "UnrecognizedClient" or "InvalidClientTokenId" or "InvalidToken" or "InvalidAccessKeyId";

    public static bool SaysExpired(AwsFailure failure) =>
        failure.Code is "ExpiredToken" or "ExpiredTokenException" or "RequestExpired" or "TokenRefreshRequired";

    private static Refusal OfDenial(AwsFailure failure, OpenAccount account) => Denial.Of(failure) switch
    {
        { By: DenialSource.SessionPolicy } => new Refusal.SessionPolicyDenied(failure),
        { IsByOrganization: true } => new Refusal.DeniedByOrganization(account.Id, account.RoleArn, account.ActionsOf(failure.Operation), failure),
        _ => new Refusal.OperationDenied(account.Id, account.Region, account.RoleArn, account.ActionsOf(failure.Operation), failure),
    };

    /// <summary>A service control policy holds for the account that knocks, a resource control policy for the one with the role.</summary>
    private static Refusal.DeniedByOrganization OfKnockingOrganization(AwsFailure failure, AccountId account, string roleArn)
    {
        var denial = Denial.Of(failure);
        var knocking = denial.By == DenialSource.ServiceControlPolicy ? TrustRemedy.KnockingPrincipal(failure.Message) : null;
        var held = AccountId.TryParse(knocking?.Split(':')[4], out var theirs) ? theirs : account;
        return new Refusal.DeniedByOrganization(held, knocking ?? roleArn, [denial.Action ?? "sts:AssumeRole"], failure);
    }
}
