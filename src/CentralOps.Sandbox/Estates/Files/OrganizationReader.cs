using System.Collections.Frozen;
using System.Globalization;

namespace CentralOps.Sandbox.Estates.Files;

/// <summary>Reads the organization: units, accounts, service control policies and people.</summary>
internal static class OrganizationReader
{
    private const int MaxAccounts = 10_000;

    public static Estate Read(Section file, ulong fallbackSeed)
    {
        var seed = file.Text("seed") is null ? fallbackSeed : (ulong)file.Number("seed", 1, 0, int.MaxValue);
        var dice = new Dice(seed, "file-organization");
        var organizationId = "o-" + dice.Base36(10);
        var root = dice.Base36(4);
        var units = UnitReader.Read(file, root, seed);
        List<Account> accounts = [];
        Dictionary<(string, string), RegionResources> resources = [];
        var places = new BucketNames();
        foreach (var section in file.Sections("accounts").Take(MaxAccounts))
        {
            if (ReadAccount(section, units) is { } account)
            {
                if (accounts.Exists(other => string.Equals(other.Id, account.Id, StringComparison.Ordinal)))
                {
                    section.Problems.Add(section.LineOf("id"), $"The account {account.Id} is there twice", "Give each account an id of its own.");
                }

                accounts.Add(account);
                ResourcesReader.Read(section, account, seed, places, resources);
            }

            section.End();
        }

        var management = Management(file, accounts);
        var policies = PolicySection.Read(file, units, accounts, dice);
        var people = PeopleReader.Read(file, accounts);
        file.End();
        IReadOnlyList<Account> ordered = management is null ? accounts : [management with { HasTargetRole = false }, .. accounts.Where(account => !ReferenceEquals(account, management))];
        // A broken file is never made an estate of; the caller tells its problems.
        return file.Problems.None
            ? new Estate(seed, organizationId, units.RootId, units.All, ordered, new DeclaredResources(resources)) { ServiceControlPolicies = policies, SsoUsers = people }
            : DefaultOrganization.Build(seed);
    }

    private static Account? ReadAccount(Section section, UnitReader units)
    {
        var id = section.Required("id", IsAccountId, "12 digits in quotes, such as \"222222222222\"");
        var name = section.Required("name", static text => text.Length is > 0 and <= 50, "1 to 50 characters");
        var account = new Account
        {
            Id = id,
            Name = name,
            Email = section.Text("email", $"aws+{id}@example.com"),
            ParentId = units.Find(section, "unit"),
            JoinedAt = section.Time("joined", new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero)),
            Status = section.OneOf("status", "active", "active", "suspended") is "suspended" ? AccountStatus.Suspended : AccountStatus.Active,
            Invited = section.Flag("invited", otherwise: false),
            HasTargetRole = section.Flag("way_in", otherwise: true),
            OptedInRegions = OptedIn(section),
            Tags = section.Pairs("tags"),
        };
        return id.Length == 0 || name.Length == 0 ? null : account;
    }

    public static bool IsAccountId(string text) => text.Length == 12 && text.All(char.IsAsciiDigit);

    private static FrozenSet<string> OptedIn(Section section)
    {
        var regions = section.Texts("regions");
        foreach (var region in regions.Where(region => !Region.ByName.TryGetValue(region, out var known) || !known.NeedsOptIn))
        {
            section.Problems.Add(
                section.LineOf("regions"),
                $"'{region}' is not a region that needs opting in",
                $"List only those: {string.Join(", ", Region.All.Where(known => known.NeedsOptIn).Select(known => known.Name))}; all others are always enabled.");
        }

        return regions.ToFrozenSet(StringComparer.Ordinal);
    }

    private static Account? Management(Section file, List<Account> accounts)
    {
        if (!accounts.Exists(account => account.Id is DefaultOrganization.CentralOperationsId))
        {
            file.Problems.Add(
                file.LineOf("accounts"),
                $"The account {DefaultOrganization.CentralOperationsId} is missing",
                $"Add '- {{id: \"{DefaultOrganization.CentralOperationsId}\", name: Central Operations}}': the functions and the operator are there.");
        }

        var id = file.Text("management");
        var management = id is null ? accounts.FirstOrDefault(account => account.Id is not DefaultOrganization.CentralOperationsId) : accounts.Find(account => string.Equals(account.Id, id, StringComparison.Ordinal));
        if (management is null)
        {
            file.Problems.Add(file.LineOf("management"), string.Create(CultureInfo.InvariantCulture, $"The management account {id} is not among the accounts"), "Name one that is, other than the operations account.");
        }

        return management;
    }
}
