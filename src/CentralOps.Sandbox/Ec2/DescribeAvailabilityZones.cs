using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Ec2;

internal sealed class DescribeAvailabilityZones(Estate estate, PageTokens tokens) : Ec2List(estate, tokens)
{
    private static readonly FilterPaths Known = new(
        ("group-long-name", "GroupLongName"),
        ("group-name", "GroupName"),
        ("message", "Messages.Message"),
        ("opt-in-status", "OptInStatus"),
        ("parent-zone-id", "ParentZoneId"),
        ("parent-zone-name", "ParentZoneName"),
        ("region-name", "RegionName"),
        ("state", "State"),
        ("zone-id", "ZoneId"),
        ("zone-name", "ZoneName"),
        ("zone-type", "ZoneType"));

    public override string Name => "DescribeAvailabilityZones";

    protected override string Member => "AvailabilityZones";

    protected override FilterPaths Filters => Known;

    protected override IReadOnlyList<ResourceIds> Ids { get; } =
    [
        new("ZoneNames", "ZoneName", null, "InvalidParameterValue", "InvalidParameterValue", "availability zone"),
        new("ZoneIds", "ZoneId", null, "InvalidParameterValue", "InvalidParameterValue", "availability zone"),
    ];

    protected override IEnumerable<JsonObject> Items(RegionResources resources, OperationCall call) => Zones.Of(call.Region).Select(zone => new JsonObject
    {
        ["ZoneName"] = zone,
        ["ZoneId"] = Zones.IdOf(zone),
        ["ZoneType"] = "availability-zone",
        ["RegionName"] = call.Region,
        ["GroupName"] = call.Region + "-zg-1",
        ["NetworkBorderGroup"] = call.Region,
        ["OptInStatus"] = "opt-in-not-required",
        ["State"] = "available",
        ["Messages"] = new JsonArray(),
    });
}
