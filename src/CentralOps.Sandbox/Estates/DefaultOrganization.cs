using System.Collections.Frozen;
using System.Globalization;
using CentralOps.Sandbox.Estates.Seeded;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Estates;

/// <summary>The default organization: a management account, twelve members, units as AWS's landing zone guidance has them.</summary>
internal static class DefaultOrganization
{
    public const string ManagementAccountId = "100000000000";
    public const string CentralOperationsId = "111111111111";
    public const string NetworkId = "888888888888";
    public const string PaymentsId = "121212121212";

    /// <summary>Global services stay reachable, as AWS's own example of such a policy has it.</summary>
    public static readonly PolicyDocument OnlyIreland = PolicyReader.Read(
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "OnlyIreland",
              "Effect": "Deny",
              "NotAction": ["account:*", "iam:*", "organizations:*", "s3:GetAccountPublic*", "s3:ListAllMyBuckets", "sso:*", "sts:*", "support:*"],
              "Resource": "*",
              "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1"]}}
            }
          ]
        }
        """,
        PolicyKind.ServiceControl);

    private static readonly PolicyDocument Nothing = PolicyReader.Read(
        """{"Version": "2012-10-17", "Statement": [{"Sid": "Nothing", "Effect": "Deny", "Action": "*", "Resource": "*"}]}""", PolicyKind.ServiceControl);

    private static readonly string[] SsoAccounts = [CentralOperationsId, "222222222222", "333333333333", "444444444444"];

    private static readonly FrozenSet<string> Opted = FrozenSet.ToFrozenSet([FleetPlan.OptInRegion], StringComparer.Ordinal);

    public static Estate Build(ulong seed)
    {
        var dice = new Dice(seed, "organization");
        var organizationId = "o-" + dice.Base36(10);
        var root = dice.Base36(4);
        var rootId = "r-" + root;

        var security = Unit("Security", rootId);
        var infrastructure = Unit("Infrastructure", rootId);
        var workloads = Unit("Workloads", rootId);
        var prod = Unit("Prod", workloads.Id);
        var nonProd = Unit("NonProd", workloads.Id);
        var suspended = Unit("Suspended", rootId);

        return new Estate(seed, organizationId, rootId, [security, infrastructure, workloads, prod, nonProd, suspended],
        [
            Member(ManagementAccountId, "Management", rootId, "2018-03-12", "shared", "Cloud Office", "CC-1000") with { HasTargetRole = false },
            Member(CentralOperationsId, "Central Operations", infrastructure.Id, "2018-03-14", "shared", "Operations", "CC-1010"),
            Member("222222222222", "Production", prod.Id, "2018-05-02", "prod", "Storefront", "CC-2010"),
            Member("333333333333", "Staging", nonProd.Id, "2018-05-02", "staging", "Storefront", "CC-2011"),
            Member("444444444444", "Development", nonProd.Id, "2018-05-03", "dev", "Storefront", "CC-2012"),
            Member("555555555555", "Security Tooling", security.Id, "2019-01-21", "shared", "Security", "CC-1100"),
            Member("666666666666", "Log Archive", security.Id, "2019-01-21", "shared", "Security", "CC-1101"),
            Member("777777777777", "Shared Services", infrastructure.Id, "2019-02-04", "shared", "Platform", "CC-1020"),
            Member(NetworkId, "Network", infrastructure.Id, "2019-02-04", "shared", "Platform", "CC-1021") with { OptedInRegions = FrozenSet<string>.Empty },
            Member("999999999999", "Data Platform", prod.Id, "2020-09-17", "prod", "Data", "CC-3010"),
            Member(PaymentsId, "Payments", prod.Id, "2021-06-30", "prod", "Payments", "CC-2020"),
            Member("131313131313", "Legacy CRM", prod.Id, "2022-11-08", "prod", "CRM", "CC-4010") with { HasTargetRole = false, Invited = true },
            Member("141414141414", "Sandbox Team", suspended.Id, "2023-04-19", "dev", "Innovation", "CC-9000") with { Status = AccountStatus.Suspended },
        ],
        new SeededResources(seed, static (account, region) => FleetPlan.Count(account.Id, region)))
        {
            ServiceControlPolicies =
            [
                new("p-" + dice.Base36(10), "OnlyIreland", OnlyIreland, [PaymentsId]),
                new("p-" + dice.Base36(10), "NothingWhileSuspended", Nothing, [suspended.Id]),
            ],
            SsoUsers = [new SsoUser("jane.doe", [.. SsoAccounts.Select(account => new SsoAssignment(account, "ReadOnlyAccess")), new(CentralOperationsId, "AdministratorAccess")])],
        };

        OrganizationalUnit Unit(string name, string parentId) => new($"ou-{root}-{dice.Base36(8)}", name, parentId);
    }

    private static Account Member(string id, string name, string parentId, string joined, string environment, string team, string costCenter) => new()
    {
        Id = id,
        Name = name,
        Email = $"aws+{name.Replace(' ', '-').ToLowerInvariant()}@example.com",
        ParentId = parentId,
        JoinedAt = DateTimeOffset.Parse(joined + "T09:30:00Z", CultureInfo.InvariantCulture),
        OptedInRegions = Opted,
        Tags = [new("Environment", environment), new("Team", team), new("CostCenter", costCenter)],
    };
}
