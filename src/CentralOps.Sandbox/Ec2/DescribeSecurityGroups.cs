using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ec2;

internal sealed class DescribeSecurityGroups(Estate estate, PageTokens tokens) : Ec2List(estate, tokens)
{
    private static readonly FilterPaths Known = new(
    [
        ("description", "Description"),
        ("group-id", "GroupId"),
        ("group-name", "GroupName"),
        ("owner-id", "OwnerId"),
        ("vpc-id", "VpcId"),
        .. Permissions("ip-permission", "IpPermissions"),
        .. Permissions("egress.ip-permission", "IpPermissionsEgress"),
    ]);

    public override string Name => "DescribeSecurityGroups";

    protected override string Member => "SecurityGroups";

    protected override FilterPaths Filters => Known;

    protected override IReadOnlyList<ResourceIds> Ids { get; } =
    [
        new("GroupIds", "GroupId", "sg-", "InvalidGroup.NotFound", "InvalidGroupId.Malformed", "security group"),
        new("GroupNames", "GroupName", null, "InvalidGroup.NotFound", "InvalidGroup.NotFound", "security group"),
    ];

    protected override IEnumerable<JsonObject> Items(RegionResources resources, OperationCall call) =>
        resources.Network.Groups.Select(group => SecurityGroupShape.Of(group, call.Caller.AccountId, call.Region));

    private static IEnumerable<(string Name, string Path)> Permissions(string filter, string member) =>
    [
        (filter + ".cidr", member + ".IpRanges.CidrIp"),
        (filter + ".from-port", member + ".FromPort"),
        (filter + ".group-id", member + ".UserIdGroupPairs.GroupId"),
        (filter + ".group-name", member + ".UserIdGroupPairs.GroupName"),
        (filter + ".ipv6-cidr", member + ".Ipv6Ranges.CidrIpv6"),
        (filter + ".prefix-list-id", member + ".PrefixListIds.PrefixListId"),
        (filter + ".protocol", member + ".IpProtocol"),
        (filter + ".to-port", member + ".ToPort"),
        (filter + ".user-id", member + ".UserIdGroupPairs.UserId"),
    ];
}
