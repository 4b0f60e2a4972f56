using System.Globalization;

namespace CentralOps.Sandbox.Estates.Seeded;

/// <summary>One account in one region, for which resources are drawn; <paramref name="Scale"/> is how many instances it runs.</summary>
internal sealed record Cell(ulong Seed, Account Account, string Region, int Scale, NetworkPlan Plan)
{
    public static readonly DateTimeOffset Today = FleetBuilder.Today;

    public string Environment { get; } = Account.Tag("Environment");

    public IReadOnlyList<Workload> Workloads { get; } = Workload.Of(Account.Tag("Team"));

    /// <summary>Each kind has dice of its own, so that more of one kind changes nothing about another.</summary>
    public Dice Dice(string kind) => new(Seed, kind, Account.Id, Region);

    public Workload WorkloadAt(int index) => Workloads[index % Workloads.Count];

    public static DateTimeOffset Past(Dice dice, int days) => Today.AddSeconds(-dice.Roll(days * 86_400));

    /// <summary>Name, environment, team and mostly a cost center; one in twenty was never tagged.</summary>
    public IReadOnlyList<Tag> Tags(Dice dice, string name)
    {
        if (dice.Chance(5))
        {
            return [];
        }

        List<Tag> tags = [new("Name", name), new("Environment", Environment), new("Team", Account.Tag("Team"))];
        if (dice.Chance(80))
        {
            tags.Add(new("CostCenter", Account.Tag("CostCenter")));
        }

        return tags;
    }

    /// <summary>A name, or at times one that somebody chose to do harm.</summary>
    public static string Hostile(Dice dice, string name, int percent = 5) => dice.Chance(percent) ? dice.Pick<string>([.. HostileNames.All]) : name;

    public static string Number(int number) => number.ToString("00", CultureInfo.InvariantCulture);

    /// <summary>A password as somebody would put it where it does not belong. Tests look for the prefix in every answer and log.</summary>
    public static string Secret(Dice dice) => HostileNames.SecretMark + dice.Base36(20);
}
