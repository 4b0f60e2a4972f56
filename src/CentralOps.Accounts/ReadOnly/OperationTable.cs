using System.Diagnostics.CodeAnalysis;
using static CentralOps.Accounts.ReadOnly.OperationClass;

namespace CentralOps.Accounts.ReadOnly;

/// <summary>One operation: what it does, and the IAM actions without which AWS refuses it.</summary>
/// <param name="Operation">As <c>service:Operation</c>, the service by its endpoint prefix.</param>
public sealed record OperationRow(string Operation, OperationClass Class, params string[] Actions);

/// <summary>
/// Every operation that may be called in an account. What has no row here is a write and is not callable. Classes are judged
/// operation by operation, never by a name's beginning. Actions: https://docs.aws.amazon.com/service-authorization/latest/reference/
/// </summary>
/// <remarks>AWS STS has no row for AssumeRole: it is the way in itself, never something a tool calls.</remarks>
public static class OperationTable
{
    public static IReadOnlyList<OperationRow> Rows { get; } =
    [
        new("ec2:DescribeInstances", MetadataRead, "ec2:DescribeInstances"),
        new("ec2:DescribeRegions", MetadataRead, "ec2:DescribeRegions"),
        new("lambda:Invoke", Write, "lambda:InvokeFunction"),
        new("organizations:DescribeAccount", MetadataRead, "organizations:DescribeAccount"),
        new("organizations:DescribeOrganization", MetadataRead, "organizations:DescribeOrganization"),
        new("organizations:DescribeOrganizationalUnit", MetadataRead, "organizations:DescribeOrganizationalUnit"),
        new("organizations:ListAccounts", MetadataRead, "organizations:ListAccounts"),
        new("organizations:ListAccountsForParent", MetadataRead, "organizations:ListAccountsForParent"),
        new("organizations:ListOrganizationalUnitsForParent", MetadataRead, "organizations:ListOrganizationalUnitsForParent"),
        new("organizations:ListParents", MetadataRead, "organizations:ListParents"),
        new("organizations:ListRoots", MetadataRead, "organizations:ListRoots"),
        new("organizations:ListTagsForResource", MetadataRead, "organizations:ListTagsForResource"),
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

    /// <summary>
    /// Whether tools may call it at all. Customers' data and secrets are reads, and still not for tools; guarded reads are not before
    /// their secret members are removed while transcoding.
    /// </summary>
    public static bool IsCallable(OperationClass @class) => @class is MetadataRead;
}
