using CentralOps.Sandbox.Estates.Databases;

namespace CentralOps.Sandbox.Estates.Seeded;

/// <summary>Databases alone and in Aurora clusters of two or three.</summary>
internal static class SeededDatabases
{
    private static readonly string[] Names = ["orders", "catalog", "customers", "billing", "events", "inventory", "sessions", "reports", "audit", "search"];
    private static readonly string[] Classes = ["db.t4g.medium", "db.r6g.large", "db.r7g.xlarge", "db.m6i.large", "db.r6i.2xlarge"];

    public static (IReadOnlyList<DatabaseCluster> Clusters, IReadOnlyList<DatabaseInstance> Instances) Of(Cell cell)
    {
        var dice = cell.Dice("rds");
        List<DatabaseCluster> clusters = [];
        List<DatabaseInstance> instances = [];
        for (var turn = 0; instances.Count < cell.Scale / 5; turn++)
        {
            var name = Names[turn % Names.Length];
            var id = $"{cell.Environment}-{name}" + (turn < Names.Length ? "" : "-" + Cell.Number((turn / Names.Length) + 1));
            if (turn % 3 == 0)
            {
                AddCluster(cell, dice, id, name, clusters, instances);
            }
            else
            {
                instances.Add(Instance(cell, dice, id, name, dice.Pick<DatabaseEngine>([.. DatabaseEngine.All.Where(engine => !engine.IsAurora)])));
            }
        }

        return (clusters, [.. instances.OrderBy(instance => instance.Id, StringComparer.Ordinal)]);
    }

    private static void AddCluster(Cell cell, Dice dice, string id, string name, List<DatabaseCluster> clusters, List<DatabaseInstance> instances)
    {
        var engine = dice.Chance(70) ? DatabaseEngine.AuroraPostgres : DatabaseEngine.AuroraMysql;
        var members = Enumerable.Range(1, 2 + dice.Roll(2)).Select(number => Instance(cell, dice, $"{id}-{number}", name, engine) with { ClusterId = id }).ToArray();
        instances.AddRange(members);
        clusters.Add(new DatabaseCluster
        {
            Id = id,
            Engine = engine,
            DatabaseName = name,
            ManagedPassword = dice.Chance(70),
            DeletionProtection = cell.Environment is "prod",
            BackupDays = cell.Environment is "prod" ? 35 : 7,
            MemberIds = [.. members.Select(member => member.Id)],
            Zones = cell.Plan.Zones,
            CreatedAt = members[0].CreatedAt,
            GroupId = members[0].GroupId,
            Tags = cell.Tags(dice, id),
        });
    }

    private static DatabaseInstance Instance(Cell cell, Dice dice, string id, string name, DatabaseEngine engine) => new()
    {
        Id = id,
        Engine = engine,
        Class = dice.Pick<string>(Classes),
        Status = dice.Roll(100) switch { < 92 => "available", < 95 => "stopped", < 98 => "backing-up", _ => "modifying" },
        DatabaseName = name,
        ManagedPassword = dice.Chance(60),
        StorageGb = 20 * (1 + dice.Roll(40)),
        MultiAz = cell.Environment is "prod",
        Public = dice.Chance(5),
        Encrypted = dice.Chance(92),
        DeletionProtection = cell.Environment is "prod",
        BackupDays = cell.Environment is "prod" ? 35 : 7,
        Zone = cell.Plan.Zones[dice.Roll(3)],
        CreatedAt = Cell.Past(dice, 1200),
        VpcId = cell.Plan.VpcId,
        SubnetIds = [.. cell.Plan.Zones.Select(zone => cell.Plan.SubnetId(zone, "private-"))],
        GroupId = cell.Plan.GroupId(SeededNetwork.DatabaseGroup),
        Tags = cell.Tags(dice, id),
    };
}
