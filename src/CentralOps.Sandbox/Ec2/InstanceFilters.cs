using System.Collections.Frozen;
using System.Globalization;
using CentralOps.Sandbox.Estates;

namespace CentralOps.Sandbox.Ec2;

/// <summary>
/// The filters of DescribeInstances.
/// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html
/// </summary>
internal static class InstanceFilters
{
    private static readonly FrozenDictionary<string, FilterValues<Instance>> Known = new Dictionary<string, FilterValues<Instance>>(StringComparer.Ordinal)
    {
        ["architecture"] = i => [i.Hardware.Architecture],
        ["availability-zone"] = i => [i.AvailabilityZone],
        ["availability-zone-id"] = i => [Zones.IdOf(i.AvailabilityZone)],
        ["block-device-mapping.attach-time"] = i => [i.Network is null ? null : Ec2Time.Of(i.LaunchedAt.AddSeconds(1))],
        ["block-device-mapping.delete-on-termination"] = i => [i.Network is null ? null : "true"],
        ["block-device-mapping.device-name"] = i => [i.Network is null ? null : InstanceNames.RootDevice],
        ["block-device-mapping.status"] = i => [i.Network is null ? null : "attached"],
        ["block-device-mapping.volume-id"] = i => [i.Network is null ? null : InstanceNames.VolumeId(i)],
        ["client-token"] = i => [i.ClientToken],
        ["dns-name"] = i => [InstanceNames.PublicDns(i)],
        ["ebs-optimized"] = _ => ["true"],
        ["ena-support"] = _ => ["true"],
        ["group-id"] = i => [i.Network?.GroupId],
        ["group-name"] = i => [i.Network?.GroupName],
        ["hypervisor"] = _ => ["xen"],
        ["iam-instance-profile.arn"] = i => [InstanceNames.ProfileArn(i)],
        ["iam-instance-profile.id"] = i => [InstanceNames.ProfileId(i)],
        ["iam-instance-profile.name"] = i => [i.ProfileName],
        ["image-id"] = i => [i.ImageId],
        ["instance-id"] = i => [i.Id],
        ["instance-lifecycle"] = i => [i.Spot ? "spot" : null],
        ["instance-state-code"] = i => [i.State.Code.ToString(CultureInfo.InvariantCulture)],
        ["instance-state-name"] = i => [i.State.Name],
        ["instance-type"] = i => [i.Hardware.Type],
        ["instance.group-id"] = i => [i.Network?.GroupId],
        ["instance.group-name"] = i => [i.Network?.GroupName],
        ["ip-address"] = i => [i.Network?.PublicIp],
        ["key-name"] = i => [i.KeyName],
        ["launch-index"] = i => [i.LaunchIndex.ToString(CultureInfo.InvariantCulture)],
        ["launch-time"] = i => [Ec2Time.Of(i.LaunchedAt)],
        ["metadata-options.http-endpoint"] = _ => ["enabled"],
        ["metadata-options.http-put-response-hop-limit"] = _ => ["2"],
        ["metadata-options.http-tokens"] = _ => ["required"],
        ["metadata-options.state"] = _ => ["applied"],
        ["monitoring-state"] = i => [i.Monitored ? "enabled" : "disabled"],
        ["network-interface.addresses.private-ip-address"] = i => [i.Network?.PrivateIp],
        ["network-interface.availability-zone"] = i => [i.Network is null ? null : i.AvailabilityZone],
        ["network-interface.group-id"] = i => [i.Network?.GroupId],
        ["network-interface.group-name"] = i => [i.Network?.GroupName],
        ["network-interface.ipv6-addresses.ipv6-address"] = _ => [],
        ["network-interface.mac-address"] = i => [i.Network?.MacAddress],
        ["network-interface.network-interface-id"] = i => [i.Network?.InterfaceId],
        ["network-interface.owner-id"] = i => [i.Network is null ? null : i.AccountId],
        ["network-interface.private-ip-address"] = i => [i.Network?.PrivateIp],
        ["network-interface.status"] = i => [i.Network is null ? null : "in-use"],
        ["network-interface.subnet-id"] = i => [i.Network?.SubnetId],
        ["network-interface.vpc-id"] = i => [i.Network?.VpcId],
        ["owner-id"] = i => [i.AccountId],
        ["platform"] = i => [i.Windows ? "windows" : null],
        ["platform-details"] = i => [InstanceNames.Platform(i)],
        ["private-dns-name"] = i => [InstanceNames.PrivateDns(i)],
        ["private-ip-address"] = i => [i.Network?.PrivateIp],
        ["reason"] = i => [InstanceNames.Reason(i)],
        ["reservation-id"] = i => [i.ReservationId],
        ["root-device-name"] = _ => [InstanceNames.RootDevice],
        ["root-device-type"] = _ => ["ebs"],
        ["source-dest-check"] = _ => ["true"],
        ["subnet-id"] = i => [i.Network?.SubnetId],
        ["tag-key"] = i => i.Tags.Select(tag => tag.Key),
        ["tag-value"] = i => i.Tags.Select(tag => tag.Value),
        ["tenancy"] = _ => ["default"],
        ["usage-operation"] = i => [InstanceNames.UsageOperation(i)],
        ["virtualization-type"] = _ => ["hvm"],
        ["vpc-id"] = i => [i.Network?.VpcId],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static FilterValues<Instance>? Find(string name)
    {
        if (name.StartsWith("tag:", StringComparison.Ordinal))
        {
            var key = name["tag:".Length..];
            return i => i.Tags.Where(tag => string.Equals(tag.Key, key, StringComparison.Ordinal)).Select(tag => tag.Value);
        }

        return Known.GetValueOrDefault(name);
    }
}
