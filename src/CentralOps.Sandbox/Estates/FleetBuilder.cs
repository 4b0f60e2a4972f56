using System.Globalization;
using CentralOps.Sandbox.Estates.Seeded;

namespace CentralOps.Sandbox.Estates;

/// <summary>Makes the instances of one account and region from the seed.</summary>
internal static class FleetBuilder
{
    public static readonly DateTimeOffset Today = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public static Fleet Build(ulong seed, Account account, string region, int count, NetworkPlan network)
    {
        if (count == 0)
        {
            return Fleet.Empty;
        }

        var dice = new Dice(seed, "ec2", account.Id, region);
        var workloads = Workload.Of(account.Tag("Team"));
        var instances = new List<Instance>(count);
        for (var turn = 0; instances.Count < count; turn++)
        {
            var workload = workloads[turn % workloads.Count];
            var size = Math.Min(1 + dice.Roll(workload.ReservationSize), count - instances.Count);
            Reserve(dice, network, account, region, workload, size, instances);
        }

        return new Fleet(instances);
    }

    private static void Reserve(
        Dice dice, NetworkPlan network, Account account, string region, Workload workload, int size, List<Instance> instances)
    {
        var reservation = "r-0" + dice.Hex(16);
        var type = dice.Pick<string>(workload.Types);
        var image = "ami-0" + dice.Hex(16);
        var launched = Today.AddSeconds(-dice.Roll(700 * 86_400));
        var token = dice.Hex(32);
        var windows = workload.Name is "directory" or "crm-app";
        for (var i = 0; i < size; i++)
        {
            var state = RollState(dice);
            var zone = region + (char)('a' + ((instances.Count + i) % 3));
            var id = "i-0" + dice.Hex(16);
            instances.Add(new Instance
            {
                Id = id,
                ReservationId = reservation,
                AccountId = account.Id,
                Region = region,
                AvailabilityZone = zone,
                State = state,
                Hardware = InstanceHardware.Of(type),
                ImageId = image,
                LaunchedAt = launched,
                LaunchIndex = i,
                KeyName = account.Tag("Environment") + "-2024",
                ClientToken = token,
                Network = state == InstanceState.Terminated ? null : network.Attach(dice, zone, workload, state == InstanceState.Running),
                Windows = windows,
                Spot = workload.Name is "spark" or "ci-runner" && dice.Chance(40),
                Monitored = dice.Chance(25),
                ProfileName = dice.Chance(80) ? workload.Name + "-instance" : null,
                UserData = UserData(id),
                Tags = Tags(dice, account, region, workload, instances.Count),
            });
        }
    }

    private static InstanceState RollState(Dice dice) => dice.Roll(100) switch
    {
        < 78 => InstanceState.Running,
        < 92 => InstanceState.Stopped,
        < 95 => InstanceState.Terminated,
        < 97 => InstanceState.Stopping,
        < 99 => InstanceState.Pending,
        _ => InstanceState.ShuttingDown,
    };

    private static List<Tag> Tags(Dice dice, Account account, string region, Workload workload, int index)
    {
        // Some instances were never tagged, as everywhere.
        if (dice.Chance(4))
        {
            return [];
        }

        var environment = account.Tag("Environment");
        var name = index % 8 == 3
            ? HostileNames.All[((index / 8) + region.Length + account.Name.Length) % HostileNames.All.Count]
            : string.Create(CultureInfo.InvariantCulture, $"{environment}-{workload.Name}-{index + 1:00}");
        List<Tag> tags = [new("Name", name), new("Environment", environment), new("Team", account.Tag("Team"))];
        if (dice.Chance(85))
        {
            tags.Add(new("CostCenter", account.Tag("CostCenter")));
        }

        if (dice.Chance(30))
        {
            tags.Add(new("aws:autoscaling:groupName", $"{environment}-{workload.Name}-asg"));
        }

        return tags;
    }

    // Dice of its own: the others have given the documented instances their faces.
    private static string? UserData(string id)
    {
        var dice = new Dice(0, "user-data", id);
        return dice.Chance(40) ? SeededLaunchTemplates.Script(dice) : null;
    }
}
