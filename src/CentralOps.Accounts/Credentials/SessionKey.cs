namespace CentralOps.Accounts.Credentials;

/// <summary>
/// What makes a session one's own. The tool is in it beside the policy, because the session carries the tool's name as a tag: two
/// tools with the same actions must not appear in CloudTrail as one.
/// </summary>
public readonly record struct SessionKey(AccountId Account, string Partition, string Role, string Policy, string Caller, string Tool)
{
    public string RoleArn => $"arn:{Partition}:iam::{Account}:role/{Role}";
}
