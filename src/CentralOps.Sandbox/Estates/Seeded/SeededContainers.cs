using CentralOps.Sandbox.Estates.Containers;

namespace CentralOps.Sandbox.Estates.Seeded;

/// <summary>ECS clusters with services and their task definitions, and EKS clusters.</summary>
internal static class SeededContainers
{
    public static (IReadOnlyList<EcsCluster> Clusters, IReadOnlyList<TaskDefinition> Definitions) OfEcs(Cell cell)
    {
        var dice = cell.Dice("ecs");
        var count = cell.Scale / 4;
        if (count == 0)
        {
            return ([], []);
        }

        List<TaskDefinition> definitions = [];
        var clusters = Enumerable.Range(0, 1 + (count / 8)).Select(index =>
        {
            var name = $"{cell.Environment}-{(index == 0 ? "apps" : "batch-" + Cell.Number(index))}";
            var services = Enumerable.Range(0, Math.Min(8, count - (index * 8))).Select(number => Service(cell, dice, index, number, definitions)).ToArray();
            return new EcsCluster(name) { ContainerInsights = dice.Chance(50), Services = services, Tags = cell.Tags(dice, name) };
        }).ToArray();
        return (clusters, definitions);
    }

    public static IReadOnlyList<EksCluster> OfEks(Cell cell)
    {
        var dice = cell.Dice("eks");
        return [.. Enumerable.Range(0, (cell.Scale + 8) / 16).Select(index => $"{cell.Environment}-{(index == 0 ? "platform" : "tenant-" + Cell.Number(index))}").Select(name => new EksCluster(name)
        {
            Version = dice.Pick<string>(["1.31", "1.32", "1.33", "1.34"]),
            Status = dice.Chance(95) ? "ACTIVE" : "UPDATING",
            PublicEndpoint = dice.Chance(50),
            SecretsEncrypted = dice.Chance(60),
            LogTypes = dice.Chance(70) ? ["api", "audit", "authenticator"] : [],
            CreatedAt = Cell.Past(dice, 700),
            VpcId = cell.Plan.VpcId,
            SubnetIds = [.. cell.Plan.Zones.Select(zone => cell.Plan.SubnetId(zone, "private-"))],
            GroupId = cell.Plan.GroupId(SeededNetwork.ClusterGroup),
            Tags = cell.Tags(dice, name),
        })];
    }

    private static EcsService Service(Cell cell, Dice dice, int cluster, int number, List<TaskDefinition> definitions)
    {
        var family = $"{cell.Environment}-{cell.WorkloadAt(number).Name}-{Cell.Number((cluster * 8) + number + 1)}";
        var revisions = 1 + dice.Roll(3);
        var registered = Cell.Past(dice, 300);
        for (var revision = 1; revision <= revisions; revision++)
        {
            definitions.Add(Definition(cell, dice, family, revision, registered.AddMinutes(revision)));
        }

        var desired = 1 + dice.Roll(6);
        var starting = dice.Chance(10) ? 1 : 0;
        return new EcsService(family, $"{family}:{revisions}")
        {
            LaunchType = dice.Chance(75) ? "FARGATE" : "EC2",
            DesiredCount = desired,
            RunningCount = desired - starting,
            PendingCount = starting,
            CreatedAt = registered,
            SubnetIds = [.. cell.Plan.Zones.Select(zone => cell.Plan.SubnetId(zone, "private-"))],
            GroupIds = [cell.Plan.GroupId(SeededNetwork.TaskGroup)],
            Tags = cell.Tags(dice, family),
        };
    }

    private static TaskDefinition Definition(Cell cell, Dice dice, string family, int revision, DateTimeOffset registered) =>
        new(family, revision, $"{cell.Account.Id}.dkr.ecr.{cell.Region}.amazonaws.com/{family}:{revision}.{dice.Roll(30)}.0")
        {
            Cpu = dice.Pick<int>([256, 512, 1024]),
            MemoryMb = dice.Pick<int>([512, 1024, 2048]),
            RegisteredAt = registered,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["STAGE"] = cell.Environment, ["REDIS_PASSWORD"] = Cell.Secret(dice) },
            Secrets = ["DB_PASSWORD"],
            Tags = cell.Tags(dice, family),
        };
}
