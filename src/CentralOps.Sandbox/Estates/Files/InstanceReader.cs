using System.Globalization;
using System.Net;
using CentralOps.Sandbox.Estates.Networks;

namespace CentralOps.Sandbox.Estates.Files;

/// <summary>EC2 instances; <c>count</c> makes several alike, with numbers behind their names.</summary>
internal static class InstanceReader
{
    private const int MostAlike = 2000;

    public static Fleet Read(Section region, DeclaredPlace place, Network network)
    {
        List<Instance> instances = [];
        Dictionary<string, int> taken = new(StringComparer.Ordinal);
        foreach (var section in DeclaredPlace.Named(region, "ec2", static text => text.Length is > 0 and <= 256, "1 to 256 characters"))
        {
            var name = section.Text("name", "");
            var count = section.Number("count", 1, 1, MostAlike);
            var template = Template(section, place, name);
            var zone = section.OneOf("zone", "", "", "a", "b", "c");
            var open = section.Flag("public", otherwise: false);
            var group = DeclaredPlace.Group(section, network);
            var tags = section.Pairs("tags");
            for (var i = 0; i < count && group is not null; i++)
            {
                var own = count == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{i + 1:00}");
                var subnets = network.Subnets.Where(subnet => subnet.Public == open && (zone.Length == 0 || subnet.Zone.EndsWith(zone, StringComparison.Ordinal))).ToArray();
                instances.Add(Launch(template, place, own, i, subnets[i % subnets.Length], group, taken, section) with
                {
                    Tags = tags.Any(tag => tag.Key is "Name") ? tags : [new("Name", own), .. tags],
                });
            }
        }

        return new Fleet(instances);
    }

    private static Instance Template(Section section, DeclaredPlace place, string name)
    {
        var state = section.OneOf("state", "running", [.. InstanceState.All.Select(known => known.Name)]);
        var type = section.Required("type", static text => text.Split('.') is [{ Length: > 0 }, { Length: > 0 }], "an instance type such as t3.micro");
        var dice = place.Dice("ec2", name);
        return new Instance
        {
            Id = "",
            ReservationId = "r-0" + dice.Hex(16),
            AccountId = place.Account.Id,
            Region = place.Region,
            AvailabilityZone = "",
            State = InstanceState.All.First(known => string.Equals(known.Name, state, StringComparison.Ordinal)),
            Hardware = InstanceHardware.Of(type.Length == 0 ? "t3.micro" : type),
            ImageId = section.Text("image", "ami-0" + dice.Hex(16)),
            LaunchedAt = section.Time("launched", DeclaredPlace.Made),
            LaunchIndex = 0,
            KeyName = section.Text("key", "main"),
            ClientToken = dice.Hex(32),
            Windows = section.Flag("windows", otherwise: false),
            Spot = section.Flag("spot", otherwise: false),
            ProfileName = section.Text("profile"),
            UserData = section.Text("user_data"),
        };
    }

    private static Instance Launch(Instance template, DeclaredPlace place, string name, int index, Subnet subnet, SecurityGroup group, Dictionary<string, int> taken, Section section)
    {
        var dice = place.Dice("instance", name, index.ToString(CultureInfo.InvariantCulture));
        // The first four addresses of a subnet and its last are AWS's.
        var host = taken.GetValueOrDefault(subnet.Id, 3) + 1;
        taken[subnet.Id] = host;
        if (host >= Cidr.Addresses(subnet.Cidr) - 1)
        {
            section.Problems.Add(section.Line, $"{section.Place} does not fit: the subnet {subnet.Cidr} is full", "Give the VPC a larger 'cidr', or fewer instances.");
        }

        var bytes = IPNetwork.Parse(subnet.Cidr).BaseAddress.GetAddressBytes();
        var address = (((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3]) + (uint)host;
        var network = new InstanceNetwork(
            subnet.VpcId,
            subnet.Id,
            "eni-0" + dice.Hex(16),
            $"0a:{dice.Hex(2)}:{dice.Hex(2)}:{dice.Hex(2)}:{dice.Hex(2)}:{dice.Hex(2)}",
            new IPAddress([(byte)(address >> 24), (byte)(address >> 16), (byte)(address >> 8), (byte)address]).ToString(),
            subnet.Public && template.State == InstanceState.Running ? string.Create(CultureInfo.InvariantCulture, $"198.{18 + dice.Roll(2)}.{dice.Roll(256)}.{1 + dice.Roll(254)}") : null,
            group.Id,
            group.Name);
        return template with
        {
            Id = "i-0" + dice.Hex(16),
            AvailabilityZone = subnet.Zone,
            LaunchIndex = index,
            Network = template.State == InstanceState.Terminated ? null : network,
        };
    }
}
