using CentralOps.Access.Callers;

namespace CentralOps.Accounts.Credentials;

/// <summary>
/// What makes a session one's own. The tool is in it beside the policy, because the session carries the tool's name as a tag: two
/// tools with the same actions must not appear in CloudTrail as one. A caller is who he is, whatever groups and scopes he brings this time.
/// </summary>
public readonly record struct SessionKey(AccountId Account, string Partition, string Role, string Policy, Caller Caller, string Tool)
{
    /// <summary>ARNs of managed policies that confine the session beside its own, separated by commas; empty for none. What either allows is allowed, what either denies is not.</summary>
    public string ManagedPolicies { get => field ?? ""; init; }

    public string RoleArn => $"arn:{Partition}:iam::{Account}:role/{Role}";
}
