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
            { Kind: FailureKind.Access } => new Refusal.RoleNotAssumed(account, roleArn, withExternalId, failure),
            _ => new Refusal.ServiceFailed(failure),
        };

    public static Refusal OfCall(AwsFailure failure, OpenAccount account) => failure switch
    {
        { Kind: FailureKind.Throttling } => new Refusal.Throttled(account.Id, failure),
        { Kind: FailureKind.Network } => new Refusal.Unreached(account.Region, failure),
        _ when SaysExpired(failure) => new Refusal.SessionExpired(failure),

        // A region that is switched off does not know the session of an account, and each service says so in its own way. The session
        // itself was made a moment ago, so it is not the credentials.
        { Code: "OptInRequired" or "RegionDisabledException" or "AuthFailure" or "UnrecognizedClientException" or "InvalidClientTokenId" or "InvalidToken" } =>
            new Refusal.RegionDisabled(account.Id, account.Region, failure),
        { Kind: FailureKind.Access } when failure.Message.Contains("session policy", StringComparison.Ordinal) => new Refusal.SessionPolicyDenied(failure),
        { Kind: FailureKind.Access } => new Refusal.OperationDenied(account.Id, account.RoleArn, account.ActionsOf(failure.Operation), failure),
        _ => new Refusal.ServiceFailed(failure),
    };

    public static bool SaysExpired(AwsFailure failure) =>
        failure.Code is "ExpiredToken" or "ExpiredTokenException" or "RequestExpired" or "TokenRefreshRequired";
}
