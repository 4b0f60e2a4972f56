using System.Globalization;
using System.Net;
using CentralOps.Sandbox.Estates.Networks;
using CentralOps.Sandbox.Estates.Seeded;

namespace CentralOps.Sandbox.Estates.Files;

/// <summary>
/// One VPC: its range is cut into eight parts, of which three are public subnets and three private ones, in three zones. Security
/// groups by name; their rules speak of ranges or of each other.
/// </summary>
internal static class NetworkReader
{
    private const string DefaultCidr = "10.0.0.0/16";

    public static Network Read(Section region, DeclaredPlace place)
    {
        var vpc = new Section(region.Node("vpc") ?? new YamlNode.Map(region.Line, 1, []), region.Join("vpc"), region.Problems);
        var cidr = vpc.Text("cidr", DefaultCidr);
        if (!Cidr.IsValid(cidr) || !cidr.Contains('.', StringComparison.Ordinal) || IPNetwork.Parse(cidr).PrefixLength is < 16 or > 25)
        {
            region.Problems.Add(vpc.LineOf("cidr"), $"{vpc.Join("cidr")} '{cidr}' is not a range for a VPC", "Write an IPv4 range from /16 to /25 whose last bits are zero, such as 10.20.0.0/16.");
            cidr = DefaultCidr;
        }

        var id = "vpc-0" + place.Dice("vpc").Hex(16);
        var name = vpc.Text("name", "main");
        var network = new Network([new Vpc(id, cidr, IsDefault: false) { Tags = DeclaredPlace.Tags(vpc, name) }], [.. Subnets(place, id, cidr, name)], Groups(region, place, id));
        vpc.End();
        return network;
    }

    private static IEnumerable<Subnet> Subnets(DeclaredPlace place, string vpcId, string cidr, string name)
    {
        var whole = IPNetwork.Parse(cidr);
        var length = whole.PrefixLength + 3;
        var bytes = whole.BaseAddress.GetAddressBytes();
        var first = ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3];
        for (var i = 0; i < 6; i++)
        {
            var start = first + ((uint)i << (32 - length));
            var (zone, open) = (place.Zone(((char)('a' + (i % 3))).ToString()), i < 3);
            yield return new Subnet(
                "subnet-0" + place.Dice("subnet", i.ToString(CultureInfo.InvariantCulture)).Hex(16),
                vpcId,
                zone,
                string.Create(CultureInfo.InvariantCulture, $"{start >> 24}.{(start >> 16) & 255}.{(start >> 8) & 255}.{start & 255}/{length}"),
                open)
            {
                Tags = [new("Name", $"{name}-{(open ? "public" : "private")}-{zone}")],
            };
        }
    }

    private static List<SecurityGroup> Groups(Section region, DeclaredPlace place, string vpcId)
    {
        var sections = DeclaredPlace.Open(region, "security_groups", static text => text.Length is > 0 and <= 255 && !text.StartsWith("sg-", StringComparison.Ordinal), "1 to 255 characters that do not begin with sg-").ToArray();
        var ids = sections.ToDictionary(section => section.Text("name", ""), section => "sg-0" + place.Dice("group", section.Text("name", "")).Hex(16), StringComparer.Ordinal);
        List<SecurityGroup> groups = ids.ContainsKey("default") ? [] : [SeededNetwork.DefaultGroup(place.Dice("default-group"), vpcId)];
        foreach (var section in sections)
        {
            var name = section.Text("name", "");
            var dice = place.Dice("rules", name);
            groups.Add(new SecurityGroup(ids[name], name, section.Text("description", name), vpcId)
            {
                Rules = [.. section.Sections("ingress").Select(rule => Rule(rule, ids, dice)).OfType<SecurityGroupRule>(), SeededNetwork.Everything(dice)],
                Tags = DeclaredPlace.Tags(section),
            });
            section.End();
        }

        return groups;
    }

    private static SecurityGroupRule? Rule(Section rule, Dictionary<string, string> ids, Dice dice)
    {
        var protocol = rule.OneOf("protocol", "tcp", "tcp", "udp", "icmp", "all");
        var ports = rule.Text("port", "all").Split('-');
        var from = rule.Text("from", "0.0.0.0/0");
        var description = rule.Text("description", "");
        var everything = protocol is "all" or "icmp" || ports is ["all"];
        rule.End();
        if (!everything && !(ports.Length <= 2 && ports.All(port => int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 65535)))
        {
            rule.Problems.Add(rule.LineOf("port"), $"{rule.Join("port")} '{string.Join('-', ports)}' is not a port", "Write a number up to 65535, a range such as 8000-8100, or all.");
            return null;
        }

        var peer = ids.GetValueOrDefault(from, from);
        if (!ids.ContainsKey(from) && !Cidr.IsValid(from))
        {
            rule.Problems.Add(rule.LineOf("from"), $"{rule.Join("from")} '{from}' is neither a range nor a security group of this region", "Write a range such as 10.0.0.0/8, or the name of a group in 'security_groups'.");
            return null;
        }

        var (low, high) = everything ? (-1, -1) : (int.Parse(ports[0], CultureInfo.InvariantCulture), int.Parse(ports[^1], CultureInfo.InvariantCulture));
        return new SecurityGroupRule("sgr-0" + dice.Hex(16), protocol is "all" ? "-1" : protocol, low, high, RulePeer.Of(peer)) { Description = description };
    }
}
