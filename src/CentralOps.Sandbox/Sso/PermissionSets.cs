using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Identity;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Sso;

/// <summary>
/// The permission sets of IAM Identity Center, and the roles that it makes of them in the accounts.
/// https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html
/// </summary>
internal static class PermissionSets
{
    private const string RolePrefix = "AWSReservedSSO_";

    private static readonly PolicyDocument Everything = PolicyReader.Read(
        """{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}""", PolicyKind.Identity);

    private static readonly PolicyDocument MetadataOnly = PolicyReader.Read(
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Effect": "Allow",
              "Action": ["cloudwatch:Describe*", "cloudwatch:List*", "ec2:Describe*", "ecs:List*", "eks:List*", "iam:List*", "lambda:List*", "rds:Describe*", "s3:ListAllMyBuckets"],
              "Resource": "*"
            }
          ]
        }
        """,
        PolicyKind.Identity);

    public static IReadOnlyList<string> Names { get; } = ["AdministratorAccess", "ReadOnlyAccess", "SecurityAudit", "ViewOnlyAccess"];

    public static Role RoleOf(Estate estate, string accountId, string permissionSet)
    {
        var name = $"{RolePrefix}{permissionSet}_{new Dice(estate.Seed, "permission-set", accountId, permissionSet).Hex(16)}";
        return new Role
        {
            AccountId = accountId,
            Name = name,
            Path = "/aws-reserved/sso.amazonaws.com/",
            RoleId = "AROA" + new Dice(estate.Seed, "role", accountId, name).Base32(17),
            Trust = IdentityDocuments.ServiceTrust("sso.amazonaws.com"),
            Policies = permissionSet switch
            {
                "AdministratorAccess" => [Everything],
                "ViewOnlyAccess" => [MetadataOnly],
                _ => [IdentityDocuments.TargetRead, IdentityDocuments.OrganizationRead],
            },
        };
    }

    /// <summary>The roles of an account that people come in by.</summary>
    public static IEnumerable<Role> RolesOf(Estate estate, string accountId) => estate.SsoUsers
        .SelectMany(user => user.Assignments)
        .Where(assignment => string.Equals(assignment.AccountId, accountId, StringComparison.Ordinal))
        .Select(assignment => assignment.PermissionSet)
        .Distinct(StringComparer.Ordinal)
        .Select(set => RoleOf(estate, accountId, set));
}
