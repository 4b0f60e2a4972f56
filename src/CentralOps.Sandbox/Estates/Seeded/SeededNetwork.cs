using CentralOps.Sandbox.Estates.Networks;

namespace CentralOps.Sandbox.Estates.Seeded;

/// <summary>The VPC that everything lives in, the default VPC where nobody has deleted it, and the groups.</summary>
internal static class SeededNetwork
{
    public const string DatabaseGroup = "database";
    public const string FunctionGroup = "lambda";
    public const string TaskGroup = "ecs-tasks";
    public const string ClusterGroup = "eks-cluster";

    // TEST-NET-2 (RFC 5737) stands for the office.
    private const string Office = "198.51.100.0/24";

    public static Network Of(Cell cell)
    {
        var dice = cell.Dice("network");
        var plan = cell.Plan;
        var name = $"{cell.Environment}-{cell.Region}";
        List<Vpc> vpcs = [new(plan.VpcId, plan.Cidr, IsDefault: false) { Tags = cell.Tags(dice, name + "-vpc") }];
        List<Subnet> subnets = [];
        foreach (var zone in plan.Zones)
        {
            subnets.Add(new Subnet(plan.SubnetId(zone), plan.VpcId, zone, plan.SubnetCidr(zone, 0), Public: true) { Tags = cell.Tags(dice, $"{cell.Environment}-public-{zone}") });
            subnets.Add(new Subnet(plan.SubnetId(zone, "private-"), plan.VpcId, zone, plan.SubnetCidr(zone, 1), Public: false) { Tags = cell.Tags(dice, $"{cell.Environment}-private-{zone}") });
        }

        List<SecurityGroup> groups = [.. Groups(cell, dice)];
        if (dice.Chance(40))
        {
            AddDefault(cell, dice, vpcs, subnets, groups);
        }

        return new Network(vpcs, subnets, groups);
    }

    private static IEnumerable<SecurityGroup> Groups(Cell cell, Dice dice)
    {
        var plan = cell.Plan;
        var front = plan.GroupId(cell.Workloads[0].Name);
        yield return DefaultGroup(dice, plan.VpcId);
        for (var i = 0; i < cell.Workloads.Count; i++)
        {
            var workload = cell.Workloads[i];
            var from = i == 0 ? "10.0.0.0/8" : plan.GroupId(cell.Workloads[i - 1].Name);
            yield return Group(cell, dice, workload.Name, workload.Name + "-sg", workload switch
            {
                { Name: "bastion" or "vpn" } => [Ingress(dice, 22, Office, "SSH from the office")],
                { Public: true } => [Ingress(dice, 443, "0.0.0.0/0", "HTTPS from anywhere"), Ingress(dice, 443, "::/0", "HTTPS from anywhere"), Ingress(dice, 80, "0.0.0.0/0", "")],
                _ => [Ingress(dice, 8080, from, "Application"), Ingress(dice, 9100, plan.GroupId(workload.Name), "Metrics of the same kind")],
            });
        }

        yield return Group(cell, dice, DatabaseGroup, DatabaseGroup + "-sg",
            [Ingress(dice, 5432, front, "Postgres"), Ingress(dice, 3306, front, "MySQL"), Ingress(dice, 5432, plan.GroupId(FunctionGroup), "Postgres from functions")]);
        yield return Group(cell, dice, FunctionGroup, FunctionGroup + "-sg", []);
        yield return Group(cell, dice, TaskGroup, TaskGroup + "-sg", [Ingress(dice, 8080, front, "Tasks")]);
        yield return Group(cell, dice, ClusterGroup, ClusterGroup + "-sg", [Ingress(dice, 443, plan.GroupId(TaskGroup), "Kubernetes API")]);
    }

    private static SecurityGroup Group(Cell cell, Dice dice, string key, string name, IReadOnlyList<SecurityGroupRule> ingress) =>
        new(cell.Plan.GroupId(key), name, $"{key} of {cell.Environment}", cell.Plan.VpcId)
        {
            Rules = [.. ingress, Everything(dice)],
            Tags = cell.Tags(dice, Cell.Hostile(dice, $"{cell.Environment}-{name}")),
        };

    public static SecurityGroup DefaultGroup(Dice dice, string vpcId)
    {
        var id = "sg-0" + dice.Hex(16);
        return new SecurityGroup(id, "default", "default VPC security group", vpcId)
        {
            Rules = [new(RuleId(dice), "-1", -1, -1, RulePeer.Of(id)), Everything(dice)],
        };
    }

    public static SecurityGroupRule Ingress(Dice dice, int port, string peer, string description) =>
        new(RuleId(dice), "tcp", port, port, RulePeer.Of(peer)) { Description = description };

    public static SecurityGroupRule Everything(Dice dice) => new(RuleId(dice), "-1", -1, -1, RulePeer.Everyone) { Egress = true };

    private static string RuleId(Dice dice) => "sgr-0" + dice.Hex(16);

    private static void AddDefault(Cell cell, Dice dice, List<Vpc> vpcs, List<Subnet> subnets, List<SecurityGroup> groups)
    {
        var vpc = new Vpc("vpc-0" + dice.Hex(16), "172.31.0.0/16", IsDefault: true);
        vpcs.Add(vpc);
        groups.Add(DefaultGroup(dice, vpc.Id));
        for (var i = 0; i < cell.Plan.Zones.Count; i++)
        {
            subnets.Add(new Subnet("subnet-0" + dice.Hex(16), vpc.Id, cell.Plan.Zones[i], $"172.31.{i * 16}.0/20", Public: true) { IsDefault = true });
        }
    }
}
