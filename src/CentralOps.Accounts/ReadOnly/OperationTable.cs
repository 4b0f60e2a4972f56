using System.Diagnostics.CodeAnalysis;
using static CentralOps.Accounts.ReadOnly.OperationClass;

namespace CentralOps.Accounts.ReadOnly;

/// <summary>
/// Every operation that is built in. What has no row here is a write and is not callable. Classes are judged operation by operation,
/// never by a name's beginning. The IAM actions of each come from the generated table, <see cref="CentralOps.Aws.Actions.IamActions"/>.
/// </summary>
/// <remarks>
/// The operations of the Identity Center portal and of its OIDC service have no IAM action: a bearer token admits to them, and no session
/// policy can confine them, so no tool can call them whatever their class.
/// </remarks>
public static class OperationTable
{
    public static IReadOnlyList<OperationRow> Rows { get; } =
    [
        new("account:GetAccountInformation", MetadataRead),
        new("account:GetAlternateContact", MetadataRead),
        new("account:GetRegionOptStatus", MetadataRead),
        new("account:ListRegions", MetadataRead),
        new("cloudwatch:DescribeAlarms", MetadataRead),
        new("cloudwatch:GetMetricData", MetadataRead),
        new("cloudwatch:GetMetricStatistics", MetadataRead),
        new("cloudwatch:ListMetrics", MetadataRead),
        new("ec2:DescribeAvailabilityZones", MetadataRead),
        new("ec2:DescribeInstanceAttribute", GuardedRead) { Guard = Guards.InstanceAttribute },
        new("ec2:DescribeInstances", MetadataRead),
        new("ec2:DescribeLaunchTemplateVersions", GuardedRead) { Guard = Guards.LaunchTemplateVersions },
        new("ec2:DescribeLaunchTemplates", MetadataRead),
        new("ec2:DescribeRegions", MetadataRead),
        new("ec2:DescribeSecurityGroupRules", MetadataRead),
        new("ec2:DescribeSecurityGroups", MetadataRead),
        new("ec2:DescribeSubnets", MetadataRead),
        new("ec2:DescribeVpcs", MetadataRead),
        new("ecs:DescribeClusters", MetadataRead),
        new("ecs:DescribeServices", GuardedRead) { Guard = Guards.Services },
        new("ecs:DescribeTaskDefinition", GuardedRead) { Guard = Guards.TaskDefinition },
        new("ecs:ListClusters", MetadataRead),
        new("ecs:ListServices", MetadataRead),
        new("ecs:ListTaskDefinitions", MetadataRead),
        new("eks:DescribeCluster", GuardedRead) { Guard = Guards.Cluster },
        new("eks:ListClusters", MetadataRead),
        new("iam:GetRole", MetadataRead),
        new("iam:ListAccountAliases", MetadataRead),
        new("iam:SimulateCustomPolicy", MetadataRead),
        new("iam:SimulatePrincipalPolicy", MetadataRead),
        new("lambda:GetFunction", GuardedRead) { Guard = Guards.Function },
        new("lambda:GetFunctionConfiguration", GuardedRead) { Guard = Guards.FunctionConfiguration },
        new("lambda:Invoke", Write),
        new("lambda:ListFunctions", GuardedRead) { Guard = Guards.Functions },
        new("lambda:ListTags", MetadataRead),
        new("organizations:DescribeAccount", MetadataRead),
        new("organizations:DescribeOrganization", MetadataRead),
        new("organizations:DescribeOrganizationalUnit", MetadataRead),
        new("organizations:ListAccounts", MetadataRead),
        new("organizations:ListAccountsForParent", MetadataRead),
        new("organizations:ListOrganizationalUnitsForParent", MetadataRead),
        new("organizations:ListParents", MetadataRead),
        new("organizations:ListRoots", MetadataRead),
        new("organizations:ListTagsForResource", MetadataRead),
        new("rds:DescribeDBClusters", GuardedRead) { Guard = Guards.DBClusters },
        new("rds:DescribeDBInstances", GuardedRead) { Guard = Guards.DBInstances },
        new("resourcegroupstaggingapi:GetResources", MetadataRead),
        new("resourcegroupstaggingapi:GetTagKeys", MetadataRead),
        new("resourcegroupstaggingapi:GetTagValues", MetadataRead),
        new("s3:GetBucketEncryption", MetadataRead),
        new("s3:GetBucketLocation", MetadataRead),
        new("s3:GetBucketPolicyStatus", MetadataRead),
        new("s3:GetBucketTagging", MetadataRead),
        new("s3:GetBucketVersioning", MetadataRead),
        new("s3:GetObject", DataRead),
        new("s3:GetPublicAccessBlock", MetadataRead),
        new("s3:HeadBucket", MetadataRead),
        new("s3:ListBuckets", MetadataRead),
        new("sso:GetRoleCredentials", SecretRead),
        new("sso:ListAccountRoles", MetadataRead),
        new("sso:ListAccounts", MetadataRead),
        new("sso:Logout", Write),
        new("sso-oidc:CreateToken", SecretRead),
        new("sso-oidc:RegisterClient", Write),
        new("sso-oidc:StartDeviceAuthorization", Write),
        new("sts:AssumeRole", SecretRead),
        new("sts:AssumeRoleWithWebIdentity", SecretRead),
        new("sts:GetCallerIdentity", MetadataRead),
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
