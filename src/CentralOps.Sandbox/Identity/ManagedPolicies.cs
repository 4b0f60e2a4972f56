using System.Collections.Frozen;
using CentralOps.Sandbox.Operations;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Identity;

/// <summary>
/// AWS's managed policies, as far as AssumeRole is given them (<c>PolicyArns</c>). Their documents are our own and short: of AWS's they have the name, and what they
/// allow of the services that are served here and of a few that are asked for in vain.
/// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/SecurityAudit.html
/// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ViewOnlyAccess.html
/// </summary>
internal static class ManagedPolicies
{
    private const int MaxAttached = 10;

    private static readonly FrozenDictionary<string, PolicyDocument> Documents = new Dictionary<string, PolicyDocument>(StringComparer.Ordinal)
    {
        ["arn:aws:iam::aws:policy/SecurityAudit"] = Reading(
            "account:GetAlternateContact", "account:GetRegionOptStatus", "cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus", "cloudwatch:Describe*", "ec2:Describe*",
            "ecs:Describe*", "ecs:List*", "eks:DescribeCluster", "eks:ListClusters", "iam:Get*", "iam:List*", "iam:SimulateCustomPolicy", "iam:SimulatePrincipalPolicy",
            "kms:Describe*", "kms:Get*", "kms:List*", "lambda:GetFunctionConfiguration", "lambda:GetPolicy", "lambda:List*", "organizations:Describe*", "organizations:List*",
            "rds:Describe*", "s3:GetBucket*", "s3:GetEncryptionConfiguration", "s3:ListAllMyBuckets", "secretsmanager:GetResourcePolicy", "secretsmanager:ListSecrets",
            "ssm:Describe*", "tag:GetResources", "tag:GetTagKeys"),
        ["arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"] = Reading(
            "cloudwatch:Describe*", "cloudwatch:Get*", "cloudwatch:List*", "ec2:Describe*", "ecs:Describe*", "ecs:List*", "eks:ListClusters", "iam:GetAccountSummary",
            "iam:List*", "kms:ListKeys", "lambda:List*", "rds:Describe*", "s3:ListAllMyBuckets", "s3:ListBucket", "secretsmanager:ListSecrets", "tag:Get*"),
        ["arn:aws:iam::aws:policy/ReadOnlyAccess"] = Reading(
            "account:Get*", "account:List*", "cloudwatch:Describe*", "cloudwatch:Get*", "cloudwatch:List*", "ec2:Describe*", "ec2:Get*", "ecs:Describe*", "ecs:List*", "eks:Describe*", "eks:List*", "iam:Get*", "iam:List*",
            "kms:Describe*", "kms:Get*", "kms:List*", "lambda:Get*", "lambda:List*", "organizations:Describe*", "organizations:List*", "rds:Describe*", "s3:Get*", "s3:List*",
            "secretsmanager:Describe*", "secretsmanager:List*", "ssm:Describe*", "ssm:Get*", "tag:Get*"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The policies that a request names, or why it is refused.</summary>
    public static (IReadOnlyList<PolicyDocument> Policies, ServiceError? Error) Read(OperationCall call)
    {
        var named = call.Items("PolicyArns");
        if (named.Count > MaxAttached)
        {
            return ([], new ServiceError("ValidationError", $"1 validation error detected: Value at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to {MaxAttached}"));
        }

        var policies = new List<PolicyDocument>(named.Count);
        foreach (var item in named)
        {
            var arn = item.TryGetProperty("arn", out var value) ? value.ToString() : "";
            if (!Documents.TryGetValue(arn, out var policy))
            {
                return ([], new ServiceError("ValidationError", $"Policy {arn} does not exist or is not attachable."));
            }

            policies.Add(policy);
        }

        return (policies, null);
    }

    /// <summary>
    /// The policies of one session as one: what any of them allows is allowed, what any denies is not. Null where there is none, which confines nothing.
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session
    /// </summary>
    public static PolicyDocument? Join(PolicyDocument? inline, IReadOnlyList<PolicyDocument> managed) =>
        managed.Count == 0 ? inline : new PolicyDocument([.. inline?.Statements ?? [], .. managed.SelectMany(static policy => policy.Statements)]) { Text = inline?.Text ?? "" };

    private static PolicyDocument Reading(params string[] actions) => PolicyReader.Read(
        $$"""{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["{{string.Join("\", \"", actions)}}"], "Resource": "*"}]}""", PolicyKind.Session);
}
