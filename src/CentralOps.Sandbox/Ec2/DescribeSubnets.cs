using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Estates.Networks;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ec2;

internal sealed class DescribeSubnets(Estate estate, PageTokens tokens) : Ec2List(estate, tokens)
{
    // Several of them have an older spelling.
    private static readonly FilterPaths Known = new(
        ("availability-zone", "AvailabilityZone"),
        ("availabilityZone", "AvailabilityZone"),
        ("availability-zone-id", "AvailabilityZoneId"),
        ("availabilityZoneId", "AvailabilityZoneId"),
        ("available-ip-address-count", "AvailableIpAddressCount"),
        ("availableIpAddressCount", "AvailableIpAddressCount"),
        ("cidr-block", "CidrBlock"),
        ("cidrBlock", "CidrBlock"),
        ("cidr", "CidrBlock"),
        ("customer-owned-ipv4-pool", "CustomerOwnedIpv4Pool"),
        ("default-for-az", "DefaultForAz"),
        ("defaultForAz", "DefaultForAz"),
        ("enable-dns64", "EnableDns64"),
        ("enable-lni-at-device-index", "EnableLniAtDeviceIndex"),
        ("ipv6-cidr-block-association.association-id", "Ipv6CidrBlockAssociationSet.AssociationId"),
        ("ipv6-cidr-block-association.ipv6-cidr-block", "Ipv6CidrBlockAssociationSet.Ipv6CidrBlock"),
        ("ipv6-cidr-block-association.state", "Ipv6CidrBlockAssociationSet.Ipv6CidrBlockState.State"),
        ("ipv6-native", "Ipv6Native"),
        ("map-customer-owned-ip-on-launch", "MapCustomerOwnedIpOnLaunch"),
        ("map-public-ip-on-launch", "MapPublicIpOnLaunch"),
        ("outpost-arn", "OutpostArn"),
        ("owner-id", "OwnerId"),
        ("private-dns-name-options-on-launch.hostname-type", "PrivateDnsNameOptionsOnLaunch.HostnameType"),
        ("private-dns-name-options-on-launch.enable-resource-name-dns-a-record", "PrivateDnsNameOptionsOnLaunch.EnableResourceNameDnsARecord"),
        ("private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record", "PrivateDnsNameOptionsOnLaunch.EnableResourceNameDnsAAAARecord"),
        ("state", "State"),
        ("subnet-arn", "SubnetArn"),
        ("subnet-id", "SubnetId"),
        ("vpc-id", "VpcId"));

    public override string Name => "DescribeSubnets";

    protected override string Member => "Subnets";

    protected override FilterPaths Filters => Known;

    protected override IReadOnlyList<ResourceIds> Ids { get; } = [new("SubnetIds", "SubnetId", "subnet-", "InvalidSubnetID.NotFound", "InvalidSubnetID.Malformed", "subnet ID")];

    protected override IEnumerable<JsonObject> Items(RegionResources resources, OperationCall call)
    {
        var used = resources.Fleet.Instances.CountBy(instance => instance.Network?.SubnetId ?? "", StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return resources.Network.Subnets.Select(subnet => Shape(subnet, call.Caller.AccountId, call.Region, used.GetValueOrDefault(subnet.Id)));
    }

    private static JsonObject Shape(Subnet subnet, string account, string region, int used) => new()
    {
        ["SubnetId"] = subnet.Id,
        ["SubnetArn"] = $"arn:aws:ec2:{region}:{account}:subnet/{subnet.Id}",
        ["VpcId"] = subnet.VpcId,
        ["OwnerId"] = account,
        ["State"] = "available",
        ["CidrBlock"] = subnet.Cidr,
        ["AvailabilityZone"] = subnet.Zone,
        ["AvailabilityZoneId"] = Zones.IdOf(subnet.Zone),
        // AWS keeps five addresses of every subnet.
        ["AvailableIpAddressCount"] = Cidr.Addresses(subnet.Cidr) - 5 - used,
        ["DefaultForAz"] = subnet.IsDefault,
        ["MapPublicIpOnLaunch"] = subnet.Public,
        ["MapCustomerOwnedIpOnLaunch"] = false,
        ["AssignIpv6AddressOnCreation"] = false,
        ["EnableDns64"] = false,
        ["Ipv6Native"] = false,
        ["Ipv6CidrBlockAssociationSet"] = new JsonArray(),
        ["PrivateDnsNameOptionsOnLaunch"] = new JsonObject
        {
            ["HostnameType"] = "ip-name",
            ["EnableResourceNameDnsARecord"] = false,
            ["EnableResourceNameDnsAAAARecord"] = false,
        },
        ["Tags"] = JsonList.Of(subnet.Tags),
    };
}
