using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Estates.Networks;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ec2;

internal sealed class DescribeVpcs(Estate estate, PageTokens tokens) : Ec2List(estate, tokens)
{
    private static readonly FilterPaths Known = new(
        ("cidr", "CidrBlock"),
        ("cidr-block-association.association-id", "CidrBlockAssociationSet.AssociationId"),
        ("cidr-block-association.cidr-block", "CidrBlockAssociationSet.CidrBlock"),
        ("cidr-block-association.state", "CidrBlockAssociationSet.CidrBlockState.State"),
        ("dhcp-options-id", "DhcpOptionsId"),
        ("ipv6-cidr-block-association.association-id", "Ipv6CidrBlockAssociationSet.AssociationId"),
        ("ipv6-cidr-block-association.ipv6-cidr-block", "Ipv6CidrBlockAssociationSet.Ipv6CidrBlock"),
        ("ipv6-cidr-block-association.ipv6-pool", "Ipv6CidrBlockAssociationSet.Ipv6Pool"),
        ("ipv6-cidr-block-association.state", "Ipv6CidrBlockAssociationSet.Ipv6CidrBlockState.State"),
        ("is-default", "IsDefault"),
        ("isDefault", "IsDefault"),
        ("owner-id", "OwnerId"),
        ("state", "State"),
        ("vpc-id", "VpcId"));

    public override string Name => "DescribeVpcs";

    protected override string Member => "Vpcs";

    protected override FilterPaths Filters => Known;

    protected override IReadOnlyList<ResourceIds> Ids { get; } = [new("VpcIds", "VpcId", "vpc-", "InvalidVpcID.NotFound", "InvalidVpcID.Malformed", "vpc ID")];

    protected override IEnumerable<JsonObject> Items(RegionResources resources, OperationCall call) =>
        resources.Network.Vpcs.Select(vpc => Shape(vpc, call.Caller.AccountId, call.Region));

    private static JsonObject Shape(Vpc vpc, string account, string region) => new()
    {
        ["VpcId"] = vpc.Id,
        ["OwnerId"] = account,
        ["CidrBlock"] = vpc.Cidr,
        ["State"] = "available",
        ["IsDefault"] = vpc.IsDefault,
        ["InstanceTenancy"] = "default",
        ["DhcpOptionsId"] = "dopt-0" + new Dice(0, "dhcp", account, region).Hex(16),
        ["CidrBlockAssociationSet"] = new JsonArray(new JsonObject
        {
            ["AssociationId"] = "vpc-cidr-assoc-0" + new Dice(0, "association", vpc.Id).Hex(16),
            ["CidrBlock"] = vpc.Cidr,
            ["CidrBlockState"] = new JsonObject { ["State"] = "associated" },
        }),
        ["Tags"] = JsonList.Of(vpc.Tags),
    };
}
