using System.Diagnostics.CodeAnalysis;
using static CentralOps.Accounts.ReadOnly.OperationClass;

namespace CentralOps.Accounts.ReadOnly;

/// <summary>
/// Every operation that is built in. What has no row here is a write and is not callable. Classes are judged operation by operation,
/// never by a name's beginning. Actions: https://docs.aws.amazon.com/service-authorization/latest/reference/
/// </summary>
/// <remarks>
/// The operations of the Identity Center portal and of its OIDC service have no IAM action: a bearer token admits to them, and no session
/// policy can confine them, so no tool can call them whatever their class.
/// </remarks>
public static class OperationTable
{
    public static IReadOnlyList<OperationRow> Rows { get; } =
    [
        new("account:GetAccountInformation", MetadataRead, "account:GetAccountInformation"),
        new("account:GetAlternateContact", MetadataRead, "account:GetAlternateContact"),
        new("account:GetRegionOptStatus", MetadataRead, "account:GetRegionOptStatus"),
        new("account:ListRegions", MetadataRead, "account:ListRegions"),
        new("cloudwatch:DescribeAlarms", MetadataRead, "cloudwatch:DescribeAlarms"),
        new("cloudwatch:GetMetricData", MetadataRead, "cloudwatch:GetMetricData"),
        new("cloudwatch:GetMetricStatistics", MetadataRead, "cloudwatch:GetMetricStatistics"),
        new("cloudwatch:ListMetrics", MetadataRead, "cloudwatch:ListMetrics"),
        new("ec2:DescribeAvailabilityZones", MetadataRead, "ec2:DescribeAvailabilityZones"),
        new("ec2:DescribeInstanceAttribute", GuardedRead, "ec2:DescribeInstanceAttribute") { Guard = Guards.InstanceAttribute },
        new("ec2:DescribeInstances", MetadataRead, "ec2:DescribeInstances"),
        new("ec2:DescribeLaunchTemplateVersions", GuardedRead, "ec2:DescribeLaunchTemplateVersions") { Guard = Guards.LaunchTemplateVersions },
        new("ec2:DescribeLaunchTemplates", MetadataRead, "ec2:DescribeLaunchTemplates"),
        new("ec2:DescribeRegions", MetadataRead, "ec2:DescribeRegions"),
        new("ec2:DescribeSecurityGroupRules", MetadataRead, "ec2:DescribeSecurityGroupRules"),
        new("ec2:DescribeSecurityGroups", MetadataRead, "ec2:DescribeSecurityGroups"),
        new("ec2:DescribeSubnets", MetadataRead, "ec2:DescribeSubnets"),
        new("ec2:DescribeVpcs", MetadataRead, "ec2:DescribeVpcs"),
        new("ecs:DescribeClusters", MetadataRead, "ecs:DescribeClusters"),
        new("ecs:DescribeServices", GuardedRead, "ecs:DescribeServices") { Guard = Guards.Services },
        new("ecs:DescribeTaskDefinition", GuardedRead, "ecs:DescribeTaskDefinition") { Guard = Guards.TaskDefinition },
        new("ecs:ListClusters", MetadataRead, "ecs:ListClusters"),
        new("ecs:ListServices", MetadataRead, "ecs:ListServices"),
        new("ecs:ListTaskDefinitions", MetadataRead, "ecs:ListTaskDefinitions"),
        new("eks:DescribeCluster", GuardedRead, "eks:DescribeCluster") { Guard = Guards.Cluster },
        new("eks:ListClusters", MetadataRead, "eks:ListClusters"),
        new("iam:GetRole", MetadataRead, "iam:GetRole"),
        new("iam:ListAccountAliases", MetadataRead, "iam:ListAccountAliases"),
        new("iam:SimulateCustomPolicy", MetadataRead, "iam:SimulateCustomPolicy"),
        new("iam:SimulatePrincipalPolicy", MetadataRead, "iam:SimulatePrincipalPolicy"),
        new("lambda:GetFunction", GuardedRead, "lambda:GetFunction") { Guard = Guards.Function },
        new("lambda:GetFunctionConfiguration", GuardedRead, "lambda:GetFunctionConfiguration") { Guard = Guards.FunctionConfiguration },
        new("lambda:Invoke", Write, "lambda:InvokeFunction"),
        new("lambda:ListFunctions", GuardedRead, "lambda:ListFunctions") { Guard = Guards.Functions },
        new("lambda:ListTags", MetadataRead, "lambda:ListTags"),
        new("organizations:DescribeAccount", MetadataRead, "organizations:DescribeAccount"),
        new("organizations:DescribeOrganization", MetadataRead, "organizations:DescribeOrganization"),
        new("organizations:DescribeOrganizationalUnit", MetadataRead, "organizations:DescribeOrganizationalUnit"),
        new("organizations:ListAccounts", MetadataRead, "organizations:ListAccounts"),
        new("organizations:ListAccountsForParent", MetadataRead, "organizations:ListAccountsForParent"),
        new("organizations:ListOrganizationalUnitsForParent", MetadataRead, "organizations:ListOrganizationalUnitsForParent"),
        new("organizations:ListParents", MetadataRead, "organizations:ListParents"),
        new("organizations:ListRoots", MetadataRead, "organizations:ListRoots"),
        new("organizations:ListTagsForResource", MetadataRead, "organizations:ListTagsForResource"),
        new("rds:DescribeDBClusters", GuardedRead, "rds:DescribeDBClusters") { Guard = Guards.DBClusters },
        new("rds:DescribeDBInstances", GuardedRead, "rds:DescribeDBInstances") { Guard = Guards.DBInstances },
        new("resourcegroupstaggingapi:GetResources", MetadataRead, "tag:GetResources"),
        new("resourcegroupstaggingapi:GetTagKeys", MetadataRead, "tag:GetTagKeys"),
        new("resourcegroupstaggingapi:GetTagValues", MetadataRead, "tag:GetTagValues"),
        new("s3:GetBucketEncryption", MetadataRead, "s3:GetEncryptionConfiguration"),
        new("s3:GetBucketLocation", MetadataRead, "s3:GetBucketLocation"),
        new("s3:GetBucketPolicyStatus", MetadataRead, "s3:GetBucketPolicyStatus"),
        new("s3:GetBucketTagging", MetadataRead, "s3:GetBucketTagging"),
        new("s3:GetBucketVersioning", MetadataRead, "s3:GetBucketVersioning"),
        new("s3:GetPublicAccessBlock", MetadataRead, "s3:GetBucketPublicAccessBlock"),
        new("s3:HeadBucket", MetadataRead, "s3:ListBucket"),
        new("s3:ListBuckets", MetadataRead, "s3:ListAllMyBuckets"),
        new("sso:GetRoleCredentials", SecretRead),
        new("sso:ListAccountRoles", MetadataRead),
        new("sso:ListAccounts", MetadataRead),
        new("sso:Logout", Write),
        new("sso-oidc:CreateToken", SecretRead),
        new("sso-oidc:RegisterClient", Write),
        new("sso-oidc:StartDeviceAuthorization", Write),
        new("sts:AssumeRole", SecretRead, "sts:AssumeRole"),
        new("sts:AssumeRoleWithWebIdentity", SecretRead, "sts:AssumeRoleWithWebIdentity"),
        new("sts:GetCallerIdentity", MetadataRead, "sts:GetCallerIdentity"),
    ];

    public static bool TryFind(string operation, [NotNullWhen(true)] out OperationRow? row)
    {
        foreach (var candidate in Rows)
        {
            if (string.Equals(candidate.Operation, operation, StringComparison.Ordinal))
            {
                row = candidate;
                return true;
            }
        }

        row = null;
        return false;
    }
}
