using System.Collections.Frozen;
using System.Globalization;
using CentralOps.Sandbox.Estates.Seeded;

namespace CentralOps.Sandbox.Estates;

/// <summary>An organization of any size: teams with an account for every environment, in the units of AWS's landing zone guidance.</summary>
internal static class GeneratedOrganization
{
    public const int Fewest = 2;
    public const int Most = 50_000;

    private const long FirstMember = 310_000_000_000;

    // Prime, so that ids are spread and never meet.
    private const long Stride = 7_654_321;

    private static readonly string[] Teams = ["Storefront", "Payments", "Data", "Search", "Identity", "Logistics", "Mobile", "Pricing", "Support", "Research"];
    private static readonly string[] Products = ["Atlas", "Beacon", "Cedar", "Delta", "Ember", "Falcon", "Granite", "Harbor", "Indigo", "Juniper", "Kestrel", "Lumen"];
    private static readonly string[] Environments = ["prod", "staging", "dev"];
    private static readonly FrozenSet<string> Opted = FrozenSet.ToFrozenSet([FleetPlan.OptInRegion], StringComparer.Ordinal);

    public static Estate Build(int accounts, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(accounts, Fewest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(accounts, Most);
        var dice = new Dice(seed, "generated-organization");
        var root = dice.Base36(4);
        var rootId = "r-" + root;
        List<OrganizationalUnit> units = [];
        var infrastructure = Unit("Infrastructure", rootId);
        var workloads = Unit("Workloads", rootId);
        var suspended = Unit("Suspended", rootId);
        var parents = Environments.Select(environment => Unit(environment is "prod" ? "Prod" : environment is "staging" ? "Staging" : "Dev", workloads)).ToArray();
        var teams = parents.SelectMany(parent => Teams.Select(team => Unit(team, parent))).ToArray();

        var members = new Account[accounts];
        members[0] = Make(DefaultOrganization.ManagementAccountId, "Management", rootId, "shared", "Cloud Office", dice) with { HasTargetRole = false };
        members[1] = Make(DefaultOrganization.CentralOperationsId, "Central Operations", infrastructure, "shared", "Operations", dice);
        for (var i = 2; i < accounts; i++)
        {
            var (environment, team) = (i % Environments.Length, dice.Roll(Teams.Length));
            var id = (FirstMember + ((i - 2) * Stride)).ToString(CultureInfo.InvariantCulture);
            var name = string.Create(CultureInfo.InvariantCulture, $"{Teams[team]} {dice.Pick<string>(Products)} {Environments[environment]} {i}");
            var account = Make(id, name, teams[(environment * Teams.Length) + team], Environments[environment], Teams[team], dice);
            members[i] = dice.Roll(1000) switch
            {
                < 5 => account with { ParentId = suspended, Status = AccountStatus.Suspended },
                < 10 => account with { HasTargetRole = false, Invited = true },
                _ => account,
            };
        }

        return new Estate(seed, "o-" + dice.Base36(10), rootId, units, members, new SeededResources(seed, (account, region) => Scale(seed, account, region)));

        string Unit(string name, string parentId)
        {
            var unit = new OrganizationalUnit($"ou-{root}-{dice.Base36(8)}", name, parentId);
            units.Add(unit);
            return unit.Id;
        }
    }

    private static Account Make(string id, string name, string parentId, string environment, string team, Dice dice) => new()
    {
        Id = id,
        Name = name,
        Email = $"aws+{id}@example.com",
        ParentId = parentId,
        JoinedAt = Cell.Today.AddDays(-dice.Roll(3000)),
        OptedInRegions = dice.Chance(10) ? Opted : FrozenSet<string>.Empty,
        Tags = [new("Environment", environment), new("Team", team), new("CostCenter", string.Create(CultureInfo.InvariantCulture, $"CC-{1000 + dice.Roll(9000)}"))],
    };

    // Most accounts are small, and live in one region.
    private static int Scale(ulong seed, Account account, string region)
    {
        var dice = new Dice(seed, "scale", account.Id, region);
        return region is "us-east-1" ? 1 + dice.Roll(dice.Chance(15) ? 60 : 12) : dice.Chance(30) ? 1 + dice.Roll(10) : 0;
    }
}
