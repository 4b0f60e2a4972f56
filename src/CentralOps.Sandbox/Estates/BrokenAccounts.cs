using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Estates;

/// <summary>
/// The default organization with six accounts that cannot be worked in, each for another reason: what a fan-out over all accounts has
/// to tell apart, and the rest must not suffer from.
/// </summary>
public static class BrokenAccounts
{
    /// <summary>The way in was never rolled out to it.</summary>
    public const string WithoutRole = "131313131313";

    public const string Suspended = "141414141414";

    /// <summary>It has not opted in to <see cref="DisabledRegion"/>, which the others use.</summary>
    public const string WithoutRegion = DefaultOrganization.NetworkId;

    public const string DisabledRegion = FleetPlan.OptInRegion;

    /// <summary>A service control policy denies everything outside <see cref="AllowedRegion"/>.</summary>
    public const string UnderServiceControl = DefaultOrganization.PaymentsId;

    public const string AllowedRegion = "eu-west-1";

    /// <summary>Its role trusts, but lets nobody tag the session or set a source identity.</summary>
    public const string WithPlainTrust = "666666666666";

    /// <summary>Its role may do nothing in <see cref="MissingService"/>.</summary>
    public const string WithoutPermission = "777777777777";

    public const string MissingService = "rds";

    private static readonly PolicyDocument PlainTrust = PolicyReader.Read(
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "AssumeOnly",
              "Effect": "Allow",
              "Principal": {"AWS": "arn:aws:iam::111111111111:root"},
              "Action": "sts:AssumeRole"
            }
          ]
        }
        """,
        PolicyKind.Trust);

    private static readonly PolicyDocument NoDatabases = PolicyReader.Read(
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "ReadAllButDatabases",
              "Effect": "Allow",
              "Action": [
                "account:Get*", "account:List*", "cloudwatch:Describe*", "cloudwatch:Get*", "cloudwatch:List*", "ec2:Describe*",
                "ecs:Describe*", "ecs:List*", "eks:Describe*", "eks:List*", "lambda:Get*", "lambda:List*", "s3:GetBucket*", "s3:List*", "tag:Get*"
              ],
              "Resource": "*"
            }
          ]
        }
        """,
        PolicyKind.Identity);

    public static Estate Estate { get; } = Estate.Default.WithAccounts(account => account.Id switch
    {
        WithPlainTrust => account with { TargetTrust = PlainTrust },
        WithoutPermission => account with { TargetPermissions = NoDatabases },
        _ => account,
    });

    /// <summary>The six ids.</summary>
    public static IReadOnlyList<string> All { get; } = [WithoutRole, Suspended, WithoutRegion, UnderServiceControl, WithPlainTrust, WithoutPermission];
}
