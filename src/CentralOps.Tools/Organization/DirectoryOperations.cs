namespace CentralOps.Tools.Organization;

/// <summary>What the directory of accounts calls in AWS Organizations for the tools that ask it.</summary>
internal static class DirectoryOperations
{
    public static IReadOnlyList<string> All { get; } =
    [
        "organizations:DescribeAccount", "organizations:ListAccounts", "organizations:ListAccountsForParent",
        "organizations:ListOrganizationalUnitsForParent", "organizations:ListRoots",
    ];
}
